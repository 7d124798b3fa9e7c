import { check } from '@holdfast/platform';
import { ProductRequest } from './product.dto.js';
import { unitsIn, unitsText, withUnits } from './product-units.js';

describe('units of measure in a cell of a file', () => {
  it.each(['BOX=12', 'BOX=12;PALLET=480', 'Case of 6=6;KG=0.5'])('are read and written as they are: %s', (cell) =>
    expect(unitsText(unitsIn(cell))).toBe(cell),
  );

  it('may have blanks around', () => expect(unitsText(unitsIn(' BOX = 12 ; CASE=6 '))).toBe('BOX=12;CASE=6'));

  it.each(['', 'BOX', 'BOX=', '=12', 'BOX=12;', 'BOX=1=2', 'BOX:12'])('are not %j', (cell) => expect(unitsIn(cell)).toBeUndefined());

  it('are none in a cell that is empty', () => expect([unitsText([]), unitsText(undefined)]).toEqual([undefined, undefined]));
});

describe('a product with units of measure', () => {
  const faults = (units: unknown): readonly string[] => {
    const checked = check(ProductRequest, withUnits({ sku: 'TEE', units }));
    return 'faults' in checked ? checked.faults.map(({ field }) => field) : [];
  };

  it.each([[[]], [[{ unit: 'BOX', units: '12' }]], ['BOX=12;KG=0.5']])('may have %j', (units) => expect(faults(units)).toEqual([]));

  it.each([
    ['a text that is none', 'BOX', 'units'],
    ['no unit of stock in one', [{ unit: 'BOX', units: '0' }], 'units[0].units'],
    ['none of them as a fraction', 'BOX=0.00', 'units[0].units'],
    ['a number of them', [{ unit: 'BOX', units: 12 }], 'units[0].units'],
    ['a comma', 'BOX=1,5', 'units[0].units'],
    ['a negative one', 'BOX=-12', 'units[0].units'],
    ['a name with the signs of the form', [{ unit: 'A=B', units: '1' }], 'units[0].unit'],
    ['one unit twice', 'BOX=12;BOX=6', 'units'],
    ['too many', Array.from({ length: 21 }, (_, index) => ({ unit: `U${String(index)}`, units: '2' })), 'units'],
  ])('may not have %s', (_, units, field) => expect(faults(units)).toEqual([field]));
});
