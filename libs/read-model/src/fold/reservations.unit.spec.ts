import type { OrderEvent, SkuEvent } from '@holdfast/inventory';
import type { Moment } from './moment.js';
import { afterOrderEvent, afterSkuEvent } from './reservations.js';
import type { ReservationRow } from './rows.js';

const moment: Moment = { tenant: 'acme', position: 7n, recordedAt: 5, cause: 'c' };
const reservationId = 'rs_VEVF.1';
const from = (quantity: number) => [{ locationId: 'BER', quantity, because: 'any' }];
const placed = (held: number, waiting: number): SkuEvent => ({
  type: 'ReservationPlaced',
  reservationId,
  orderId: 'o1',
  takes: held === 0 ? [] : from(held),
  waiting: { quantity: waiting, expectedAt: 900, ttlMs: 60 },
  requestHash: 'hash',
  requested: held + waiting,
  expiresAt: 1_000,
});
const promoted = (quantity: number, waitingUnits: number): SkuEvent => ({
  type: 'ReservationPromoted',
  reservationId,
  takes: from(quantity),
  waitingUnits,
  expiresAt: 2_000,
});
const committed = (quantity: number, openUnits: number): SkuEvent => ({
  type: 'ReservationCommitted',
  reservationId,
  orderId: 'o1',
  commitId: 'c',
  takes: from(quantity),
  alreadyIssued: [],
  openUnits,
});
const after = (...events: readonly SkuEvent[]): ReservationRow | undefined =>
  events.reduce<ReservationRow | undefined>((row, event) => afterSkuEvent(row, event, 'TEE', moment), undefined);

describe('the row of a reservation that waits', () => {
  it('says what it holds and what waits', () => {
    expect(after(placed(1, 2))).toMatchObject({ status: 'held', lines: [{ requested: 3, quantity: 1, waiting: { quantity: 2 } }] });
    expect(after(placed(0, 2))).toMatchObject({ status: 'waiting', lines: [{ quantity: 0, sources: [], waiting: { quantity: 2 } }] });
  });

  it('grows by what comes, until nothing waits', () => {
    const part = after(placed(1, 2), promoted(1, 1));
    expect(part).toMatchObject({ status: 'held', expiresAt: 2_000, lines: [{ quantity: 2, waiting: { quantity: 1 } }] });
    const whole = after(placed(1, 2), promoted(1, 1), promoted(1, 0));
    expect(whole?.lines[0]).toEqual({ sku: 'TEE', requested: 3, quantity: 3, committed: 0, sources: [...from(1), ...from(1), ...from(1)] });
  });

  it('waits on once what it held is committed, and ends whole', () => {
    expect(after(placed(1, 2), committed(1, 2))).toMatchObject({ status: 'waiting', lines: [{ committed: 1 }] });
    expect(after(placed(2, 2), committed(1, 3))).toMatchObject({ status: 'held' });
    expect(after(placed(1, 2), committed(1, 2), promoted(2, 0), committed(2, 0))).toMatchObject({
      status: 'committed',
      lines: [{ quantity: 3, committed: 3 }],
    });
  });

  it('keeps no place in the line after its end', () => {
    for (const [type, status] of [
      ['ReservationReleased', 'released'],
      ['ReservationExpired', 'expired'],
    ] as const) {
      const row = after(placed(0, 2), { type, reservationId, takes: [], expiresAt: 1_000 });
      expect(row).toMatchObject({ status });
      expect(row?.lines[0]).not.toHaveProperty('waiting');
    }
  });
});

describe('the row of a reservation', () => {
  const started: OrderEvent = {
    type: 'OrderStarted',
    reservationId: 'ro_1',
    orderId: 'o1',
    lines: [{ sku: 'TEE', quantity: 1 }],
    ttlMs: 60,
    expiresAt: 1_000,
    partial: false,
    requestHash: 'hash',
  };

  it('says whom it is for, of one SKU and of several', () => {
    expect(after({ ...placed(1, 0), holderId: 'customer-7' } as SkuEvent)).toMatchObject({ holderId: 'customer-7' });
    const row = afterOrderEvent(undefined, { ...started, holderId: 'customer-7' }, moment);
    expect(afterOrderEvent(row, { type: 'OrderReleased' }, moment)).toMatchObject({ status: 'released', holderId: 'customer-7' });
  });

  it('is for nobody where its events do not say', () => {
    expect(after(placed(1, 0))?.holderId).toBeNull();
    expect(afterOrderEvent(undefined, started, moment)?.holderId).toBeNull();
  });
});
