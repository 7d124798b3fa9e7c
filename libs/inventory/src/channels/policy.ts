import { MAX_TTL_MS } from '../sku/limits.js';

/** How much of a location's stock a channel may promise, and which figures count as scarce. */
export interface ChannelPolicy {
  readonly policyId: string;
  /** Units per location kept from the channel. */
  readonly bufferUnits: number;
  /** Per cent of a location's units kept from the channel, on top. */
  readonly bufferPercent: number;
  /** At or below so many promised units: LOW. */
  readonly lowThreshold: number;
  /** At or below so many promised units: CRITICAL. */
  readonly criticalThreshold: number;
}

/** How long reservations of a channel live, in milliseconds. */
export interface ChannelTtl {
  /** Used when a request names none. */
  readonly defaultMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
}

/** Returns the name of the first invalid figure; undefined when all are valid. */
export function ttlPolicyFault({ defaultMs, leastMs, mostMs }: ChannelTtl): keyof ChannelTtl | undefined {
  const isTtl = (ms: number): boolean => Number.isInteger(ms) && ms >= 1 && ms <= MAX_TTL_MS;
  if (!isTtl(leastMs)) return 'leastMs';
  if (!isTtl(mostMs) || mostMs < leastMs) return 'mostMs';
  return isTtl(defaultMs) && defaultMs >= leastMs && defaultMs <= mostMs ? undefined : 'defaultMs';
}

/** Policy of a channel without one of its own. */
export const DEFAULT_POLICY: ChannelPolicy = {
  policyId: 'default',
  bufferUnits: 0,
  bufferPercent: 0,
  lowThreshold: 10,
  criticalThreshold: 0,
};

/**
 * Units of one location that the channel may promise: what is available above safety stock, less the buffers, rounded down, never below 0.
 * A channel's ATP of a SKU is the sum over its locations, within what `channelBounds` and units owed by locations leave.
 */
export function channelAtp(available: number, safetyStock: number, policy: ChannelPolicy): number {
  const spare = available - safetyStock;
  // Multiply by hundredths first: 100 * 0.07 is more than 7 in binary fractions and would lose a unit.
  return Math.max(0, Math.floor((spare * (100 - policy.bufferPercent)) / 100 - policy.bufferUnits));
}

export type Severity = 'OK' | 'LOW' | 'CRITICAL';

/** Severity of a number of promised units under the policy. */
export function severity(atp: number, policy: ChannelPolicy): Severity {
  if (atp <= policy.criticalThreshold) return 'CRITICAL';
  return atp <= policy.lowThreshold ? 'LOW' : 'OK';
}
