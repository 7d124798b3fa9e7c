import { deltaOf } from './reasons.js';

describe('units of an adjustment', () => {
  it.each([
    ['out', 3, -3],
    ['out', -3, -3],
    ['out', 0, 0],
    ['in', -2, 2],
    ['both', -2, -2],
    ['both', 5, 5],
  ] as const)('for a reason that goes %s, written as %d, change on hand by %d', (direction, units, delta) => {
    expect(deltaOf({ direction }, units)).toBe(delta);
  });
});
