import { findSourcePolicy, type KnownChannel, type SourceRule } from '@holdfast/inventory';
import { DEFAULT_TTL_SECONDS, Problem } from '@holdfast/platform';

/**
 * The time to live of a reservation of the channel, in milliseconds: what was asked for, within the channel's bounds, or its default.
 * @throws Problem 400 `validation_failed` outside the bounds
 */
export function ttlWithin(channel: Pick<KnownChannel, 'channelId' | 'ttl'> | undefined, askedMs: number | undefined): number {
  const { channelId, ttl } = channel ?? {};
  if (askedMs === undefined) return ttl?.defaultMs ?? DEFAULT_TTL_SECONDS * 1_000;
  if (ttl === undefined || (askedMs >= ttl.leastMs && askedMs <= ttl.mostMs)) return askedMs;
  const message = `must be from ${ttl.leastMs / 1_000} to ${ttl.mostMs / 1_000} for channel ${channelId ?? ''}`;
  throw new Problem(400, 'validation_failed', 'The request body has a fault', { details: [{ field: 'ttl', message }] });
}

/**
 * The rule, where its policy is at hand. Another one in its place might serve from locations that the rule forbids.
 * @throws Problem 503 `source_policy_missing`
 */
export function installed(rule: SourceRule): SourceRule {
  if (findSourcePolicy(rule.name) !== undefined) return rule;
  const message = `The channel chooses locations by ${rule.name}, which this service does not know`;
  throw new Problem(503, 'source_policy_missing', message, { details: [{ sourcePolicy: rule.name }] });
}
