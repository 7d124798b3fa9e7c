import type { ShownUnits } from './channels/replayed-channel.js';
import { StockCount } from './expected-stock.js';
import { compareListings, compareStock } from './compare.js';

const mismatches = (expected: StockCount, shown: readonly ShownUnits[] | undefined): readonly string[] =>
  compareListings(expected, 'p-', ['A'], { name: 'shop', shown: () => new Map(shown === undefined ? [] : [['p-A', shown]]) }).mismatches;

const count = (...entries: [string, string, number][]): StockCount => {
  const made = new StockCount();
  for (const [sku, locationId, units] of entries) made.add(sku, locationId, units);
  return made;
};

describe('comparing with the plain counters', () => {
  it('finds nothing where all is equal', () => {
    const comparison = compareStock(count(['A', 'N', 3]), new Map([['A|N', { onHand: 3, reserved: 0 }]]));
    expect(comparison).toEqual({ skus: 1, mismatches: [] });
  });

  it.each([
    ['another figure', new Map([['A|N', { onHand: 2, reserved: 0 }]])],
    ['units still reserved', new Map([['A|N', { onHand: 3, reserved: 1 }]])],
    ['a missing item', new Map()],
    [
      'an item nobody expects',
      new Map([
        ['A|N', { onHand: 3, reserved: 0 }],
        ['B|N', { onHand: 1, reserved: 0 }],
      ]),
    ],
  ])('finds %s', (_what, stock) => {
    expect(compareStock(count(['A', 'N', 3]), stock).mismatches).toHaveLength(1);
  });

  it('promises the sum of all locations on the channel, less what one of them owes, and never below 0', () => {
    const expected = count(['A', 'N', 3], ['A', 'S', -1]);
    expect(mismatches(expected, [{ locationId: null, units: 2 }])).toEqual([]);
    expect(mismatches(expected, [{ locationId: null, units: 3 }])).toEqual(['A: expected 2, shop shows 3']);
    expect(mismatches(count(['A', 'N', 1], ['A', 'S', -2]), [{ locationId: null, units: 0 }])).toEqual([]);
    expect(mismatches(expected, [{ locationId: null, units: undefined }])).toHaveLength(1);
    expect(mismatches(expected, undefined)).toHaveLength(1);
  });

  it('promises at a mapped location what lies there', () => {
    const expected = count(['A', 'N', 3], ['A', 'S', 2]);
    const north = { locationId: 'N', units: 3 };
    expect(mismatches(expected, [north, { locationId: 'S', units: 2 }])).toEqual([]);
    expect(mismatches(expected, [north, { locationId: 'S', units: 3 }])).toEqual(['A at S: expected 2, shop shows 3']);
  });
});
