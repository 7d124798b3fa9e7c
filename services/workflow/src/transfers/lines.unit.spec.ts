import { foldLines, foldReceipt } from './lines.js';

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

  it('keeps units of a hold apart from others', () => {
    const lines = [
      { sku: 'A', quantity: 1 },
      { sku: 'A', quantity: 2, holdId: 'hold_1' },
      { sku: 'A', quantity: 3, holdId: 'hold_1' },
    ];
    expect(foldLines(lines)).toEqual([
      { sku: 'A', quantity: 1 },
      { sku: 'A', quantity: 5, holdId: 'hold_1' },
    ]);
  });
});

describe('folding a receipt', () => {
  it('adds up good, rejected and surplus units of a SKU', () => {
    const lines = [
      { sku: 'A', quantity: 4, rejected: 1 },
      { sku: 'A', quantity: 3, over: { quantity: 2 } },
      { sku: 'B', quantity: 1 },
    ];
    expect(foldReceipt(lines)).toEqual([
      { sku: 'A', quantity: 7, rejected: 1, over: { quantity: 2, reasonCode: 'over_receipt' } },
      { sku: 'B', quantity: 1 },
    ]);
  });
});
