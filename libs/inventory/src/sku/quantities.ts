import { refuse, type Refusal } from '../decision.js';
import { MAX_HOLD_MS, MAX_UNITS } from './limits.js';

/** Refuses a quantity that is not a whole number between `least` and the limit; undefined when it is valid. */
export function quantityFault(quantity: number, least = 1): Refusal<'invalid_quantity'> | undefined {
  if (Number.isInteger(quantity) && quantity >= least && quantity <= MAX_UNITS) return undefined;
  return refuse('invalid_quantity', { quantity, least, most: MAX_UNITS });
}

/** As above for a time to live in milliseconds. */
export function ttlFault(ttlMs: number): Refusal<'invalid_quantity'> | undefined {
  if (Number.isInteger(ttlMs) && ttlMs >= 1 && ttlMs <= MAX_HOLD_MS) return undefined;
  return refuse('invalid_quantity', { ttlMs, least: 1, most: MAX_HOLD_MS });
}
