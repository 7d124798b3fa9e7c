import fc from 'fast-check';
import { shareOut } from './share-out.js';

const partitions = (counts: Readonly<Record<string, number>>): Map<string, number[]> =>
  new Map(Object.entries(counts).map(([topic, count]) => [topic, Array.from({ length: count }, (_, n) => n)]));

describe('sharing out partitions', () => {
  it('gives members only what they read', () => {
    const members = [
      { id: 'a', topics: ['orders', 'mails'] },
      { id: 'b', topics: ['orders'] },
    ];
    expect(shareOut(members, partitions({ orders: 4, mails: 2 }))).toEqual({ a: { orders: [1, 3], mails: [0, 1] }, b: { orders: [0, 2] } });
  });

  it('does not give all single partitions to one member', () => {
    const topics = ['one', 'three', 'two'];
    const shares = shareOut(
      ['a', 'b', 'c'].map((id) => ({ id, topics })),
      partitions({ one: 1, two: 1, three: 1 }),
    );
    expect(shares).toEqual({ a: { one: [0] }, b: { three: [0] }, c: { two: [0] } });
  });

  it('gives each partition to exactly one reader and no reader two more than another', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 40 }), (count, size) => {
        const members = Array.from({ length: count }, (_, n) => ({ id: `m${n}`, topics: ['t'] }));
        const shares = Object.values(shareOut(members, partitions({ t: size }))).map((share) => share['t'] ?? []);
        expect(shares.flat().sort((one, other) => one - other)).toEqual(Array.from({ length: size }, (_, n) => n));
        const sizes = shares.map((share) => share.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    ));

  it('leaves a topic that nobody reads alone', () => {
    expect(shareOut([{ id: 'a', topics: [] }], partitions({ t: 2 }))).toEqual({ a: {} });
  });
});
