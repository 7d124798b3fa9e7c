import { byUrgency, classify, linesPerWorkingDay, nextDueAt, type DueItem } from './abc.js';
import { isWithinTolerance } from './tolerance.js';

const DAY = 86_400_000;
const items = (...values: readonly number[]) => values.map((metricValue, place) => ({ sku: `S${String(place + 1)}`, metricValue }));

describe('ABC classes', () => {
  it('C10 the item that crosses a bound belongs to the better class', () => {
    const found = classify(items(500, 300, 100, 60, 40));
    expect(found.map((item) => item.class)).toEqual(['A', 'A', 'B', 'B', 'C']);
    expect(found.map(({ sharePct, cumulativePct }) => [sharePct, cumulativePct])).toEqual([
      [50, 50],
      [30, 80],
      [10, 90],
      [6, 96],
      [4, 100],
    ]);
  });

  it('C10 says how many lines a working day must count', () => {
    expect(linesPerWorkingDay({ A: 200, B: 300, C: 500 })).toBeCloseTo(16.4, 10);
  });

  it('puts what is not used into C, and all where nothing is', () => {
    expect(classify(items(10, 0)).map((item) => item.class)).toEqual(['A', 'C']);
    expect(classify(items(0, 0)).map((item) => [item.class, item.sharePct])).toEqual([
      ['C', 0],
      ['C', 0],
    ]);
  });

  it('sorts ties by SKU, and lets a person decide', () => {
    const found = classify([...items(5, 5), { sku: 'S0', metricValue: 5, override: 'C' }]);
    expect(found.map(({ sku, class: each, override }) => [sku, each, override])).toEqual([
      ['S0', 'C', true],
      ['S1', 'A', false],
      ['S2', 'A', false],
    ]);
  });
});

describe('when an item is due', () => {
  it.each([
    [12, 30],
    [4, 91],
    [1, 365],
  ])('%i counts a year: %i days after the last', (countsPerYear, days) => {
    expect(nextDueAt(5 * DAY, countsPerYear, 0)).toBe((5 + days) * DAY);
  });

  it('is now where it was never counted', () => expect(nextDueAt(null, 12, 77)).toBe(77));

  it('orders negative stock first, then by delay, class and SKU', () => {
    const due = (sku: string, fields: Partial<DueItem> = {}): DueItem => ({ sku, class: 'B', onHand: 1, dueAt: 10, ...fields });
    const all = [due('e'), due('d', { class: 'A' }), due('c', { dueAt: 5, class: 'C' }), due('a', { onHand: -1, dueAt: 99 }), due('b')];
    expect(all.sort(byUrgency).map(({ sku }) => sku)).toEqual(['a', 'c', 'd', 'b', 'e']);
  });
});

describe('tolerance', () => {
  it.each([
    [100, 1, true],
    [100, -1, true],
    [100, 2, false],
    [99, 1, false],
    [0, 1, false],
    [-50, 1, false],
    [0, 0, true],
  ])('1 %% of %i covers %i: %s', (book, variance, within) => expect(isWithinTolerance({ tolerancePct: 1 }, book, variance)).toBe(within));

  it('has a limit of value besides', () => {
    const terms = { tolerancePct: 10, valueLimitMinor: 500, costMinor: 100 };
    expect([5, 6].map((variance) => isWithinTolerance(terms, 100, variance))).toEqual([true, false]);
  });
});
