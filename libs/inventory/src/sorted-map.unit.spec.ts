import fc from 'fast-check';
import { SortedMap } from './sorted-map.js';

describe('a sorted map', () => {
  it('is what a map with the same entries is, in the order of the keys', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.integer()), { maxLength: 300 }), (entries) => {
        const plain = new Map(entries);
        const map = SortedMap.of(entries);
        expect(map.size).toBe(plain.size);
        expect([...map.values()]).toEqual([...plain.keys()].sort().map((key) => plain.get(key)));
        for (const [key, value] of plain) expect([map.get(key), map.has(key)]).toEqual([value, true]);
        expect([map.get('not in it!'), map.has('not in it!')]).toEqual([plain.get('not in it!'), plain.has('not in it!')]);
      }),
    ));

  it('stays as it was when another is made of it', () => {
    const before = SortedMap.of([['a', 1]]);
    const after = before.with('a', 2).with('b', 3);
    expect([[...before.values()], before.size]).toEqual([[1], 1]);
    expect([[...after.values()], after.size]).toEqual([[2, 3], 2]);
  });
});
