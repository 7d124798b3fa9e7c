import { givenBack, isLendable, LENT_MS, lend, lentAsOf, lentReported, lentWaitMs } from './lent-limit.js';
import { asOf, fullLimit, leftOf, spent, waitMs } from './limit-state.js';

const bucket = { kind: 'bucket', name: 'calls', perSecond: 100, burst: 50 } as const;
const minute = { kind: 'window', name: 'items', most: 2_000, windowMs: 60_000 } as const;
const began = 60_000 * 1_000;

describe('a part of a limit that one process spends by itself', () => {
  it('is lent only of limits that let some units through in its time', () => {
    expect(isLendable(bucket, fullLimit(bucket, 0))).toBe(true);
    expect(isLendable({ ...bucket, perSecond: 5 }, fullLimit(bucket, 0))).toBe(false);
    expect(isLendable(minute, fullLimit(minute, 0))).toBe(true);
    expect(isLendable({ ...minute, most: 60 }, fullLimit(minute, 0))).toBe(false);
  });

  it('leaves the reserve of a bucket to what is urgent, and to others nothing that flows in meanwhile', () => {
    const { kept, lent } = lend(bucket, fullLimit(bucket, 0), 0);
    expect([kept.level, lent.state.level]).toEqual([5, 45]);
    expect(leftOf(bucket, asOf(bucket, kept, 50), true, 50)).toBe(5);
    expect(waitMs(bucket, asOf(bucket, kept, 50), 1, false, 50)).toBe(60);
    expect(asOf(bucket, kept, LENT_MS + 10).level).toBeCloseTo(6);
  });

  it('refills with the rate, and ends with its time', () => {
    const { lent } = lend(bucket, fullLimit(bucket, 0), 0);
    const empty = { ...lent, state: spent(lent.state, 45) };
    expect(lentWaitMs(bucket, empty.state, 1, 0)).toBe(10);
    expect(lentAsOf(bucket, empty, 50)?.level).toBeCloseTo(5);
    expect([lentAsOf(bucket, empty, LENT_MS), lentAsOf(bucket, empty, -1)]).toEqual([undefined, undefined]);
  });

  it.each([20, 60, 100, 150])('never lets more through than the bucket itself, given back after %s ms', (at) => {
    const { kept, lent } = lend(bucket, spent(fullLimit(bucket, 0), 30), 0);
    const here = lentAsOf(bucket, lent, Math.min(at, LENT_MS - 1));
    const used = { ...lent, state: spent(here ?? lent.state, 3) };
    const alone = asOf(bucket, spent(fullLimit(bucket, 0), 33), at);
    const back = givenBack(bucket, kept, used, at);
    expect(back.level).toBeCloseTo(alone.level);
    expect(asOf(bucket, back, at + 70).level).toBeCloseTo(asOf(bucket, alone, at + 70).level);
  });

  it('knows what others spent of the reserve', () => {
    const { kept, lent } = lend(bucket, fullLimit(bucket, 0), 0);
    expect(givenBack(bucket, spent(asOf(bucket, kept, 10), 4), lent, 20).level).toBeCloseTo(46);
  });

  it('is a small share of a window, and ends with the window', () => {
    const { kept, lent } = lend(minute, fullLimit(minute, began), began);
    expect([kept.level, lent.state.level]).toEqual([1_980, 20]);
    expect(lentWaitMs(minute, lent.state, 21, began)).toBeGreaterThan(LENT_MS);
    expect(givenBack(minute, spent(kept, 500), { ...lent, state: spent(lent.state, 5) }, began + 50).level).toBe(1_495);
    const late = lend(minute, fullLimit(minute, began - 30), began - 30);
    expect(lentAsOf(minute, late.lent, began + 1)).toBeUndefined();
    expect(givenBack(minute, late.kept, late.lent, began + 1).level).toBe(2_000);
  });

  it('hears of what is left and of what was not counted; news for others go to the store', () => {
    const { lent } = lend(bucket, fullLimit(bucket, 0), 0);
    const state = spent(lent.state, 25);
    expect(lentReported(bucket, lent, state, { limit: 'calls', returned: 5, burst: 50, perSecond: 100 })?.level).toBe(25);
    expect(lentReported(bucket, lent, state, { limit: 'calls', remaining: 12 })?.level).toBe(7);
    expect(lentReported(bucket, lent, state, { limit: 'calls', perSecond: 50 })).toBeUndefined();
    expect(lentReported(bucket, lent, state, { limit: 'calls', burst: 90 })).toBeUndefined();
    expect(lentReported(bucket, lent, state, { limit: 'calls', notBefore: 5_000 })).toBeUndefined();
    expect(lentReported(minute, lend(minute, fullLimit(minute, began), began).lent, state, { limit: 'items' })).toBeUndefined();
  });
});
