import type { SkuEvent } from '../events.js';
import { MOST_LOCATIONS_TO_WAIT_FOR } from '../limits.js';
import type { PlaceReservation } from '../reservations/commands.js';
import type { SourcePlan } from '../sources/sources.js';
import type { SkuState } from '../state.js';
import type { WaitingUnits } from './events.js';
import { lineChanges } from './promotion.js';
import { graceOf, Timetable, waitingUnitsAfter } from './supply.js';

/** What a reservation could wait for. */
export interface Backorder {
  /** Units to come that nobody was promised yet, as many as the SKU lets wait. */
  readonly units: number;
  /** Of all that could serve the reservation, whoever may have them. */
  readonly unitsToCome: number;
  /** Waiting for so many of them, at least one. */
  readonly waitFor: (quantity: number) => Wait;
}

export interface Wait {
  readonly waiting: WaitingUnits;
  /** When a reservation that holds nothing beside them is not kept waiting any longer. */
  readonly until: number;
}

/**
 * What the command's channel could wait for at the locations that may serve it; undefined where it may not wait.
 * @param eligible locations that the rule lets serve
 * @param before what comes before the reservation in the same append
 */
export function backorder(
  state: SkuState,
  command: PlaceReservation,
  eligible: SourcePlan['eligible'],
  before: readonly SkuEvent[],
): Backorder | undefined {
  const policy = state.limits?.backorders;
  const { channelId, at, ttlMs } = command;
  if (policy === undefined || state.supply === undefined) return undefined;
  if (policy.channels !== undefined && (channelId === undefined || !policy.channels.includes(channelId))) return undefined;
  const locationIds = onlyLocations(state, command, eligible);
  const line = lineChanges(before);
  const timetable = Timetable.afterLine(state.supply, graceOf(state), at, line);
  const unitsToCome = timetable.unitsLeft(locationIds);
  return {
    units: Math.min(unitsToCome, Math.max(0, policy.units - waitingUnitsAfter(state.supply, line))),
    unitsToCome,
    waitFor: (quantity) => {
      const { expectedAt = at } = timetable.take(quantity, locationIds);
      const until = Math.max(at + ttlMs, expectedAt + graceOf(state));
      return { waiting: { quantity, expectedAt, ttlMs, ...(locationIds === undefined ? {} : { locationIds }) }, until };
    },
  };
}

/** Where only some locations may serve, these; the first ones by the rule if there are very many. */
function onlyLocations(state: SkuState, { locationId }: PlaceReservation, eligible: SourcePlan['eligible']): readonly string[] | undefined {
  if (locationId === undefined && eligible.length >= state.balances.size) return undefined;
  return eligible.slice(0, MOST_LOCATIONS_TO_WAIT_FOR).map((one) => one.locationId);
}
