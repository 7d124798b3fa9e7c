import { FigureReader, skusWithUnits } from './figures-of.js';

const row = (quantity: string, given: object = {}) => ({ sku: 'TEE', warehouseId: '1010/101A', quantity, ...given });

describe('the figures that rows of an ERP mean', () => {
  it('are whole units, with leading zeros, letter case and 40 characters of a SKU kept and padding trimmed', () => {
    const long = 'm'.repeat(40);
    const { figures } = new FigureReader({}).read([row('3.000', { sku: '000012ab  ' }), row('-2', { sku: long })]);
    expect(figures).toEqual([
      { sku: '000012ab', warehouseId: '1010/101A', figure: 3 },
      { sku: long, warehouseId: '1010/101A', figure: -2 },
    ]);
  });

  it('are sums of batches, exactly, whatever their fractions', () =>
    expect(new FigureReader({}).read([row('0.1'), row('0.2'), row('0.7'), row('4')]).figures).toMatchObject([{ figure: 5 }]));

  it('count boxes once: 5 boxes of 12 are 60, and of a SKU with boxes of its own as many as those hold', () => {
    const reader = new FigureReader({
      units: [
        { unit: 'BOX', units: '12' },
        { unit: 'BOX', sku: 'CAP', units: '6' },
        { unit: 'HALF', units: '0.5' },
      ],
    });
    const box = { unit: 'BOX' };
    expect(
      reader.read([row('5', box), row('2', { ...box, sku: 'CAP' }), row('3', { unit: 'EA', sku: 'HAT' }), row('4', { unit: 'HALF' })]),
    ).toEqual({
      figures: [
        { sku: 'TEE', warehouseId: '1010/101A', figure: 62 },
        { sku: 'CAP', warehouseId: '1010/101A', figure: 12 },
        { sku: 'HAT', warehouseId: '1010/101A', figure: 3 },
      ],
      refused: [],
    });
  });

  it('count boxes by the catalogue, after a setting for the SKU and before one for all', () => {
    const catalogue = new Map(['TEE', 'CAP'].map((sku) => [sku, [{ unit: 'BOX', units: '12' }]]));
    const rows = ['TEE', 'CAP', 'HAT'].map((sku) => row('5', { sku, unit: 'BOX' }));
    const all = { unit: 'BOX', units: '10' };
    const figures = (units: readonly (typeof all & { readonly sku?: string })[]) =>
      new FigureReader({ units }).read(rows, catalogue).figures.map(({ figure }) => figure);
    expect(figures([])).toEqual([60, 60, 5]);
    expect(figures([all, { ...all, sku: 'CAP', units: '6' }])).toEqual([60, 30, 50]);
    expect(skusWithUnits([...rows, ...rows, row('1', { sku: 'PEN' })])).toEqual(['TEE', 'CAP', 'HAT']);
  });

  it('refuse a fraction, or round it down where that is set, below zero too', () => {
    expect(new FigureReader({}).read([row('1.5')])).toMatchObject({
      figures: [],
      refused: [{ row: 'TEE in 1010/101A', field: 'quantity' }],
    });
    const floor = new FigureReader({ fractions: 'floor' });
    expect(floor.read([row('1.5')]).figures).toMatchObject([{ figure: 1 }]);
    expect(floor.read([row('-1.5')]).figures).toMatchObject([{ figure: -2 }]);
  });

  it.each([
    ['a quantity that is no decimal', row('1,234'), 'quantity'],
    ['a quantity beyond what can be kept', row('1000000001'), 'quantity'],
    ['no SKU', row('1', { sku: '  ' }), 'sku'],
    ['a SKU that a spreadsheet changed', row('1', { sku: '4.06361E+12' }), 'sku'],
    ['a warehouse that cannot be named', row('1', { warehouseId: 'a|b' }), 'warehouseId'],
  ])('refuse %s and name the field', (_, given, field) =>
    expect(new FigureReader({}).read([given])).toMatchObject({ figures: [], refused: [{ field }] }),
  );

  it('are not made of the rest where one of their rows is refused', () =>
    expect(new FigureReader({}).read([row('3'), row('x'), row('4', { sku: 'CAP' })])).toMatchObject({
      figures: [{ sku: 'CAP', figure: 4 }],
      refused: [{ field: 'quantity' }],
    }));
});
