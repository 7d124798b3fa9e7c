import { ExpiringCache } from './expiring-cache.js';

describe('the expiring cache', () => {
  it('says how long an entry is fresh, and that it is stale', () => {
    let now = 0;
    const cache = new ExpiringCache<string>(2, () => now);
    cache.set('a', 'A', 100);
    expect(cache.get('a')).toEqual({ value: 'A', freshForMs: 100 });
    now = 150;
    expect(cache.get('a')).toEqual({ value: 'A', freshForMs: -50 });
  });

  it('drops the entry that was written first when it is full', () => {
    const cache = new ExpiringCache<number>(2, () => 0);
    cache.set('a', 1, 1);
    cache.set('b', 2, 1);
    cache.set('a', 3, 1);
    cache.set('c', 4, 1);
    expect([cache.get('a')?.value, cache.get('b')?.value, cache.get('c')?.value]).toEqual([3, undefined, 4]);
  });
});
