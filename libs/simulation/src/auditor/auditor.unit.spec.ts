import { Auditor, type Fact } from '../index.js';

const take = (quantity: number): readonly object[] => [{ locationId: 'BER', quantity }];
const NOON = 1_700_000_000_000;

/** A log of one SKU, one event a second. */
function auditOf(...events: readonly (readonly [type: string, data: object])[]): readonly string[] {
  const auditor = new Auditor();
  for (const [index, [type, data]] of events.entries()) {
    const at = NOON + index * 1_000;
    const commandId = String(index);
    auditor.observe({
      stream: 'stock-acme.ale',
      type,
      id: commandId,
      commandId,
      position: index,
      at,
      recordedAt: at,
      data: data as Fact['data'],
    });
  }
  return auditor.faults;
}

const received = ['StockReceived', { locationId: 'BER', delta: 3, messageId: 'm1' }] as const;
const placed = (reservationId: string, quantity: number, ttlMs = 60_000) =>
  [
    'ReservationPlaced',
    { reservationId, orderId: reservationId, takes: take(quantity), requested: quantity, expiresAt: NOON + ttlMs },
  ] as const;
const released = (reservationId: string, quantity: number) => ['ReservationReleased', { reservationId, takes: take(quantity) }] as const;
const committed = (reservationId: string, quantity: number, openUnits: number) =>
  ['ReservationCommitted', { reservationId, commitId: `c${quantity}`, takes: take(quantity), alreadyIssued: [], openUnits }] as const;

describe('the auditor', () => {
  it('is content with a log in which everything adds up', () =>
    expect(auditOf(received, placed('a', 2), placed('b', 1), committed('a', 2, 0), released('b', 1), placed('c', 1))).toEqual([]));

  it('finds units that are promised twice', () =>
    expect(auditOf(received, placed('a', 2), placed('b', 2))).toEqual([expect.stringContaining('not there')]));

  it('finds a reservation that ends twice', () =>
    expect(auditOf(received, placed('a', 2), released('a', 2), released('a', 2))).toContainEqual(
      expect.stringContaining('after it was released'),
    ));

  it('finds more let go than was held', () =>
    expect(auditOf(received, placed('a', 1), released('a', 2))).toContainEqual(
      expect.stringContaining('2 units released where 1 were held'),
    ));

  it('finds a commit that comes too late', () =>
    expect(auditOf(received, placed('a', 1, 500), committed('a', 1, 0))).toContainEqual(expect.stringContaining('after it had run out')));

  it('finds an expiry that comes too early', () =>
    expect(auditOf(received, placed('a', 1), ['ReservationExpired', { reservationId: 'a', takes: take(1) }])).toContainEqual(
      expect.stringContaining('before its time'),
    ));

  it('finds an extension that takes effect twice', () => {
    const extended = (seconds: number, commandId: string) =>
      ['ReservationExtended', { reservationId: 'a', expiresAt: NOON + seconds * 1_000, commandId }] as const;
    expect(auditOf(received, placed('a', 1), extended(70, 'one'), extended(80, 'other'))).toEqual([]);
    expect(auditOf(received, placed('a', 1), extended(70, 'one'), extended(80, 'other'), extended(90, 'one'))).toContainEqual(
      expect.stringContaining('extended twice by the command one'),
    );
  });

  it('finds a message that takes effect twice', () =>
    expect(auditOf(received, received)).toContainEqual(expect.stringContaining('2 times')));

  it('finds an event that is in the log twice, an order without an end, and a hold that outlives its time', () => {
    const auditor = new Auditor();
    const fact = { position: 0, commandId: 'c', at: NOON, recordedAt: NOON };
    auditor.observe({ ...fact, stream: 'order-acme.ro_1', type: 'OrderStarted', id: '1', data: { ttlMs: 1_000, expiresAt: NOON + 1_000 } });
    auditor.observe({ ...fact, stream: 'stock-acme.ale', type: received[0], id: '2', data: received[1] });
    auditor.observe({ ...fact, stream: 'stock-acme.ale', type: 'ReservationPlaced', id: '2', data: placed('ro_1', 1, 1_000)[1] });
    auditor.settled(NOON + 10_000);
    for (const fault of ['in the log twice', 'neither ended nor waiting', 'outlived twice', 'overdue and open']) {
      expect(auditor.faults).toContainEqual(expect.stringContaining(fault));
    }
  });

  it('finds a channel over its cap, a holder over the limit, a floor that was taken, and more overbooked than was declared', () => {
    const limits = ['LimitsSet', { overbookingUnits: 1, holderUnits: 2 }] as const;
    const capped = ['AllocationSet', { channelId: 'web', cap: 2, floor: 1 }] as const;
    const of = (reservationId: string, quantity: number, owner: object) => {
      const [type, data] = placed(reservationId, quantity);
      return [type, { ...data, ...owner }] as const;
    };
    const web = { channelId: 'web' };
    expect(auditOf(received, limits, capped, of('a', 2, web), of('b', 2, {}))).toEqual([]);
    expect(auditOf(received, limits, capped, of('a', 1, web), committed('a', 1, 0), of('b', 2, web))).toContainEqual(
      expect.stringContaining('web has 3 units, its cap is 2'),
    );
    expect(auditOf(received, limits, of('a', 2, { holderId: 'eve' }), of('b', 1, { holderId: 'eve' }))).toContainEqual(
      expect.stringContaining('eve holds 3 units, the limit is 2'),
    );
    expect(auditOf(received, limits, capped, of('a', 4, {}))).toContainEqual(
      expect.stringContaining('0 units are left where 1 are kept for other channels'),
    );
    expect(auditOf(received, limits, of('a', 5, {}))).toContainEqual(expect.stringContaining('not there'));
  });

  it("finds what differs from an ERP's stock, and messages that are not in the log, wait still or were given up", () => {
    const auditor = new Auditor();
    const [type, data] = received;
    auditor.observe({ stream: 'stock-acme.ale', type, id: '1', commandId: 'c', position: 0, at: NOON, recordedAt: NOON, data });
    auditor.posted('ale', new Map([['BER', 3]]), [{ event: type, messageId: 'm1' }]);
    auditor.delivered(0, 0);
    expect(auditor.faults).toEqual([]);
    auditor.posted('ale', new Map([['BER', 4]]), [{ event: type, messageId: 'm2' }]);
    auditor.delivered(1, 2);
    expect(auditor.faults).toEqual([
      'ale at BER: 3 units on hand, the ERP has 4',
      'StockReceived m2 of the ERP stands 0 times in the log',
      '1 messages of the ERP wait still',
      '2 messages of the ERP were given up',
    ]);
  });

  it('counts a kind of event that it does not know by the difference that it names', () =>
    expect(auditOf(['StockConjured', { locationId: 'BER', delta: 2 }], placed('a', 2))).toEqual([]));
});
