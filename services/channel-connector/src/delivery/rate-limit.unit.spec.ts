import { RateLimit } from './rate-limit.js';

describe('limiting the rate of calls', () => {
  it('lets the first one go at once and spaces those behind it', () => {
    const limit = new RateLimit(10);
    expect([limit.take(1_000), limit.take(1_000), limit.take(1_000)]).toEqual([0, 100, 200]);
  });

  it('saves up nothing while idle', () => {
    const limit = new RateLimit(10);
    limit.take(0);
    expect([limit.take(60_000), limit.take(60_000)]).toEqual([0, 100]);
  });
});
