import { usualBin, type Bin, type BinKind } from '@holdfast/inventory';
import type { BinUnits } from '../bin/index.js';
import { placeGoods, type BinSituation } from './strategy.js';

const bin = (binId: string, more: Partial<Bin> = {}, kind: BinKind = 'storage'): Bin => ({ ...usualBin(binId, kind), ...more });
const holding = (one: Bin, contents: readonly BinUnits[] = [], claims: readonly BinUnits[] = []): BinSituation => ({
  bin: one,
  contents,
  claims,
});
const milk = (units: number, lotId?: string): BinUnits => ({ sku: 'MILK', units, ...(lotId === undefined ? {} : { lotId }) });
const tea = (units: number): BinUnits => ({ sku: 'TEA', units });
const place = (bins: readonly BinSituation[], quantity: number, more: object = {}) => placeGoods(bins, { sku: 'MILK', quantity, ...more });

describe('where goods are put', () => {
  it('takes the reasons in their order, and fills each bin before the next', () => {
    const capacityUnits = 10;
    const bins = [
      holding(bin('over', { capacityUnits: null }, 'overflow')),
      holding(bin('mixed', { capacityUnits }), [tea(9)]),
      holding(bin('empty', { capacityUnits: 1 })),
      holding(bin('other-lot', { capacityUnits }), [milk(9, 'L1')]),
      holding(bin('same', { capacityUnits }), [milk(9, 'L2')]),
      holding(bin('fixed', { capacityUnits: 1, fixedSkus: ['MILK'] })),
    ];
    expect(place(bins, 7, { lotId: 'L2' })).toEqual({
      lines: [
        { binId: 'fixed', quantity: 1, because: 'fixed bin of the SKU' },
        { binId: 'same', quantity: 1, because: 'same SKU and lot' },
        { binId: 'other-lot', quantity: 1, because: 'same SKU, other lot' },
        { binId: 'empty', quantity: 1, because: 'empty' },
        { binId: 'mixed', quantity: 1, because: 'mixed' },
        { binId: 'over', quantity: 2, because: 'overflow' },
      ],
      unplaced: 0,
    });
  });

  it('takes the bin that the caller names, whatever it is', () =>
    expect(place([holding(bin('q', {}, 'quarantine'))], 3, { toBinId: 'q' })).toEqual({
      lines: [{ binId: 'q', quantity: 3, because: 'named by the caller' }],
      unplaced: 0,
    }));

  it('goes by sequence, then most free, then id', () => {
    const bins = [
      holding(bin('c', { sequence: 2 })),
      holding(bin('b', { sequence: 1, capacityUnits: 2 })),
      holding(bin('a', { sequence: 1, capacityUnits: 2 })),
      holding(bin('z', { sequence: 1, capacityUnits: 3 })),
    ];
    expect(place(bins, 8).lines.map(({ binId, quantity }) => [binId, quantity])).toEqual([
      ['z', 3],
      ['a', 2],
      ['b', 2],
      ['c', 1],
    ]);
  });

  it('P9 does not call a bin empty that something is on its way to', () => {
    const bins = [holding(bin('a'), [], [tea(1)]), holding(bin('b', { sequence: 9 }))];
    expect(place(bins, 1).lines).toEqual([{ binId: 'b', quantity: 1, because: 'empty' }]);
    expect(place(bins.slice(0, 1), 1).lines).toEqual([{ binId: 'a', quantity: 1, because: 'mixed' }]);
  });

  it('P8 puts anything into a bin without a capacity', () => {
    expect(place([holding(bin('a'), [milk(1_000_000)])], 1_000_000)).toMatchObject({ unplaced: 0 });
  });

  it('leaves what has no space, and says how much', () => {
    expect(place([holding(bin('a', { capacityUnits: 5 }), [milk(2)], [milk(1)])], 4)).toEqual({
      lines: [{ binId: 'a', quantity: 2, because: 'same SKU and lot' }],
      unplaced: 2,
    });
  });

  it.each([
    ['is blocked', bin('a', { blocked: true })],
    ['is no place for stock', bin('a', {}, 'dispatch')],
    ['is for receiving', bin('a', {}, 'receiving')],
    ['is not for sale', bin('a', { sellable: false })],
    ['is for other SKUs', bin('a', { fixedSkus: ['TEA'] })],
    ['is full', bin('a', { capacityUnits: 0 })],
  ])('does not suggest a bin that %s', (_, one) => expect(place([holding(one)], 1)).toEqual({ lines: [], unplaced: 1 }));

  it('does not mix what may not be mixed, nor puts goods back where they come from', () => {
    expect(place([holding(bin('a', { allowMixedSkus: false }), [tea(1)])], 1).unplaced).toBe(1);
    expect(place([holding(bin('a', { allowMixedLots: false }), [milk(1, 'L1')])], 1, { lotId: 'L2' }).unplaced).toBe(1);
    expect(place([holding(bin('a'))], 1, { fromBinId: 'a' }).unplaced).toBe(1);
  });
});
