import { EXPIRY_STAGES_DAYS } from './limits.js';

const DAY_MS = 86_400_000;

export type ExpiryStage = (typeof EXPIRY_STAGES_DAYS)[number];

/** The nearest stage that a lot has reached: 7 within seven days, 30 within thirty; undefined before, and from the instant on at which it expires. */
export function expiryStage(expiresAt: number, now: number): ExpiryStage | undefined {
  if (expiresAt <= now) return undefined;
  return EXPIRY_STAGES_DAYS.toReversed().find((days) => expiresAt - now <= days * DAY_MS);
}

/** Whole days until a lot expires; 0 on its last day. */
export const daysToExpiry = (expiresAt: number, now: number): number => Math.floor(Math.max(0, expiresAt - now) / DAY_MS);
