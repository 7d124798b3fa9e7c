import type { SkuEvent } from '../events.js';
import { MOST_LOCATIONS_TO_WAIT_FOR } from '../limits.js';
import type { PlaceReservation } from '../reservations/commands.js';
import type { SourcePlan } from '../sources/sources.js';
import type { SkuState } from '../state.js';
import type { WaitingUnits } from './events.js';
import { waitingChanges } from './promotion.js';
import { graceOf, Timetable, waitingUnitsAfter } from './supply.js';

/** The supply that a reservation could wait for. */
export interface Backorder {
  /** Units to come that are not promised yet, within the SKU's limit of waiting units. */
  readonly units: number;
  /** All units to come that could serve the reservation, without limits of channels and holders. */
  readonly unitsToCome: number;
  /** The promise for a number of them, at least one. */
  readonly waitFor: (quantity: number) => Wait;
}

export interface Wait {
  readonly waiting: WaitingUnits;
  /** When a reservation that holds no units stops waiting. */
  readonly until: number;
}

/**
 * The supply that the command's channel could wait for at the locations that may serve it; undefined if it may not wait.
 * @param eligible locations that the rule allows
 * @param before events before the reservation in the same append
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
  const changes = waitingChanges(before);
  const timetable = Timetable.afterWaiting(state.supply, graceOf(state), at, changes);
  const unitsToCome = timetable.unitsLeft(locationIds);
  return {
    units: Math.min(unitsToCome, Math.max(0, policy.units - waitingUnitsAfter(state.supply, changes))),
    unitsToCome,
    waitFor: (quantity) => {
      const { expectedAt = at } = timetable.take(quantity, locationIds);
      const until = Math.max(at + ttlMs, expectedAt + graceOf(state));
      return { waiting: { quantity, expectedAt, ttlMs, ...(locationIds === undefined ? {} : { locationIds }) }, until };
    },
  };
}

/** The locations that may serve, if not all may; of very many, the first by the rule. */
function onlyLocations(state: SkuState, { locationId }: PlaceReservation, eligible: SourcePlan['eligible']): readonly string[] | undefined {
  if (locationId === undefined && eligible.length >= state.balances.size) return undefined;
  return eligible.slice(0, MOST_LOCATIONS_TO_WAIT_FOR).map((one) => one.locationId);
}
