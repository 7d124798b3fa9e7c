import { foldLines } from './lines.js';

describe('folding lines', () => {
  it('adds up lines of the same SKU and keeps the order', () => {
    expect(
      foldLines([
        { sku: 'B', quantity: 2 },
        { sku: 'A', quantity: 1 },
        { sku: 'B', quantity: 3 },
      ]),
    ).toEqual([
      { sku: 'B', quantity: 5 },
      { sku: 'A', quantity: 1 },
    ]);
  });
});
