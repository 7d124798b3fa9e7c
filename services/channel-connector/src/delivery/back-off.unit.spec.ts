import { isOpen, pauseMs } from './back-off.js';
import { DEFAULT_TIMINGS } from './timings.js';

const backOff = { firstMs: 100, mostMs: 1_000 };

describe('the circuit breaker', () => {
  const timings = { ...DEFAULT_TIMINGS, backOff, breakerOpensAfter: 3, breakerOpenMs: 5_000 };

  it('stays closed until the failures in a row reach its bound', () => {
    expect([1, 2, 3].map((failures) => isOpen(failures, timings))).toEqual([false, false, true]);
  });

  it('pauses at least as long as it stays open', () => {
    expect(pauseMs(2, timings, 1)).toBe(200);
    expect(pauseMs(3, timings, 1)).toBe(5_000);
  });

  it('never comes back before the receiver wants it to', () => {
    expect(pauseMs(1, timings, 1, 7_000)).toBe(7_000);
    expect(pauseMs(3, timings, 1, 7_000)).toBe(7_000);
  });
});
