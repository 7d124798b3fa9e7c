import { Auditor, type Fact } from '../index.js';

type Event = readonly [type: string, data: object];

const NOON = 1_700_000_000_000;
const SECOND = 1_000;
const TTL = 60 * SECOND;
const GRACE = 10 * SECOND;
const DUE = NOON + 30 * SECOND;

/** A log of one SKU, one decision a second. */
function auditorOf(...decisions: readonly (readonly Event[])[]): Auditor {
  const auditor = new Auditor();
  let position = 0;
  for (const [index, events] of decisions.entries()) {
    const at = NOON + index * SECOND;
    for (const [type, data] of events) {
      const id = String(position);
      const fact = { stream: 'stock-acme.ale', type, id, commandId: `c${index}`, at, recordedAt: at };
      auditor.observe({ ...fact, position, data: data as Fact['data'] });
      position += 1;
    }
  }
  return auditor;
}

const faultsOf = (...decisions: readonly (readonly Event[])[]): readonly string[] => auditorOf(...decisions).faults;

const mayWait: Event = ['LimitsSet', { overbookingUnits: 0, backorders: { units: 5, graceMs: GRACE } }];
const declared = (quantity: number, reference = 'po'): Event => [
  'InboundDeclared',
  { commandId: reference, reference, locationId: 'BER', quantity, expectedAt: DUE },
];
const received = (quantity: number, inbound = [{ reference: 'po', quantity }], locationId = 'BER'): Event => [
  'StockReceived',
  { locationId, quantity, delta: quantity, messageId: `${quantity} at ${locationId} of ${inbound.length} deliveries`, inbound },
];
const stocked = (quantity: number): Event => received(quantity, []);
const takesOf = (quantity: number): readonly object[] => (quantity === 0 ? [] : [{ locationId: 'BER', quantity }]);
/** @param second the decision it is, counted from noon */
const placed = (reservationId: string, second: number, quantity: number, waiting = 0): Event => [
  'ReservationPlaced',
  {
    reservationId,
    orderId: reservationId,
    takes: takesOf(quantity),
    requested: quantity + waiting,
    expiresAt: NOON + second * SECOND + TTL,
    ...(waiting === 0 ? {} : { waiting: { quantity: waiting, expectedAt: DUE, ttlMs: TTL } }),
  },
];
const promoted = (reservationId: string, second: number, quantity: number, waitingUnits = 0): Event => [
  'ReservationPromoted',
  { reservationId, takes: takesOf(quantity), waitingUnits, expiresAt: NOON + second * SECOND + TTL },
];
const expired = (reservationId: string, quantity = 0): Event => ['ReservationExpired', { reservationId, takes: takesOf(quantity) }];

const waits = [[mayWait], [declared(3)], [placed('a', 2, 0, 2)], [placed('b', 3, 0, 1)]] as const;

