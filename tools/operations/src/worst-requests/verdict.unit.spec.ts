import type { Measurement } from './verdict.js';
import { excessOf, rowOf } from './verdict.js';

const MEBIBYTE = 1_048_576;
const within: Measurement = {
  request: 'POST /v1/inventory/bulk: stock',
  bytes: MEBIBYTE,
  coldMs: 49,
  warmMs: 30,
  afterMs: 80,
  transientBytes: 51 * MEBIBYTE,
  memory: 'alive',
  keptBytes: 500 * MEBIBYTE,
};

describe('the verdict on a request', () => {
  it('takes 50 ms, and 20 times the body beside what each may need; what is kept or comes afterwards does not count', () => {
    expect(excessOf(within, 1)).toBeLessThan(1);
    expect(rowOf(within, 1)).toMatch(/^ok .* 49 +30 +80 +51\.0 +500\.0 +1\.0 +51\.0 {2}POST/);
  });

  it.each([
    ['the first after a start', { coldMs: 51 }],
    ['one that came later', { coldMs: undefined, warmMs: 51 }],
    ['its memory', { transientBytes: 53 * MEBIBYTE }],
    ['the memory of a small one', { bytes: 0, transientBytes: 33 * MEBIBYTE }],
  ])('finds %s over', (_, over) => {
    expect(excessOf({ ...within, ...over }, 1)).toBeGreaterThan(1);
    expect(rowOf({ ...within, ...over }, 1)).toMatch(/^OVER/);
  });

  it('takes more time from a slower machine, and more memory where garbage counts', () => {
    expect(excessOf({ ...within, coldMs: 90 }, 2)).toBeLessThan(1);
    expect(excessOf({ ...within, memory: 'all', transientBytes: 80 * MEBIBYTE }, 1)).toBeLessThan(1);
  });
});
