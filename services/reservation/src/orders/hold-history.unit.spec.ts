import { MemoryEventStore } from '@holdfast/event-store';
import type { SkuEvent } from '@holdfast/inventory';
import { stockStream } from '@holdfast/ledger';
import { ofPast } from '../reservations/view.js';
import { HoldHistory } from './hold-history.js';

const ref = { tenant: 'acme', sku: 'TEE' };
const reservationId = 'rs_VEVF.1';
const takes = [{ locationId: 'HAM', quantity: 1, because: 'any' }];
const placed: SkuEvent = {
  type: 'ReservationPlaced',
  reservationId,
  orderId: 'o1',
  takes,
  waiting: { quantity: 2, expectedAt: 500, ttlMs: 60 },
  requestHash: 'hash',
  requested: 3,
  expiresAt: 100,
};
const promoted = (waitingUnits: number): SkuEvent => ({ type: 'ReservationPromoted', reservationId, takes, waitingUnits, expiresAt: 900 });

async function told(...events: readonly SkuEvent[]): Promise<ReturnType<typeof ofPast> | undefined> {
  const store = new MemoryEventStore();
  const stored = events.map(({ type, ...data }, index) => ({
    id: `00000000-0000-4000-8000-00000000000${String(index)}`,
    type: `${type}.v1`,
    data,
    metadata: { tenant: 'acme', at: 0, commandId: 'c' },
  }));
  await store.append(stockStream(ref), -1, stored);
  const past = await new HoldHistory(store).find(ref, reservationId);
  return past && ofPast(ref.sku, past, 200);
}

describe('what the stream says of a reservation that waited', () => {
  it('is what came of it since', async () => {
    expect(await told(placed, promoted(1))).toMatchObject({
      status: 'held',
      expiresAt: 900,
      lines: [{ requested: 3, quantity: 2, waiting: { quantity: 1 }, sources: [...takes, ...takes] }],
    });
  });

  it('is that nothing waits any more once it has ended', async () => {
    const ended = await told(placed, promoted(1), { type: 'ReservationReleased', reservationId, takes: [...takes, ...takes] });
    expect(ended).toMatchObject({ status: 'released', lines: [{ quantity: 2 }] });
    expect(ended?.lines[0]).not.toHaveProperty('waiting');
    const over = await told(placed);
    expect(over).toMatchObject({ status: 'expired' });
  });
});
