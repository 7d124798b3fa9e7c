import { merged, noFacts, type OrderEvent } from '../../../orders/order-facts.js';
import { tallies } from '../../../orders/tally.js';
import type { ChangedOrder } from './changed-orders.js';
import { orderEvents } from './order-events.js';

const order = (change: Partial<ChangedOrder>): ChangedOrder => ({
  id: 'o-1',
  createdAt: 1_000,
  updatedAt: 9_000,
  cancelledAt: null,
  retailLocationId: null,
  lines: [{ id: 'line', quantity: 5, itemId: 'item' }],
  refunds: [],
  ...change,
});
const refund = (at: number, quantity: number, restockType: string): ChangedOrder['refunds'][number] => ({
  id: `refund at ${String(at)}`,
  at,
  lines: [{ lineId: 'line', quantity, restockType }],
});

/** Units of the line that are for sale again. */
const givenBack = (changed: ChangedOrder, cancelRestock: 'as_refunded' | 'all'): number => {
  const events = orderEvents(changed, { shop: 'shop', cancelRestock }).flatMap((event): OrderEvent[] =>
    'orderId' in event ? [event] : [],
  );
  return tallies(events.reduce(merged, noFacts)).reduce((units, { cancelled, restocked }) => units + cancelled + restocked, 0);
};

describe('units that an order gives back', () => {
  it.each(['as_refunded', 'all'] as const)('are those that a refund restocks, where the order goes on (%s)', (setting) => {
    expect(givenBack(order({ refunds: [refund(2_000, 2, 'CANCEL'), refund(3_000, 1, 'RETURN')] }), setting)).toBe(3);
    expect(givenBack(order({ refunds: [refund(2_000, 2, 'NO_RESTOCK')] }), setting)).toBe(0);
  });

  it.each([2_000, 3_000, 4_000])('are all once, where cancelling gives back all and a refund restocks at %i too', (at) =>
    expect(givenBack(order({ cancelledAt: 3_000, refunds: [refund(at, 5, 'CANCEL')] }), 'all')).toBe(5),
  );

  it('are all that nobody kept, where cancelling gives back all and none is refunded then', () => {
    expect(givenBack(order({ cancelledAt: 3_000 }), 'all')).toBe(5);
    expect(givenBack(order({ cancelledAt: 3_000, refunds: [refund(2_000, 2, 'NO_RESTOCK')] }), 'all')).toBe(3);
  });

  it('are none by cancelling itself, unless the settings say so', () =>
    expect(givenBack(order({ cancelledAt: 3_000 }), 'as_refunded')).toBe(0));
});
