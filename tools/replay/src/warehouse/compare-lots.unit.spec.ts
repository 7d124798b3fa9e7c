import { scenarioOf } from '../scenario.js';
import { compareLots, type ListedRows } from './compare-lots.js';
import { LotBook } from './lot-book.js';

const scenario = scenarioOf('');
/** The first SKU must name its lots; the others are in none. */
const book = new LotBook(
  ['A', 'B'],
  () => 0.5,
  () => Date.UTC(2026, 0, 1),
);

interface Shown {
  readonly sku: string;
  readonly held: number;
  /** Units by lot, those without a lot under an empty id; they add up to on hand unless that is said. */
  readonly lots: Readonly<Record<string, number>>;
  readonly onHand?: number;
}

/** Rows of the first warehouse. */
const showing = (...shown: readonly Shown[]): ListedRows => ({
  items: {
    async *list({ locationId, groupBy }) {
      await Promise.resolve();
      if (locationId !== 'NORTH') return;
      for (const { sku: productMasterId, held, lots, onHand } of shown) {
        const units = Object.entries(lots);
        const all = onHand ?? units.reduce((sum, [, each]) => sum + each, 0);
        if (groupBy === undefined) yield { productMasterId, quantityOnHand: all, quantityHeld: held };
        else {
          for (const [lotId, quantityOnHand] of units) {
            yield { productMasterId, quantityOnHand, quantityHeld: 0, ...(lotId === '' ? {} : { lotId }) };
          }
        }
      }
    },
  },
});

const noHolds = { unitsAt: () => 0, recalls: [] };

describe('comparing lots and held units with the notes of the shop', () => {
  it('finds nothing where all is right, and tells the units that may not leave', async () => {
    const rows = showing({ sku: 'A', held: 9, lots: { L1: 5, L2: 7, '': 4 } }, { sku: 'B', held: 2, lots: { '': 3 } });
    book.stop({ sku: 'A', lotId: 'L1' }, 'NORTH');
    book.stop({ sku: 'A', lotId: 'L2' }, 'SOUTH');
    const found = await compareLots(rows, scenario, book, { ...noHolds, unitsAt: (sku) => (sku === 'B' ? 2 : 0) });
    expect(found).toMatchObject({ skus: 2, mismatches: [] });
    expect([found.held.of('A', 'NORTH'), found.held.of('B', 'NORTH')]).toEqual([9, 2]);
  });

  it('counts units that people hold once, and no more than may leave', async () => {
    const rows = showing({ sku: 'A', held: 6, lots: { L1: 5, L2: 1 } });
    expect((await compareLots(rows, scenario, book, { ...noHolds, unitsAt: () => 10 })).mismatches).toEqual([]);
  });

  it.each([
    [showing({ sku: 'A', held: 4, lots: { L1: 5 } }), 'A|NORTH: expected 5 held, found 4'],
    [showing({ sku: 'A', held: 5, lots: { L1: 5 }, onHand: 6 }), 'A|NORTH: 6 on hand, 5 in its lots'],
  ])('tells a difference', async (rows, difference) => {
    expect((await compareLots(rows, scenario, book, noHolds)).mismatches).toEqual([difference]);
  });

  it('tells units of a recalled lot that left', async () => {
    const rows = showing({ sku: 'A', held: 5, lots: { L1: 5 } });
    const recalls = [{ sku: 'A', lotId: 'L1', units: 6 }];
    expect((await compareLots(rows, scenario, book, { ...noHolds, recalls })).mismatches).toEqual([
      'A: 1 units of the recalled lot L1 left',
    ]);
  });
});
