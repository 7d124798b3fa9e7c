import { chances } from '../chances.js';
import { LINKS } from './network/nodes.js';
import { describeCut, planRounds, type Planned } from './schedule.js';

const plan = (rounds: number, seed: number): readonly Planned[] => planRounds(rounds, chances(seed));

describe('the schedule of partition rounds', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(plan(20, 1)).toEqual(plan(20, 1));
    expect(plan(20, 1)).not.toEqual(plan(20, 2));
  });

  it('goes on as it began when there are more rounds', () => expect(plan(40, 1).slice(0, 20)).toEqual(plan(20, 1)));

  it('has every kind and every link in 20 rounds', () => {
    const cuts = plan(20, 1).map(({ cut }) => cut);
    expect(new Set(cuts.map(({ kind }) => kind))).toEqual(new Set(['pair', 'direction', 'everything', 'delay']));
    const ends = (from: string, to: string): string => [from, to].sort().join();
    const hit = cuts.flatMap((cut) => (cut.kind === 'everything' ? [] : [ends(cut.link.from, cut.link.to)]));
    expect(new Set(hit)).toEqual(new Set(LINKS.map(({ from, to }) => ends(from, to))));
  });

  it('cuts one direction either way', () => {
    const ways = plan(120, 3).flatMap(({ cut }) => (cut.kind === 'direction' ? [cut.link] : []));
    const isForward = ({ from, to }: (typeof ways)[number]): boolean => LINKS.some((link) => link.from === from && link.to === to);
    expect(new Set(ways.map(isForward))).toEqual(new Set([true, false]));
  });

  it('lasts from 1 to 20 s', () => {
    const seconds = plan(1_000, 5).map((round) => round.seconds);
    expect([Math.min(...seconds), Math.max(...seconds)]).toEqual([1, 20]);
  });

  it('names what is cut', () =>
    expect(describeCut({ kind: 'direction', link: { from: 'kafka', to: 'gateway' } })).toBe('direction kafka > gateway'));
});
