import { UsageError } from './command-line.js';

/** What a command that runs seeded rounds takes. */
export interface RoundOptions {
  readonly rounds: number;
  readonly seed: number;
  /** File that gets the result too. */
  readonly json?: string;
}

const MAX_ROUNDS = 10_000;
const DEFAULT_ROUNDS = 100;

/**
 * Reads `--rounds N`, `--seed S` and `--json OUT`, each also with `=`.
 * @param defaults rounds and seed where none are named
 * @param furtherUsage words that the caller reads itself, for the message
 * @throws UsageError
 */
export function readRoundOptions(
  words: readonly string[],
  { rounds: defaultRounds = DEFAULT_ROUNDS, seed: defaultSeed }: { readonly rounds?: number; readonly seed: number },
  furtherUsage = '',
): RoundOptions {
  const usage = `usage: --rounds N (1 to 10,000; default ${String(defaultRounds)}) --seed S (default: by the clock) --json OUT${furtherUsage}`;
  const given = new Map<string, string>();
  const parts = words.flatMap((word) => (word.startsWith('--') && word.includes('=') ? word.split(/=(.*)/s).slice(0, 2) : [word]));
  for (let at = 0; at < parts.length; at += 2) {
    const [name, value] = [parts[at] ?? '', parts[at + 1]];
    if (!['--rounds', '--seed', '--json'].includes(name) || value === undefined || value === '') throw new UsageError(usage);
    given.set(name, value);
  }
  const rounds = Number(given.get('--rounds') ?? defaultRounds);
  const seed = Number(given.get('--seed') ?? defaultSeed);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > MAX_ROUNDS || !Number.isInteger(seed)) throw new UsageError(usage);
  const json = given.get('--json');
  return { rounds, seed, ...(json === undefined ? {} : { json }) };
}
