import type { AbcClass, CountLine } from './events.js';

/** Percent of the recorded stock, where nothing else is set. */
export const DEFAULT_TOLERANCE_PCT: Readonly<Record<AbcClass, number>> = { A: 1, B: 3, C: 5 };

/**
 * Whether a difference needs no approval: neither the share of the recorded stock nor the value is exceeded. Where nothing was recorded, no
 * difference is.
 */
export function isWithinTolerance(
  { tolerancePct, valueLimitMinor, costMinor = 0 }: Pick<CountLine, 'tolerancePct' | 'valueLimitMinor' | 'costMinor'>,
  book: number,
  variance: number,
): boolean {
  const units = Math.abs(variance);
  if (units > Math.floor((Math.max(0, book) * tolerancePct) / 100)) return false;
  return valueLimitMinor === undefined || units * costMinor <= valueLimitMinor;
}
