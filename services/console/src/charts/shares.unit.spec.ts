import { sharesOf } from './shares.js';

describe('bars of shares', () => {
  it('are as wide as their part of the largest, and say their part of the sum', () =>
    expect(sharesOf([60, 30, 10])).toEqual([
      { widthPercent: 100, sharePercent: 60 },
      { widthPercent: 50, sharePercent: 30 },
      { widthPercent: (10 / 60) * 100, sharePercent: 10 },
    ]));

  it('are none where there is nothing', () => {
    expect(sharesOf([])).toEqual([]);
    expect(sharesOf([0, 0])).toEqual([
      { widthPercent: 0, sharePercent: null },
      { widthPercent: 0, sharePercent: null },
    ]);
  });
});
