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

  it('makes room for some at once, the oldest first, and keeps all others', () => {
    const cache = new StateCache<number>(320);
    for (let key = 0; key <= 320; key += 1) cache.put(String(key), key, 1);
    expect(cache.size).toBe(310);
    expect([cache.peek('10'), cache.peek('11'), cache.peek('320')]).toEqual([undefined, 11, 320]);
    for (let key = 321; key <= 330; key += 1) cache.put(String(key), key, 1);
    expect([cache.size, cache.peek('11')]).toEqual([320, 11]);
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
