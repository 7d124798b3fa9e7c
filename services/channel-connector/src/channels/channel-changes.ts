import {
  DEFAULT_POLICY,
  sourceRuleFault,
  ttlPolicyFault,
  type Channel,
  type ChannelPolicy,
  type ChannelTtl,
  type KnownChannel,
  type SourceRule,
} from '@holdfast/inventory';
import { Problem } from '@holdfast/platform';
import type { PolicyRequest, PutChannelRequest } from './channel.dto.js';

/** What a request changes of a channel in the event stream; what it leaves out stays as it is. */
export interface ChannelChanges {
  readonly name?: string;
  readonly channelType?: string;
  readonly policy?: PolicyRequest;
  readonly sourcePolicy?: SourceRule;
  readonly ttl?: ChannelTtl;
}

/** @throws Problem 400 where a setting is at fault by itself */
export function changesIn({ name, channelType, policy, sourcePolicy, ttl }: PutChannelRequest): ChannelChanges {
  return {
    ...(name === undefined ? {} : { name }),
    ...(channelType === undefined ? {} : { channelType }),
    ...(policy === undefined ? {} : { policy }),
    ...(sourcePolicy === undefined ? {} : { sourcePolicy: ruleOf(sourcePolicy) }),
    ...(ttl === undefined ? {} : { ttl: ttlOf(ttl) }),
  };
}

/** The channel with the changes, undefined `known` for one that is new. Decided on the newest state, so that two changes at once both count. */
export function changedChannel(channelId: string, changes: ChannelChanges, known: KnownChannel | undefined): Channel {
  const sourcePolicy = changes.sourcePolicy ?? known?.sourcePolicy;
  const ttl = changes.ttl ?? known?.ttl;
  return {
    channelId,
    name: changes.name ?? known?.name ?? channelId,
    channelType: changes.channelType ?? known?.channelType ?? 'E_COMMERCE',
    policy: policyOf(channelId, changes.policy, known?.policy),
    ...(sourcePolicy === undefined ? {} : { sourcePolicy }),
    ...(ttl === undefined ? {} : { ttl }),
  };
}

function policyOf(channelId: string, changes: PolicyRequest | undefined, known: ChannelPolicy | undefined): ChannelPolicy {
  const before = known ?? DEFAULT_POLICY;
  if (changes === undefined) return before;
  return {
    policyId: channelId,
    bufferUnits: changes.bufferUnits ?? before.bufferUnits,
    bufferPercent: changes.bufferPercent ?? before.bufferPercent,
    lowThreshold: changes.lowThreshold ?? before.lowThreshold,
    criticalThreshold: changes.criticalThreshold ?? before.criticalThreshold,
  };
}

function ruleOf({ name, options }: NonNullable<PutChannelRequest['sourcePolicy']>): SourceRule {
  const rule = { name, ...(options === undefined ? {} : { options }) };
  const fault = sourceRuleFault(rule);
  if (fault !== undefined) throw invalidField(`sourcePolicy.${fault.field}`, fault.message);
  return rule;
}

function ttlOf({ default: usual, least, most }: NonNullable<PutChannelRequest['ttl']>): ChannelTtl {
  const made = { defaultMs: usual * 1_000, leastMs: least * 1_000, mostMs: most * 1_000 };
  const fault = ttlPolicyFault(made);
  if (fault !== undefined) throw invalidField(`ttl.${fault.replace('Ms', '')}`, 'least, default and most must come in this order');
  return made;
}

export const invalidField = (field: string, message: string): Problem =>
  new Problem(400, 'validation_failed', 'The request body has a fault', { details: [{ field, message }] });
