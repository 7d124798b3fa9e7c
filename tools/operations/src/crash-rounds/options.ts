import { UsageError } from '../command-line.js';

export interface CrashOptions {
  readonly rounds: number;
  readonly seed: number;
  /** Does not check how soon an answer came after a crash: a busy machine may take longer. */
  readonly anyRecovery: boolean;
  /** File that gets the result too. */
  readonly json?: string;
}

const MAX_ROUNDS = 10_000;
const USAGE = 'usage: --rounds N (1 to 10,000; default 100) --seed S (default: by the clock) --json OUT --any-recovery';

/** Reads `--rounds N`, `--seed S` and `--json OUT`, each also with `=`, and `--any-recovery`. @throws UsageError */
export function readCrashOptions(words: readonly string[], seedOfTheDay: number): CrashOptions {
  const given = new Map<string, string>();
  const anyRecovery = words.includes('--any-recovery');
  const valued = words.filter((word) => word !== '--any-recovery');
  const parts = valued.flatMap((word) => (word.startsWith('--') && word.includes('=') ? word.split(/=(.*)/s).slice(0, 2) : [word]));
  for (let at = 0; at < parts.length; at += 2) {
    const [name, value] = [parts[at] ?? '', parts[at + 1]];
    if (!['--rounds', '--seed', '--json'].includes(name) || value === undefined || value === '') throw new UsageError(USAGE);
    given.set(name, value);
  }
  const rounds = Number(given.get('--rounds') ?? 100);
  const seed = Number(given.get('--seed') ?? seedOfTheDay);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > MAX_ROUNDS || !Number.isInteger(seed)) throw new UsageError(USAGE);
  const json = given.get('--json');
  return { rounds, seed, anyRecovery, ...(json === undefined ? {} : { json }) };
}
