import { readRoundOptions } from './round-options.js';

describe('the options of a command with rounds', () => {
  it('have defaults', () => expect(readRoundOptions([], { rounds: 20, seed: 7 })).toEqual({ rounds: 20, seed: 7 }));

  it('are read in both forms', () =>
    expect(readRoundOptions(['--rounds', '10', '--seed=3', '--json', 'out.json'], { seed: 7 })).toEqual({
      rounds: 10,
      seed: 3,
      json: 'out.json',
    }));

  it.each([['--rounds'], ['--rounds', '0'], ['--rounds', '1.5'], ['--seed', 'x'], ['--any-recovery']])('are refused: %s %s', (...words) =>
    expect(() => readRoundOptions(words, { seed: 7 })).toThrow('usage'),
  );
});
