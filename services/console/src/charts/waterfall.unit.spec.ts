import fc from 'fast-check';
import { addsUp, barsOf } from './waterfall.js';

const stepsOf = (changes: readonly number[]) => {
  let left = 0;
  return changes.map((units) => ({ units, left: (left += units) }));
};

describe('a waterfall', () => {
  it('begins each bar where the one before ended', () => {
    expect(barsOf(stepsOf([100, 20, -40]))).toEqual([
      { startPercent: 0, widthPercent: expect.closeTo(83.33, 1), direction: 'up' },
      { startPercent: expect.closeTo(83.33, 1), widthPercent: expect.closeTo(16.67, 1), direction: 'up' },
      { startPercent: expect.closeTo(66.67, 1), widthPercent: expect.closeTo(33.33, 1), direction: 'down' },
    ]);
  });

  it('never leaves its frame', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1_000, max: 1_000 })), (changes) => {
        for (const { startPercent, widthPercent } of barsOf(stepsOf(changes))) {
          expect(startPercent).toBeGreaterThanOrEqual(-0.001);
          expect(startPercent + widthPercent).toBeLessThanOrEqual(100.001);
        }
      }),
    );
  });

  it('adds up only where every step and the figure do', () => {
    const steps = stepsOf([10, -3]);
    expect(addsUp(steps, 7)).toBe(true);
    expect(addsUp(steps, 8)).toBe(false);
    expect(addsUp([steps[0] ?? { units: 0, left: 0 }, { units: -3, left: 6 }], 6)).toBe(false);
    expect(addsUp([], 0)).toBe(true);
  });
});
