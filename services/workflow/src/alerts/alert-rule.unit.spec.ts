import { ALERT_PAUSE_MS, alertFor, mayTell, stockLevel, type StockLevel } from './alert-rule.js';

describe('the level of a SKU', () => {
  it.each<[number, number, StockLevel]>([
    [10, 10, 'ok'],
    [9, 10, 'low_stock'],
    [1, 10, 'low_stock'],
    [0, 10, 'stock_out'],
    [-3, 10, 'stock_out'],
    [1, 0, 'ok'],
    [0, 0, 'stock_out'],
  ])('%i available with a threshold of %i is %s', (available, threshold, level) => {
    expect(stockLevel(available, threshold)).toBe(level);
  });
});

describe('what is said about a change', () => {
  it('is nothing while the level stays', () => {
    expect((['ok', 'low_stock', 'stock_out'] as const).map((level) => alertFor(level, level))).toEqual([undefined, undefined, undefined]);
  });

  it.each<[StockLevel, StockLevel, string]>([
    ['ok', 'low_stock', 'low_stock'],
    ['ok', 'stock_out', 'stock_out'],
    ['low_stock', 'stock_out', 'stock_out'],
    ['stock_out', 'low_stock', 'low_stock'],
    ['stock_out', 'ok', 'recovered'],
    ['low_stock', 'ok', 'recovered'],
  ])('from %s to %s is %s', (before, after, alert) => {
    expect(alertFor(before, after)).toBe(alert);
  });
});

describe('telling the same again', () => {
  it('waits until the pause is over', () => {
    expect([null, 0, 1, 2].map((toldAt) => mayTell(toldAt, ALERT_PAUSE_MS + 1))).toEqual([true, true, true, false]);
  });
});
