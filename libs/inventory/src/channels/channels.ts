import { accept, refuse, type Decision } from '../decision.js';
import { MAX_UNITS } from '../sku/limits.js';
import { sourceRuleFault } from '../sku/sources/source-policies.js';
import type { Channel, ChannelEvent } from './events.js';
import { ttlPolicyFault, type ChannelPolicy } from './policy.js';

/** Enabled at the same time. */
export const MAX_CHANNELS = 1_000;

export interface KnownChannel extends Channel {
  readonly enabled: boolean;
}

/** By id. */
export type ChannelsState = ReadonlyMap<string, KnownChannel>;

export const initialChannels = (): ChannelsState => new Map();

export type ChannelCommand = PutChannel | DisableChannel;

/** Enables the channel, or changes its settings. */
export interface PutChannel extends Channel {
  readonly type: 'PutChannel';
}

export interface DisableChannel {
  readonly type: 'DisableChannel';
  readonly channelId: string;
}

export type ChannelRefusalCode = 'unknown_channel' | 'invalid_policy' | 'too_many_channels';

/** Decides a command on a tenant's channels. Settings that are stored already yield no events. */
export function decideChannels(state: ChannelsState, command: ChannelCommand): Decision<ChannelEvent, ChannelRefusalCode> {
  switch (command.type) {
    case 'PutChannel':
      return put(state, command);
    case 'DisableChannel': {
      const known = state.get(command.channelId);
      if (known === undefined) return refuse('unknown_channel', { channelId: command.channelId });
      return known.enabled ? accept({ type: 'ChannelDisabled', channelId: command.channelId }) : accept();
    }
    default:
      return command satisfies never;
  }
}

function put(state: ChannelsState, command: PutChannel): Decision<ChannelEvent, ChannelRefusalCode> {
  const { channelId, name, channelType, policy, sourcePolicy, ttl } = command;
  const fault = policyFault(policy) ?? settingsFault(command);
  if (fault !== undefined) return refuse('invalid_policy', { field: fault });
  const channel = {
    channelId,
    name,
    channelType,
    policy,
    ...(sourcePolicy === undefined ? {} : { sourcePolicy }),
    ...(ttl === undefined ? {} : { ttl }),
  };
  const known = state.get(channelId);
  if (known?.enabled !== true) {
    const enabled = [...state.values()].filter((each) => each.enabled).length;
    return enabled >= MAX_CHANNELS ? refuse('too_many_channels', { most: MAX_CHANNELS }) : accept({ type: 'ChannelEnabled', ...channel });
  }
  const same = known.name === name && known.channelType === channelType && samePolicy(known.policy, policy) && sameSettings(known, command);
  return same ? accept() : accept({ type: 'ChannelChanged', ...channel });
}

const isUnits = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= MAX_UNITS;

function policyFault(policy: ChannelPolicy): keyof ChannelPolicy | undefined {
  if (!isUnits(policy.bufferUnits)) return 'bufferUnits';
  if (!(policy.bufferPercent >= 0 && policy.bufferPercent <= 100)) return 'bufferPercent';
  if (!isUnits(policy.criticalThreshold)) return 'criticalThreshold';
  if (!isUnits(policy.lowThreshold) || policy.lowThreshold < policy.criticalThreshold) return 'lowThreshold';
  return undefined;
}

function settingsFault({ sourcePolicy, ttl }: PutChannel): string | undefined {
  const rule = sourcePolicy === undefined ? undefined : sourceRuleFault(sourcePolicy);
  if (rule !== undefined) return `sourcePolicy.${rule.field}`;
  const fault = ttl === undefined ? undefined : ttlPolicyFault(ttl);
  return fault === undefined ? undefined : `ttl.${fault}`;
}

/** Compared as JSON text: options in another order count as a change, which is stored again without harm. */
const sameSettings = (left: Channel, right: Channel): boolean =>
  JSON.stringify([left.sourcePolicy, left.ttl]) === JSON.stringify([right.sourcePolicy, right.ttl]);

const samePolicy = (left: ChannelPolicy, right: ChannelPolicy): boolean =>
  left.policyId === right.policyId &&
  left.bufferUnits === right.bufferUnits &&
  left.bufferPercent === right.bufferPercent &&
  left.lowThreshold === right.lowThreshold &&
  left.criticalThreshold === right.criticalThreshold;

/** Applies an event and returns the new state. */
export function evolveChannels(state: ChannelsState, event: ChannelEvent): ChannelsState {
  const next = new Map(state);
  if (event.type === 'ChannelDisabled') {
    const known = state.get(event.channelId);
    return known === undefined ? state : next.set(event.channelId, { ...known, enabled: false });
  }
  const { type: _, ...channel } = event;
  return next.set(channel.channelId, { ...channel, enabled: true });
}
