import { asOf, fullLimit, leftOf, reported, spent, waitMs } from './limit-state.js';

const bucket = { kind: 'bucket', name: 'calls', perSecond: 5, burst: 10 } as const;
const minute = { kind: 'window', name: 'items', most: 2_000, windowMs: 60_000 } as const;
const began = 60_000 * 1_000;

describe('a bucket', () => {
  it('lets its burst go at once, then its rate', () => {
    const empty = spent(fullLimit(bucket, 0), 10);
    expect(waitMs(bucket, fullLimit(bucket, 0), 1, true, 0)).toBe(0);
    expect(waitMs(bucket, empty, 1, true, 0)).toBe(200);
    expect(waitMs(bucket, asOf(bucket, empty, 200), 1, true, 200)).toBe(0);
  });

  it('keeps the last tenth for what is urgent', () => {
    const low = spent(fullLimit(bucket, 0), 9);
    expect(waitMs(bucket, low, 1, true, 0)).toBe(0);
    expect(waitMs(bucket, low, 1, false, 0)).toBe(200);
    expect([leftOf(bucket, low, true, 0), leftOf(bucket, low, false, 0)]).toEqual([1, 0]);
  });

  it('spends what it holds at most where more is asked than it ever holds', () =>
    expect(waitMs(bucket, fullLimit(bucket, 0), 50, false, 0)).toBe(0));

  it('never holds more than its burst', () => expect(asOf(bucket, spent(fullLimit(bucket, 0), 3), 3_600_000).level).toBe(10));

  it('believes the vendor where it reports less, and takes its rate', () => {
    const told = reported(bucket, fullLimit(bucket, 0), { limit: 'calls', remaining: 2, perSecond: 1 });
    expect(told.level).toBe(2);
    expect(waitMs(bucket, told, 4, true, 0)).toBe(2_000);
    expect(reported(bucket, told, { limit: 'calls', remaining: 9 }).level).toBe(2);
  });

  it('gets back what was taken for a call and not counted, within what the vendor reports', () => {
    const taken = spent(fullLimit(bucket, 0), 8);
    expect(reported(bucket, taken, { limit: 'calls', returned: 5 }).level).toBe(7);
    expect(reported(bucket, taken, { limit: 'calls', returned: 5, remaining: 4 }).level).toBe(4);
  });

  it('is closed until the time that the vendor names', () => {
    const closed = reported(bucket, fullLimit(bucket, 0), { limit: 'calls', notBefore: 5_000 });
    expect(waitMs(bucket, closed, 1, true, 1_000)).toBe(4_000);
    expect(leftOf(bucket, closed, true, 1_000)).toBe(0);
  });
});

describe('a window', () => {
  it('begins anew with the clock, however much was spent', () => {
    const empty = spent(fullLimit(minute, began), 2_000);
    expect(waitMs(minute, empty, 1, true, began + 10_000)).toBe(50_000);
    expect(asOf(minute, empty, began + 60_000).level).toBe(2_000);
  });

  it('keeps a tenth for what is urgent until its own last tenth', () => {
    const low = spent(fullLimit(minute, began), 1_900);
    expect(waitMs(minute, low, 100, true, began + 1_000)).toBe(0);
    expect(waitMs(minute, low, 100, false, began + 1_000)).toBe(53_000);
    expect(waitMs(minute, low, 100, false, began + 54_000)).toBe(0);
  });

  it('keeps what was spent of it where its size is set anew, and no more', () => {
    const spentSome = spent(fullLimit(minute, began), 300);
    const wider = { ...minute, most: 50_000 };
    const narrower = { ...minute, most: 1_000 };
    expect(asOf(wider, spentSome, began + 1_000).level).toBe(49_700);
    expect(waitMs(wider, asOf(wider, spentSome, began + 1_000), 1, false, began + 1_000)).toBe(0);
    expect(asOf(narrower, spentSome, began + 1_000).level).toBe(700);
    expect(asOf(narrower, asOf(wider, spentSome, began + 1_000), began + 2_000).level).toBe(700);
  });
});
