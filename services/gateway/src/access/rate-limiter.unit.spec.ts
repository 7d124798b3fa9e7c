import { RateLimiter } from './rate-limiter.js';

describe('the rate limiter', () => {
  let now = 0;
  beforeEach(() => {
    now = 0;
  });
  const limiter = (): RateLimiter => new RateLimiter(10, 20, () => now);
  const taken = (from: RateLimiter, caller: string, times: number): number =>
    Array.from({ length: times }, () => from.take(caller)).filter((wait) => wait === 0).length;

  it('lets a burst pass, then the rate', () => {
    const limits = limiter();
    expect(taken(limits, 'a', 100)).toBe(20);
    now = 500;
    expect(taken(limits, 'a', 100)).toBe(5);
  });

  it('says after how long one more may pass, and then lets it', () => {
    const limits = limiter();
    taken(limits, 'a', 20);
    expect(limits.take('a')).toBe(100);
    now = 100;
    expect(limits.take('a')).toBe(0);
  });

  it('saves up no more than the burst', () => {
    const limits = limiter();
    now = 3_600_000;
    expect(taken(limits, 'a', 100)).toBe(20);
  });

  it('limits each caller alone', () => {
    const limits = limiter();
    taken(limits, 'a', 20);
    expect(limits.take('b')).toBe(0);
  });

  it('still limits a caller after very many others came by', () => {
    const limits = limiter();
    taken(limits, 'a', 20);
    for (let i = 0; i < 60_000; i += 1) limits.take(`other ${i}`);
    expect(limits.take('a')).toBeGreaterThan(0);
  });
});
