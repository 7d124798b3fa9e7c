import { StockCount } from './expected-stock.js';
import { compareListings, compareStock } from './compare.js';

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

  it('promises the positive part of each location on the channel', () => {
    const expected = count(['A', 'N', 3], ['A', 'S', -1]);
    expect(compareListings(expected, ['A'], () => 3).mismatches).toEqual([]);
    expect(compareListings(expected, ['A'], () => 2).mismatches).toHaveLength(1);
    expect(compareListings(expected, ['A'], () => undefined).mismatches).toHaveLength(1);
  });
});
