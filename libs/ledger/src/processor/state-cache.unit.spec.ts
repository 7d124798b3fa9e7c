import { StateCache } from './state-cache.js';

describe('the cache of states', () => {
  it('forgets the least recently used beyond its weight', () => {
    const cache = new StateCache<string>(3);
    cache.put('a', 'A', 1);
    cache.put('b', 'B', 1);
    cache.put('a', 'A', 1);
    cache.put('c', 'C', 2);
    expect([cache.take('b'), cache.take('a'), cache.take('c')]).toEqual([undefined, 'A', 'C']);
  });

  it('hands a value out to one at a time', () => {
    const cache = new StateCache<string>(3);
    cache.put('a', 'A', 1);
    expect([cache.take('a'), cache.take('a')]).toEqual(['A', undefined]);
  });

  it('keeps nothing that weighs more than all', () => {
    const cache = new StateCache<string>(3);
    cache.put('a', 'A', 4);
    expect(cache.size).toBe(0);
    cache.put('b', 'B', 3);
    expect(cache.size).toBe(1);
  });
});
