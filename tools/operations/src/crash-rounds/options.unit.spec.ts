import { readCrashOptions } from './options.js';

describe('the options of the crash rounds', () => {
  it('have defaults', () => expect(readCrashOptions([], 7)).toEqual({ rounds: 100, seed: 7, anyRecovery: false }));

  it('are read in both forms', () =>
    expect(readCrashOptions(['--rounds', '10', '--seed=3', '--any-recovery', '--json', 'out.json'], 7)).toEqual({
      rounds: 10,
      seed: 3,
      anyRecovery: true,
      json: 'out.json',
    }));

  it.each([['--rounds'], ['--rounds', '0'], ['--rounds', '1.5'], ['--seed', 'x'], ['--kill', 'all']])('are refused: %s %s', (...words) =>
    expect(() => readCrashOptions(words, 7)).toThrow('usage'),
  );
});
