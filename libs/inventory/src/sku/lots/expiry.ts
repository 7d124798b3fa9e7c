import { accept, refuse } from '../../decision.js';
import type { HoldPlaced } from '../holds/events.js';
import { stateAfter } from '../holds/with-held.js';
import type { SkuEvent } from '../events.js';
import { quantityFault } from '../quantities.js';
import { isRepeatedCommand } from '../recent.js';
import type { SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import type { ExpireLots } from './commands.js';
import type { LotExpired, PositionChange } from './events.js';
import { findLot, lotUnitsAt } from './positions.js';

interface AsOf {
  /** What decisions use: units whose lot is expired by then are held. */
  readonly state: SkuState;
  /** What records it; a decision appends it first. */
  readonly events: readonly SkuEvent[];
}

/** The state as it is at that time: lots that are due are expired, recorded or not. Where none is due this is one comparison. */
export function asOf(state: SkuState, at: number): AsOf {
  const lots = state.detail?.lots;
  if (lots === undefined || lots.nextExpiryAt > at) return { state, events: [] };
  const due = new Map<string, string[]>();
  for (const [locationId, location] of lots.locations) {
    for (const lotId of location.lots.keys()) {
      const lot = lots.lots.get(lotId);
      if (lot === undefined || lot.expired.has(locationId) || (lot.expiresAt.get(locationId) ?? Number.POSITIVE_INFINITY) > at) continue;
      const places = due.get(lotId);
      if (places === undefined) due.set(lotId, [locationId]);
      else places.push(locationId);
    }
  }
  return stateAfter(
    state,
    [...due].map(([lotId, locationIds]) => ({ type: 'LotExpired', lotId, locationIds, because: 'date', uncoveredUnits: 0 })),
    at,
  );
}

/** The soonest instant at which units of the SKU become expired and that is not recorded; undefined for none. Epoch milliseconds. */
export function nextLotExpiry({ detail }: Pick<SkuState, 'detail'>): number | undefined {
  const next = detail?.lots?.nextExpiryAt;
  return next === undefined || next === Number.POSITIVE_INFINITY ? undefined : next;
}

/**
 * Decides that a lot is expired because a person says so. On hand stays, and it is never refused for promises. Of fewer units than the lot
 * has it makes a hold. Without a lot it only records those that are due, which every decision does first.
 */
export function expireLots(state: SkuState, command: ExpireLots): SkuDecision {
  const { lotId, locationId, commandId, quantity, reason, createdBy } = command;
  if (lotId === undefined || isRepeatedCommand(state, commandId)) return accept();
  const lots = state.detail?.lots;
  const lot = lots && findLot(lots, lotId);
  if (lots === undefined || lot === undefined) return refuse('unknown_lot', { lotId });
  if (quantity !== undefined) {
    if (locationId === undefined) return refuse('location_required', { quantity });
    const fault = quantityFault(quantity);
    if (fault) return fault;
    const { units } = lotUnitsAt(lots, locationId, lot.lotId);
    if (quantity > units) return refuse('insufficient_lot_stock', { lotId: lot.lotId, requested: quantity, available: units });
    if (quantity < units && !lot.expired.has(locationId)) {
      const part: HoldPlaced = {
        type: 'HoldPlaced',
        commandId,
        holdId: `hold_${commandId}`,
        holdType: 'expired',
        locationId,
        lotId: lot.lotId,
        quantity,
        ...(reason === undefined ? {} : { reason }),
        ...(createdBy === undefined ? {} : { createdBy }),
        uncoveredUnits: 0,
      };
      return accept(part);
    }
  }
  const places = [...lots.locations].filter(([id, there]) => (locationId ?? id) === id && there.lots.has(lot.lotId)).map(([id]) => id);
  const locationIds = places.filter((id) => !lot.expired.has(id));
  if (locationIds.length === 0) return accept();
  const expired: LotExpired = {
    type: 'LotExpired',
    lotId: lot.lotId,
    locationIds,
    because: 'marked',
    commandId,
    ...(reason === undefined ? {} : { reason }),
    uncoveredUnits: 0,
  };
  return accept(expired);
}

/** Units of a lot that a person marked as expired where they left make the lot expired where they come to, if it is not known there as such. */
export function markedOnArrival(
  { detail }: SkuState,
  arriving: readonly PositionChange[],
  { fromLocationId, toLocationId }: { readonly fromLocationId: string; readonly toLocationId: string },
): readonly LotExpired[] {
  const lots = detail?.lots;
  const ids = new Set(arriving.flatMap(({ lotId }) => (lotId === undefined ? [] : [lotId])));
  return [...ids].flatMap((lotId): readonly LotExpired[] => {
    const lot = lots?.lots.get(lotId);
    const isMarked = lot?.marked.has(fromLocationId) === true && lot.expiresAt.has(toLocationId) && !lot.expired.has(toLocationId);
    return isMarked ? [{ type: 'LotExpired', lotId, locationIds: [toLocationId], because: 'marked', uncoveredUnits: 0 }] : [];
  });
}
