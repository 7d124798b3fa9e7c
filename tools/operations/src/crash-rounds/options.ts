import { readRoundOptions, type RoundOptions } from '../round-options.js';

export interface CrashOptions extends RoundOptions {
  /** Does not check how soon an answer came after a crash: a busy machine may take longer. */
  readonly anyRecovery: boolean;
}

const ANY_RECOVERY = '--any-recovery';

/** Reads the options of every command with rounds, and `--any-recovery`. @throws UsageError */
export function readCrashOptions(words: readonly string[], seedOfTheDay: number): CrashOptions {
  const valued = words.filter((word) => word !== ANY_RECOVERY);
  return { ...readRoundOptions(valued, { seed: seedOfTheDay }, ` ${ANY_RECOVERY}`), anyRecovery: words.includes(ANY_RECOVERY) };
}