describe('the audit of waiting reservations', () => {
  it('are content where everybody is served in turn', () =>
    expect(faultsOf(...waits, [received(3), promoted('a', 4, 2), promoted('b', 4, 1)])).toEqual([]));

  it('finds that the last was served first', () =>
    expect(faultsOf(...waits, [received(1), promoted('b', 4, 1)])).toContainEqual(expect.stringContaining('went past a')));

  it('finds that a newcomer took what somebody waits for', () =>
    expect(faultsOf(...waits, [received(1), placed('c', 4, 1)])).toContainEqual(expect.stringContaining('went past a')));

  it('finds units that became free and were not promoted', () => {
    expect(faultsOf(...waits, [received(1)], [declared(3, 'other')])).toContainEqual(
      expect.stringContaining('a waits for units that lie there'),
    );
    const idle = auditorOf(...waits, [received(1)]);
    idle.settled(NOON + 5 * SECOND);
    expect(idle.faults).toContainEqual(expect.stringContaining('a waits for units that lie there'));
  });

  it('finds units that wait for what is not to come, is promised already, or is too late', () => {
    const none = expect.stringContaining('2 units wait where 1 are to come that nobody waits for');
    expect(faultsOf([mayWait], [declared(3)], [placed('a', 2, 0, 2)], [placed('b', 3, 0, 2)])).toContainEqual(none);
    const late = [...Array.from({ length: 40 }, () => []), [placed('a', 42, 0, 1)]];
    expect(faultsOf([mayWait], [declared(3)], ...late)).toContainEqual(expect.stringContaining('1 units wait where 0 are to come'));
  });

  it('finds more waiting units than allowed, a reservation that may not wait, and one that waits although units are free', () => {
    expect(faultsOf([mayWait], [declared(9)], [placed('a', 2, 0, 6)])).toContainEqual(expect.stringContaining('6 units wait where 5 may'));
    expect(faultsOf([declared(9)], [placed('a', 1, 0, 1)])).toContainEqual(expect.stringContaining('nobody said that it may'));
    expect(faultsOf([mayWait], [declared(9)], [stocked(2)], [placed('a', 3, 1, 1)])).toContainEqual(
      expect.stringContaining('waits while 1 units lie there'),
    );
  });

  it('finds one who was given up although the goods may come yet, and one who waits when all is over', () => {
    const shelved = [...Array.from({ length: 60 }, () => [])];
    const moved: Event = ['InboundDeclared', { commandId: 'd', reference: 'po', locationId: 'BER', quantity: 3, expectedAt: DUE + TTL }];
    expect(faultsOf(...waits, [moved], ...shelved, [expired('a')])).toContainEqual(expect.stringContaining('was given up'));
    const over = auditorOf(...waits);
    over.settled(NOON + SECOND);
    expect(over.faults).toEqual(['a of ale waits still', 'b of ale waits still']);
  });

  it('finds a promotion that cuts the time that the caller was told', () => {
    const extended: Event = ['ReservationExtended', { reservationId: 'a', commandId: 'e', expiresAt: NOON + 2 * TTL }];
    const held = [[mayWait], [declared(3)], [stocked(1)], [placed('a', 3, 1, 1)]] as const;
    expect(faultsOf(...held, [received(1), promoted('a', 4, 1)])).toEqual([]);
    expect(faultsOf(...held, [extended], [received(1), promoted('a', 5, 1)])).toContainEqual(expect.stringContaining('cut the time'));
  });

  it('finds a delivery of which more arrived than was declared, and units from where they must not come', () => {
    expect(faultsOf([mayWait], [declared(1)], [received(2)])).toContainEqual(expect.stringContaining('2 units of po arrived of 1'));
    const [type, data] = placed('a', 2, 0, 1);
    const choosy: Event = [type, { ...data, waiting: { quantity: 1, expectedAt: DUE, ttlMs: TTL, locationIds: ['HAM'] } }];
    expect(faultsOf([mayWait], [declared(1)], [choosy], [received(1), promoted('a', 3, 1)])).toContainEqual(
      expect.stringContaining('from where it must not be'),
    );
  });

  it('takes no offence at units that came beyond a delivery that was declared again for fewer than had come', () => {
    const beyond = [{ reference: 'po', quantity: 0, excess: 3 }];
    const fewer: Event = ['InboundDeclared', { ...declared(3)[1], commandId: 'fewer' }];
    expect(faultsOf([mayWait], [declared(5)], [received(5)], [fewer], [received(3, beyond)])).toEqual([]);
  });

  it('finds units that another location owes', () => {
    const issued: Event = ['StockIssued', { locationId: 'BER', delta: -1, messageId: 'i' }];
    const there = received(1, [], 'HAM');
    const taken: Event = ['ReservationPlaced', { ...placed('b', 4, 0)[1], requested: 1, takes: [{ locationId: 'HAM', quantity: 1 }] }];
    expect(faultsOf([stocked(1)], [placed('a', 1, 1)], [issued], [there], [taken])).toContainEqual(
      expect.stringContaining('that another location owes'),
    );
  });
});
