import { inUnitsOfStock } from './in-units-of-stock.js';

const known = [
  { unit: 'BOX', units: '12' },
  { unit: 'HALF', units: '0.5' },
];

describe('a quantity of a stock file in a unit of measure', () => {
  it.each([
    [5, 'BOX', 60],
    [0, 'BOX', 0],
    [4, 'HALF', 2],
  ])('%d %s are %d units of stock', (quantity, unit, units) => expect(inUnitsOfStock(quantity, unit, known)).toBe(units));

  it.each([
    [3, 'HALF', 'fraction', 'quantity'],
    [1_000_000_000, 'BOX', 'validation_failed', 'quantity'],
    [5, 'box', 'unknown_unit', 'unit'],
    [5, 'PALLET', 'unknown_unit', 'unit'],
  ])('%d %s are refused with %s', (quantity, unit, code, column) =>
    expect(inUnitsOfStock(quantity, unit, known)).toMatchObject({ code, column }),
  );

  it('is refused where the product has none', () => expect(inUnitsOfStock(5, 'BOX', [])).toMatchObject({ code: 'unknown_unit' }));
});
