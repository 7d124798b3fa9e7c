import { curveOf, extentOf, pathOf } from './steps.js';

describe('a figure over time', () => {
  const changes = [
    { at: 30, delta: -4 },
    { at: 10, delta: 10 },
    { at: 20, delta: 0 },
  ];

  it('is reckoned back from what it is now, by the time of each fact', () => {
    expect(curveOf(changes, 6)).toEqual([
      { at: 10, units: 0 },
      { at: 10, units: 10 },
      { at: 30, units: 6 },
    ]);
    expect(curveOf(changes, 8).at(0)).toEqual({ at: 10, units: 2 });
  });

  it('shows what several changes at a time come to', () => {
    expect(curveOf([...changes, { at: 30, delta: 1 }], 7).at(-1)).toEqual({ at: 30, units: 7 });
    expect(curveOf([...changes, { at: 30, delta: 1 }], 7)).toHaveLength(3);
  });

  it('has an extent, and is drawn as steps', () => {
    const points = curveOf(changes, 6);
    expect(extentOf(points)).toEqual({ lowest: 0, highest: 10 });
    expect(pathOf(points, 50, 100, 10)).toBe('M0.0 10.0H0.0V0.0H50.0V4.0H100.0');
    expect(pathOf([], 50, 100, 10)).toBe('');
  });

  it('goes below zero where the stock did', () =>
    expect(pathOf(curveOf([{ at: 0, delta: -5 }], -5), 10, 100, 10)).toBe('M0.0 1.7H0.0V10.0H100.0'));
});
