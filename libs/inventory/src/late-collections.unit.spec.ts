import { LateMap, LateSet } from './late-collections.js';

describe('a map that takes memory from the first entry on', () => {
  const filled = () =>
    new LateMap([
      ['a', 1],
      ['b', 2],
    ] as const);

  it('is like an empty map before the first entry', () => {
    const map = new LateMap<string, number>();
    expect([map.size, map.get('a'), map.has('a'), map.delete('a'), [...map], [...map.keys()], [...map.values()]]).toEqual([
      ...[0, undefined, false, false],
      ...[[], [], []],
    ]);
    map.forEach(() => {
      throw new Error('called');
    });
    map.clear();
    expect(map.set('a', 1)).toBe(map);
    expect([...map]).toEqual([['a', 1]]);
  });

  it('is like a map with entries, in the order of the first setting', () => {
    const map: Map<string, number> = new LateMap<string, number>([...filled()]);
    map.set('a', 3).set('c', 4);
    expect(map.delete('b')).toBe(true);
    const seen: unknown[] = [];
    map.forEach((value, key, whole) => seen.push([key, value, whole === map]));
    expect(seen).toEqual([
      ['a', 3, true],
      ['c', 4, true],
    ]);
    expect([map.size, map.get('c'), map.has('b'), [...map.keys()], [...map.values()], [...map.entries()]]).toEqual([
      ...[2, 4, false],
      ...[
        ['a', 'c'],
        [3, 4],
      ],
      [
        ['a', 3],
        ['c', 4],
      ],
    ]);
    map.clear();
    expect([map.size, [...map]]).toEqual([0, []]);
  });

  it('shares nothing with another, also where both were empty', () => {
    const [one, other] = [new LateMap<string, number>(), new LateMap<string, number>()];
    one.set('a', 1);
    expect([one.size, other.size]).toEqual([1, 0]);
    expect(one).not.toEqual(other);
    expect(new LateMap([['a', 1]])).toEqual(one);
    expect(new LateMap([['a', 2]])).not.toEqual(one);
  });
});

describe('a set that takes memory from the first value on', () => {
  it('is like a set, empty and not', () => {
    const set: Set<string> = new LateSet<string>();
    expect([set.size, set.has('a'), set.delete('a'), [...set], [...set.entries()]]).toEqual([0, false, false, [], []]);
    set.add('a').add('b').add('a');
    const seen: unknown[] = [];
    set.forEach((value, again, whole) => seen.push([value, again, whole === set]));
    expect(seen).toEqual([
      ['a', 'a', true],
      ['b', 'b', true],
    ]);
    expect([set.size, set.delete('a'), [...set], [...set.keys()], [...set.values()], [...set.entries()]]).toEqual([
      ...[2, true, ['b'], ['b'], ['b']],
      [['b', 'b']],
    ]);
    set.clear();
    expect([set.size, [...set]]).toEqual([0, []]);
    expect(new LateSet(['x'])).not.toEqual(new LateSet(['y']));
    expect(new LateSet(['x'])).toEqual(new LateSet(['x']));
  });
});
