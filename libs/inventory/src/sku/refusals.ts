import { refuse, type Decision, type Refusal } from '../decision.js';
import type { SkuEvent } from './events.js';
import { MAX_LOCATIONS_PER_SKU } from './limits.js';
import type { SkuState } from './state.js';

/** Every code that refuses a command on a SKU. */
export type SkuRefusalCode =
  | 'unknown_sku'
  | 'invalid_quantity'
  | 'later_fact_known'
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
