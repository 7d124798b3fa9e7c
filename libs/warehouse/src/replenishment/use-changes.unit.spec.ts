import type { SkuEvent } from '@holdfast/inventory';
import { useChanges } from './use-changes.js';

type Adjusted = Extract<SkuEvent, { readonly type: 'StockAdjusted' }>;

const adjusted = (delta: number, fields: Partial<Adjusted> = {}): Adjusted => ({
  type: 'StockAdjusted',
  commandId: 'c',
  locationId: 'BER',
  delta,
  effectiveAt: 0,
  reasonCode: 'damage',
  ...fields,
});
const takes = [{ locationId: 'BER', quantity: 3 }];
const commit = { reservationId: 'r', commitId: 'c', orderId: 'o', takes };

const cases: readonly [string, SkuEvent, number, number][] = [
  ['a commit', { type: 'ReservationCommitted', ...commit, alreadyIssued: [], openUnits: 0 }, 3, 0],
  ['a commit that the ERP issued before', { type: 'ReservationCommitted', ...commit, alreadyIssued: takes, openUnits: 0 }, 3, 0],
  ['a reversed commit', { type: 'ReservationCommitReversed', ...commit, restored: takes }, 0, 3],
  ['a sale beyond what was free', adjusted(-2, { orderId: 'o', alreadyIssuedUnits: 1 }), 3, 0],
  ['a return of an order', adjusted(2, { orderId: 'o' }), 0, 2],
  ['a return without an order', adjusted(2, { reasonCode: 'return_customer' }), 0, 2],
  ['what was consumed', adjusted(-4, { reasonCode: 'consumed' }), 4, 0],
];

describe('use', () => {
  it.each(cases)('counts %s', (_, event, sold, returned) => {
    expect(useChanges(event)).toEqual([{ locationId: 'BER', sold, returned }]);
  });

  it.each([
    ['a loss', adjusted(-2)],
    ['a count', adjusted(-2, { reasonCode: 'consumed', counted: 5 })],
    ['a move', { type: 'StockMoved', commandId: 'c', fromLocationId: 'BER', toLocationId: 'HAM', quantity: 1, reference: 'm' } as const],
  ])('leaves out %s', (_, event) => {
    expect(useChanges(event)).toEqual([]);
  });
});
