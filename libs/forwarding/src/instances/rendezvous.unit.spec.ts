import { chosenFor } from './rendezvous.js';

const instances = (count: number): { readonly name: string }[] =>
  Array.from({ length: count }, (_, index) => ({ name: `http://reservation-${String(index)}:3000` }));
const keys = Array.from({ length: 10_000 }, (_, index) => `demo\nSKU-${String(index)}`);

describe('choosing an instance by rendezvous', () => {
  it('finds none among none', () => expect(chosenFor('a', [])).toBeUndefined());

  it('does not depend on the order in which instances are listed', () => {
    const some = instances(5);
    const reversed = [...some].reverse();
    expect(keys.filter((key) => chosenFor(key, reversed) !== chosenFor(key, some))).toEqual([]);
  });

  it.each([2, 3, 5, 16])('spreads keys evenly over %d', (count) => {
    const served = new Map<string | undefined, number>();
    for (const key of keys) {
      const name = chosenFor(key, instances(count))?.name;
      served.set(name, (served.get(name) ?? 0) + 1);
    }
    expect(served.size).toBe(count);
    const fair = keys.length / count;
    for (const figure of served.values()) expect(Math.abs(figure - fair)).toBeLessThan(5 * Math.sqrt(fair));
  });

  it('moves only the keys of an instance that leaves', () => {
    const before = instances(4);
    const [gone, ...left] = before;
    const orphans = keys.filter((key) => chosenFor(key, before) === gone);
    const others = keys.filter((key) => chosenFor(key, before) !== gone);
    expect(others.filter((key) => chosenFor(key, left) !== chosenFor(key, before))).toEqual([]);
    expect(new Set(orphans.map((key) => chosenFor(key, left)))).toEqual(new Set(left));
  });

  it('moves keys only to an instance that joins, and about its share', () => {
    const before = instances(4);
    const newcomer = { name: 'http://reservation-new:3000' };
    const moved = keys.filter((key) => chosenFor(key, [...before, newcomer]) !== chosenFor(key, before));
    expect(new Set(moved.map((key) => chosenFor(key, [...before, newcomer])))).toEqual(new Set([newcomer]));
    expect(moved.length / keys.length).toBeGreaterThan(0.17);
    expect(moved.length / keys.length).toBeLessThan(0.23);
  });
});
