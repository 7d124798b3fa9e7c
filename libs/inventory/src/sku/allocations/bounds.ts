import type { PlaceReservation } from '../reservations/commands.js';
import type { OpenReservation } from '../reservations/state.js';
import type { SkuState } from '../state.js';
import { totalUnits } from '../takes.js';

/** Why a reservation may take no more, if not for lack of stock. */
export type BindingReason = 'channel_cap' | 'protected_for_channels' | 'holder_limit';

/** The most units that a reservation may take, and the rule that sets this bound with its figures. */
export interface Bound {
  readonly units: number;
  readonly code?: BindingReason;
  readonly figures?: Readonly<Record<string, unknown>>;
}

/** Overdue holds that the decision ends: their units no longer count as open for their channel and holder. */
export class EndedHolds {
  readonly #byChannel = new Map<string, number>();
  readonly #byHolder = new Map<string, number>();

  add({ channelId, holderId, takes, waiting }: OpenReservation): void {
    const units = totalUnits(takes) + (waiting?.units ?? 0);
    if (channelId !== undefined) this.#byChannel.set(channelId, this.ofChannel(channelId) + units);
    if (holderId !== undefined) this.#byHolder.set(holderId, this.ofHolder(holderId) + units);
  }

  ofChannel(channelId: string): number {
    return this.#byChannel.get(channelId) ?? 0;
  }

  ofHolder(holderId: string): number {
    return this.#byHolder.get(holderId) ?? 0;
  }
}

type Claimant = Pick<PlaceReservation, 'channelId' | 'holderId'>;

const UNBOUND: Bound = { units: Number.POSITIVE_INFINITY };

/**
 * Called by placements. Returns how many of the units that the SKU can promise over all locations the command's channel and holder may
 * take. If several rules apply, the lowest bound is returned.
 */
export function bounds(state: SkuState, command: Claimant, ended: EndedHolds, promisable: () => number): Bound {
  if (state.limits === undefined) return UNBOUND;
  const found = [channelBound(state, command, ended), holderBound(state, command, ended), floorBound(state, command, ended, promisable)];
  return found.reduce((tightest, next) => (next.units < tightest.units ? next : tightest), UNBOUND);
}

function channelBound(state: SkuState, { channelId }: Claimant, ended: EndedHolds): Bound {
  const allocation = channelId === undefined ? undefined : state.limits?.allocations.get(channelId);
  if (allocation?.cap === undefined || channelId === undefined) return UNBOUND;
  const open = allocation.openUnits - ended.ofChannel(channelId);
  const { cap, committedUnits: committed } = allocation;
  return { units: Math.max(0, cap - open - committed), code: 'channel_cap', figures: { channelId, cap, open, committed } };
}

function holderBound(state: SkuState, { channelId, holderId }: Claimant, ended: EndedHolds): Bound {
  if (holderId === undefined) return UNBOUND;
  const ofChannel = channelId === undefined ? undefined : state.limits?.allocations.get(channelId)?.holderUnits;
  const limit = Math.min(state.limits?.holderUnits ?? Number.POSITIVE_INFINITY, ofChannel ?? Number.POSITIVE_INFINITY);
  if (limit === Number.POSITIVE_INFINITY) return UNBOUND;
  const open = (state.holders.get(holderId) ?? 0) - ended.ofHolder(holderId);
  return { units: Math.max(0, limit - open), code: 'holder_limit', figures: { holderId, limit, open } };
}

function floorBound(state: SkuState, { channelId }: Claimant, ended: EndedHolds, promisable: () => number): Bound {
  let protectedUnits = 0;
  for (const [other, { floor, openUnits, committedUnits }] of state.limits?.allocations ?? []) {
    if (other !== channelId) protectedUnits += Math.max(0, floor - openUnits + ended.ofChannel(other) - committedUnits);
  }
  if (protectedUnits === 0) return UNBOUND;
  const free = promisable();
  return { units: Math.max(0, free - protectedUnits), code: 'protected_for_channels', figures: { protectedUnits, free } };
}
