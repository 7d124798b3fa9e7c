import { askedAt } from './asked-at.js';

const NOON = Date.parse('2026-03-02T12:00:00Z');
const header = (at: number) => new Date(at).toUTCString();

describe('when a page was asked for, by the clock of the ERP', () => {
  it('is the time of the request where the clocks do not differ as far as the answer shows', () => {
    expect(askedAt(NOON + 300, NOON + 800, header(NOON))).toEqual({ asOf: NOON + 300, skewMs: 0 });
    expect(askedAt(NOON + 300, NOON + 1_800, header(NOON + 1_000))).toEqual({ asOf: NOON + 300, skewMs: 0 });
    expect(askedAt(NOON, NOON + 50, undefined)).toEqual({ asOf: NOON, skewMs: 0 });
    expect(askedAt(NOON, NOON + 50, 'soon')).toEqual({ asOf: NOON, skewMs: 0 });
  });

  it('is corrected by a clock that is ahead or behind, rather to before the reading than after it', () => {
    const ahead = askedAt(NOON, NOON + 200, header(NOON + 120_000));
    expect(ahead).toEqual({ asOf: NOON + 119_800, skewMs: 119_800 });
    const behind = askedAt(NOON, NOON + 200, header(NOON - 120_000));
    expect(behind).toEqual({ asOf: NOON - 120_200, skewMs: -120_200 });
  });

  it('lies within the time that request and answer took, whatever the skew', () => {
    const wayMs = 400;
    for (let skewMs = -5_000; skewMs <= 5_000; skewMs += 170) {
      const { asOf } = askedAt(NOON, NOON + wayMs, header(NOON + wayMs / 2 + skewMs));
      expect(Math.abs(asOf - (NOON + skewMs))).toBeLessThanOrEqual(1_000 + wayMs);
    }
  });
});
