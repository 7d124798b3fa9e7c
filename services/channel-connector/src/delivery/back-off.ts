import { backOffMs } from '@holdfast/kit';
import type { DeliveryTimings } from './timings.js';

export const isOpen = (failures: number, timings: DeliveryTimings): boolean => failures >= timings.breakerOpensAfter;

/** Pause after the latest failure: never shorter than what the receiver asked for, nor than the breaker stays open. */
export function pauseMs(failures: number, timings: DeliveryTimings, random: number, retryAfterMs = 0): number {
  const least = isOpen(failures, timings) ? timings.breakerOpenMs : 0;
  return Math.max(backOffMs(failures, timings.backOff, random), least, retryAfterMs);
}
