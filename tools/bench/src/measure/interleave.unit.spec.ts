import type { Figures, Round } from './figures.js';
import { interleave, type Side } from './interleave.js';

describe('interleaved rounds', () => {
  const done: string[] = [];
  const side = (name: string, perSecond: (round: number) => number): Side => ({
    prepare: (round) => {
      done.push(`prepare ${name} ${String(round)}`);
      return Promise.resolve();
    },
    run: (round, seconds): Promise<Figures> => {
      done.push(`${name} ${String(round)} for ${String(seconds)}`);
      return Promise.resolve({ perSecond: perSecond(round), p50Ms: 1, p99Ms: 2 });
    },
  });
  const shown: Round[] = [];
  let rounds: Round[] = [];

  beforeAll(async () => {
    rounds = await interleave({
      baseline: side('sql', () => 10),
      holdfast: side('holdfast', (round) => 10 * (round + 1)),
      rounds: 2,
      seconds: 4,
      warmUpSeconds: 1,
      onRound: (round) => shown.push(round),
    });
  });

  it('warm up first, prepare each side before its turn, and change who goes first', () =>
    expect(done).toEqual([
      ...['prepare sql 0', 'sql 0 for 1', 'prepare holdfast 0', 'holdfast 0 for 1'],
      ...['prepare holdfast 1', 'holdfast 1 for 4', 'prepare sql 1', 'sql 1 for 4'],
      ...['prepare sql 2', 'sql 2 for 4', 'prepare holdfast 2', 'holdfast 2 for 4'],
    ]));

  it('leave the warm-up out and never mix up the sides', () => {
    expect(rounds.map(({ ratio }) => ratio)).toEqual([2, 3]);
    expect(rounds.map(({ baseline }) => baseline.perSecond)).toEqual([10, 10]);
    expect(shown).toEqual(rounds);
  });
});
