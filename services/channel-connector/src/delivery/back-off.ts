import type { BackOff, DeliveryTimings } from './timings.js';

/**
 * Doubles with every failure up to the longest pause; the upper half of it is random, so that channels which failed together do not return together.
 * @param failures consecutive failures, at least 1
 * @param random from 0 up to 1
 */
export function backOffMs(failures: number, backOff: BackOff, random: number): number {
  const ceiling = Math.min(backOff.longestMs, backOff.firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}

export const isOpen = (failures: number, timings: DeliveryTimings): boolean => failures >= timings.breakerOpensAfter;

/** Pause after the latest failure: never shorter than what the receiver asked for, nor than the breaker stays open. */
export function pauseMs(failures: number, timings: DeliveryTimings, random: number, retryAfterMs = 0): number {
  const least = isOpen(failures, timings) ? timings.breakerOpenMs : 0;
  return Math.max(backOffMs(failures, timings.backOff, random), least, retryAfterMs);
}
