import { Durations } from './durations.js';

const of = (...values: readonly number[]): Durations => {
  const durations = new Durations();
  for (const value of values) durations.add(value);
  return durations;
};

describe('durations', () => {
  it('tell the one that half of them do not exceed, whatever their order', () => expect(of(9, 1, 5, 3, 7).percentile(0.5)).toBe(5));

  it('tell the nearest rank, never a figure between two', () => expect(of(1, 2, 3, 4).percentile(0.5)).toBe(2));

  it('give the longest as the last percentile of fewer than a hundred', () => expect(of(4, 2, 8).percentile(0.99)).toBe(8));

  it('find the 99th of a hundred', () =>
    expect(of(...Array.from({ length: 100 }, (_none, index) => 100 - index)).percentile(0.99)).toBe(99));

  it('keep more than they first have room for', () => {
    const many = of(...Array.from({ length: 5_000 }, (_none, index) => index + 1));
    expect(many.count).toBe(5_000);
    expect(many.percentile(1)).toBe(5_000);
  });

  it('tell nothing of nothing', () => expect(new Durations().percentile(0.5)).toBeNaN());
});
