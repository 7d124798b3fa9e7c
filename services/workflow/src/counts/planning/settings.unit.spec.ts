import { toleranceOf } from './settings.js';

describe('the tolerance of a line', () => {
  const settings = { skus: [{ sku: 'CUP', tolerancePct: 20 }], classes: [{ class: 'B' as const, tolerancePct: 10 }] };

  it.each([
    ['of the SKU comes first', 'CUP', 'B', { tolerancePct: 1 }, 20],
    ['of the class comes before that of the batch', 'POT', 'B', { tolerancePct: 1 }, 10],
    ['of the batch may be narrower than the default of the class', 'POT', 'C', { tolerancePct: 2 }, 2],
    ['of the batch is never wider than the default of the class', 'POT', 'C', { tolerancePct: 100 }, 5],
    ['is the default of the class where nothing is set', 'POT', 'A', {}, 1],
  ] as const)('%s', (_title, sku, abcClass, batch, expected) => {
    expect(toleranceOf(settings, sku, abcClass, batch)).toEqual({ tolerancePct: expected });
  });
});
