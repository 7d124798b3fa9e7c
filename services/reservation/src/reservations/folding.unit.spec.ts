import { foldCommitLines, foldLines } from './folding.js';

describe('folding the lines of an order', () => {
  it('adds up lines of one SKU and keeps the order of the SKUs', () =>
    expect(
      foldLines([
        { sku: 'B', quantity: 1 },
        { sku: 'A', quantity: 2 },
        { sku: 'B', quantity: 3 },
      ]),
    ).toEqual([
      { sku: 'B', quantity: 4 },
      { sku: 'A', quantity: 2 },
    ]));

  it('keeps SKUs apart that differ in case', () =>
    expect(
      foldLines([
        { sku: 'a', quantity: 1 },
        { sku: 'A', quantity: 1 },
      ]),
    ).toHaveLength(2));

  it('refuses a sum that is no quantity any more', () =>
    expect(() =>
      foldLines([
        { sku: 'A', quantity: 1_000_000_000 },
        { sku: 'A', quantity: 1 },
      ]),
    ).toThrow(expect.objectContaining({ status: 400, code: 'validation_failed' })));
});

describe('folding the lines of a commit', () => {
  it('adds up the lots of a SKU, and allows what one of its lines allows', () =>
    expect(
      foldCommitLines([
        { sku: 'A', quantity: 2, lots: [{ lotId: 'L1', quantity: 1 }] },
        { sku: 'B', quantity: 1 },
        { sku: 'A', quantity: 3, lots: [{ lotId: 'L1', quantity: 2 }], allowUncovered: true },
      ]),
    ).toEqual([
      { sku: 'A', quantity: 5, lots: [{ lotId: 'L1', quantity: 3 }], allowUncovered: true },
      { sku: 'B', quantity: 1 },
    ]));
});
