import { refuse, type Decision, type Refusal } from '../decision.js';
import type { SkuEvent } from './events.js';
import { MAX_LOCATIONS_PER_SKU } from './limits.js';
import type { SkuState } from './state.js';

/** Every code that refuses a command on a SKU. */
export type SkuRefusalCode =
  | 'unknown_sku'
  | 'invalid_quantity'
  | 'later_fact_known'
  | 'count_outdated'
  | 'insufficient_stock'
  | 'order_held'
  | 'channel_cap'
  | 'protected_for_channels'
  | 'holder_limit'
  | 'overbooking_exhausted'
  | 'invalid_allocation'
  | 'invalid_backorders'
  | 'units_waiting'
  | 'unknown_inbound'
  | 'too_many_inbound'
  | 'same_location'
  | 'too_many_locations'
  | 'too_many_open_reservations'
  | 'too_many_open_transfers'
  | 'unknown_transfer'
  | 'transfer_returned'
  | 'transfer_forgotten'
  | 'quantity_exceeds_open'
  | 'too_many_parts'
  | 'unknown_reservation'
  | 'unknown_commit'
  | 'commit_reversed'
  | 'commit_forgotten'
  | 'idempotency_mismatch'
  | 'stock_held'
  | 'unknown_hold'
  | 'hold_released'
  | 'hold_in_transit'
  | 'hold_elsewhere'
  | 'over_differs'
  | 'hold_without_quantity'
  | 'own_hold'
  | 'version_mismatch'
  | 'location_required'
  | 'location_blocked'
  | 'too_many_holds'
  | 'lots_unassigned'
  | 'positions_differ'
  | 'position_repeated'
  | 'expiry_mismatch'
  | 'lot_required'
  | 'too_many_lots'
  | 'too_many_positions'
  | 'unknown_lot'
  | 'lot_exists'
  | 'lot_destroyed'
  | 'insufficient_lot_stock'
  | 'insufficient_unassigned'
  | 'insufficient_in_bin'
  | 'nothing_to_settle'
  | 'lot_held'
  | 'lot_expired'
  | 'lot_not_expired'
  | 'reservation_committed'
  | 'reservation_released'
  | 'reservation_expired';

export type SkuDecision = Decision<SkuEvent, SkuRefusalCode>;

/** Refuses a location beyond the limit; undefined when the SKU has the location already or may have another. */
export function locationFault(state: SkuState, locationId: string): Refusal<'too_many_locations'> | undefined {
  if (state.balances.has(locationId) || state.balances.size < MAX_LOCATIONS_PER_SKU) return undefined;
  return refuse('too_many_locations', { most: MAX_LOCATIONS_PER_SKU });
}

/** The refusal to take more from one location than is free there. */
export const shortAt = (locationId: string, requested: number, available: number): Refusal<'insufficient_stock'> =>
  refuse('insufficient_stock', { requested, available, byLocation: [{ locationId, available }] });

/** The refusal that names every location where fewer units are free than would be taken; undefined where there is none. */
export function shortAtAny(
  taken: ReadonlyMap<string, number>,
  { available }: { readonly available: (locationId: string) => number },
): Refusal<'insufficient_stock'> | undefined {
  const short = [...taken]
    .map(([locationId, requested]) => ({ locationId, requested, available: available(locationId) }))
    .filter((at) => at.available < at.requested);
  if (short.length === 0) return undefined;
  const total = (units: (at: (typeof short)[number]) => number): number => short.reduce((sum, at) => sum + units(at), 0);
  return refuse('insufficient_stock', {
    requested: total((at) => at.requested),
    available: total((at) => at.available),
    byLocation: short,
  });
}
