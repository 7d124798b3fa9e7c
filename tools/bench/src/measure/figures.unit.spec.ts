import { Durations } from './durations.js';
import { figuresOf, median, medianFigures } from './figures.js';

describe('medians', () => {
  it('are the middle one of an odd number', () => expect(median([9, 1, 100])).toBe(9));
  it('are the mean of the two in the middle of an even number', () => expect(median([4, 1, 100, 2])).toBe(3));
  it('of nothing are no number', () => expect(median([])).toBeNaN());

  it('are taken of each figure by itself', () =>
    expect(
      medianFigures([
        { perSecond: 10, p50Ms: 3, p99Ms: 50 },
        { perSecond: 30, p50Ms: 1, p99Ms: 90 },
        { perSecond: 20, p50Ms: 2, p99Ms: 10 },
      ]),
    ).toEqual({ perSecond: 20, p50Ms: 2, p99Ms: 50 }));
});

describe('figures of a round', () => {
  it('are the rate over the whole time and the percentiles', () => {
    const durations = new Durations();
    for (const value of [1, 2, 3, 4]) durations.add(value);
    expect(figuresOf(durations, 2)).toEqual({ perSecond: 2, p50Ms: 2, p99Ms: 4 });
  });
});
