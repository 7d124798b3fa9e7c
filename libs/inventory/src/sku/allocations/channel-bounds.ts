import { asOf } from '../lots/expiry.js';
import { freeStock } from '../sources/free-stock.js';
import { promisableUnits } from '../sources/owed.js';
import type { SkuState } from '../state.js';
import { overbookingLeft } from './overbooking.js';
import { bounds, EndedHolds, type BindingReason } from './bounds.js';

/** The most units that a channel may promise, over all locations. @see bounds */
export interface ChannelBound {
  readonly units: number;
  /** The rule that binds; missing where only the free units do. */
  readonly code?: BindingReason;
}

export interface ChannelBounds {
  /** Of every channel without an allocation. */
  readonly others: ChannelBound;
  /** Of channels with an allocation, by channel id. */
  readonly channels: Readonly<Record<string, ChannelBound>>;
}

/** Before every expiry, so that no hold is overdue. */
const BEFORE_ALL = Number.NEGATIVE_INFINITY;

/**
 * Called by checks of availability. Returns what `channelBounds` says, also of a SKU without limits, and with the holds that are overdue ended.
 * @param at epoch milliseconds
 */
export function channelBoundsAt(recorded: SkuState, at: number): ChannelBounds {
  const { state } = asOf(recorded, at);
  const ended = new EndedHolds();
  const stock = freeStock(state, at, () => false, { onEnd: (hold) => ended.add(hold) });
  const free = promisableUnits(state, stock);
  const promisable = free + overbookingLeft(state, stock.freed);
  const boundOf = (channelId?: string): ChannelBound => {
    const { units, code } = bounds(state, channelId === undefined ? {} : { channelId }, ended, () => promisable);
    return code === undefined || units >= free ? { units: free } : { units, code };
  };
  const ids = [...(state.limits?.allocations.keys() ?? [])].sort();
  return { others: boundOf(), channels: Object.fromEntries(ids.map((channelId) => [channelId, boundOf(channelId)])) };
}

/**
 * Called by the projection. Returns what a reservation of each channel would be granted at most if no hold is overdue: within its cap, the
 * floors of others, and the free units that are not owed. The budget for overbooking is left out of the free units, because channels are not
 * told of units that are not there. Undefined for a SKU without limits.
 */
export function channelBounds(state: SkuState): ChannelBounds | undefined {
  return state.limits === undefined ? undefined : channelBoundsAt(state, BEFORE_ALL);
}

/** The bound of one channel. */
export const boundOfChannel = ({ others, channels }: ChannelBounds, channelId: string): ChannelBound =>
  (Object.hasOwn(channels, channelId) ? channels[channelId] : undefined) ?? others;
