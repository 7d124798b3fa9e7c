import type { ChannelBound } from '../allocations/channel-bounds.js';
import { channelAtp, type ChannelPolicy } from '../../channels/policy.js';
import { isKeptByChannel } from '../../locations/kept-by-channel.js';
import type { Balance } from '../state.js';

export type ChannelStepName =
  | 'keptByChannel'
  | 'safetyStock'
  | 'bufferPercent'
  | 'bufferUnits'
  | 'neverBelowZero'
  | 'channelCap'
  | 'protectedForChannels'
  | 'owedElsewhere'
  | 'channelDisabled';

/** A change of the units that are left, on the way from on hand less held and reserved to what a channel may promise. */
export interface ChannelStep {
  readonly step: ChannelStepName;
  readonly units: number;
}

export interface LocationBalance extends Balance {
  readonly locationId: string;
}

export interface ChannelQuestion {
  /** Of all locations of the SKU. */
  readonly balances: readonly LocationBalance[];
  /** Explains the channel's part of this location; over all locations where undefined. */
  readonly locationId?: string | undefined;
  readonly policy: ChannelPolicy;
  readonly enabled: boolean;
  /** What the SKU's limits leave to the channel; undefined for a SKU without limits. */
  readonly bound: ChannelBound | undefined;
}

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number => items.reduce((units, item) => units + of(item), 0);

const spareOf = ({ onHand, held, reserved }: Balance): number => onHand - held - reserved;

const partOf = (balance: LocationBalance, policy: ChannelPolicy): number =>
  isKeptByChannel(balance.locationId) ? 0 : channelAtp(spareOf(balance), balance.safetyStock, policy);

/** What the channel may promise over all locations, and the rule that binds it. */
function most({ balances, policy, bound, enabled }: ChannelQuestion): ChannelBound {
  if (!enabled) return { units: 0 };
  const own = balances.filter(({ locationId }) => !isKeptByChannel(locationId));
  const bounded = bound ?? { units: Math.max(0, sum(own, spareOf)) };
  const parts = sum(own, (balance) => partOf(balance, policy));
  return parts <= bounded.units ? { units: parts } : bounded;
}

/**
 * The steps from on hand less held and reserved to the channel's ATP, without those that change nothing. They follow the projection: per location
 * what is left after safety stock and buffers, over all of them within the bound.
 */
export function channelSteps(question: ChannelQuestion): readonly ChannelStep[] {
  const { balances, locationId, policy, enabled } = question;
  const asked = balances.filter((balance) => locationId === undefined || balance.locationId === locationId);
  const own = asked.filter((balance) => !isKeptByChannel(balance.locationId));
  const spare = (balance: LocationBalance): number => spareOf(balance) - balance.safetyStock;
  const afterBuffers = (balance: LocationBalance): number =>
    Math.floor((spare(balance) * (100 - policy.bufferPercent)) / 100 - policy.bufferUnits);
  const parts = sum(own, (balance) => partOf(balance, policy));
  const atMost = most(question);
  const binding: ChannelStepName = !enabled ? 'channelDisabled' : bindingOf(atMost);
  const steps: readonly ChannelStep[] = [
    { step: 'keptByChannel', units: -sum(asked, (balance) => (isKeptByChannel(balance.locationId) ? spareOf(balance) : 0)) },
    { step: 'safetyStock', units: -sum(own, ({ safetyStock }) => safetyStock) },
    { step: 'bufferPercent', units: sum(own, (balance) => afterBuffers(balance) + policy.bufferUnits - spare(balance)) },
    { step: 'bufferUnits', units: -policy.bufferUnits * own.length },
    { step: 'neverBelowZero', units: sum(own, (balance) => Math.max(0, -afterBuffers(balance))) },
    { step: binding, units: Math.min(0, atMost.units - parts) },
  ];
  return steps.filter(({ units }) => units !== 0);
}

const bindingOf = ({ code }: ChannelBound): ChannelStepName => {
  if (code === 'channel_cap') return 'channelCap';
  return code === 'protected_for_channels' ? 'protectedForChannels' : 'owedElsewhere';
};
