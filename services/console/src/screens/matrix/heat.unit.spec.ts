import { NOTHING } from '../../live/matrix-store.js';
import { HEAT, heatOf, SIGNS } from './heat.js';

const channel = { id: 'shop', name: 'Shop', lowThreshold: 10, criticalThreshold: 1 };

describe('heat', () => {
  it.each([
    [NOTHING, 'none'],
    [0, 'critical'],
    [1, 'critical'],
    [2, 'low'],
    [10, 'low'],
    [11, 'fair'],
    [20, 'good'],
    [50, 'plenty'],
  ])('of %i units is %s', (figure, heat) => expect(heatOf(figure, channel)).toBe(heat));

  it('of a column without thresholds only tells nothing from something', () => {
    const place = { ...channel, lowThreshold: null, criticalThreshold: null };
    expect([NOTHING, 0, 1, 1_000].map((figure) => heatOf(figure, place))).toEqual(['none', 'critical', 'good', 'good']);
  });

  it('has a sign of its own for each step', () => expect(new Set(HEAT.map((heat) => SIGNS[heat])).size).toBe(HEAT.length));
});
