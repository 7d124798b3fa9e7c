import { MAX_TTL_MS } from '../sku/limits.js';

/** How much of a location's stock a channel may promise, and when that counts as little. */
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
  /** Of a request that names none. */
  readonly defaultMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
}

/** Names the first figure that cannot be; undefined where all can. */
export function ttlPolicyFault({ defaultMs, leastMs, mostMs }: ChannelTtl): keyof ChannelTtl | undefined {
  const isTtl = (ms: number): boolean => Number.isInteger(ms) && ms >= 1 && ms <= MAX_TTL_MS;
  if (!isTtl(leastMs)) return 'leastMs';
  if (!isTtl(mostMs) || mostMs < leastMs) return 'mostMs';
  return isTtl(defaultMs) && defaultMs >= leastMs && defaultMs <= mostMs ? undefined : 'defaultMs';
}

/** Of a channel that gave none. */
export const DEFAULT_POLICY: ChannelPolicy = {
  policyId: 'default',
  bufferUnits: 0,
  bufferPercent: 0,
  lowThreshold: 10,
  criticalThreshold: 0,
};

/**
 * Units of one location that the channel may promise: what is available above safety stock, less the buffers, rounded down, never below 0.
 * A channel's ATP of a SKU is the sum over its locations.
 */
export function channelAtp(available: number, safetyStock: number, policy: ChannelPolicy): number {
  const spare = available - safetyStock;
  // Hundredths first: 100 * 0.07 is more than 7 in binary fractions, and would cost a unit.
  return Math.max(0, Math.floor((spare * (100 - policy.bufferPercent)) / 100 - policy.bufferUnits));
}

export type Severity = 'OK' | 'LOW' | 'CRITICAL';

/** How scarce so many promised units are under the policy. */
export function severity(atp: number, policy: ChannelPolicy): Severity {
  if (atp <= policy.criticalThreshold) return 'CRITICAL';
  return atp <= policy.lowThreshold ? 'LOW' : 'OK';
}
