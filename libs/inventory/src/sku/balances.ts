import { emptyJournal, type Journal } from './reconciliation/journal.js';
import type { Balance, SkuState } from './state.js';
import { placeKey, type StockPlace } from './stock-place.js';

/** The balance of the place, from now on known to the SKU. */
export function balanceAt(state: SkuState, place: StockPlace): Balance {
  const key = placeKey(place);
  const known = state.balances.get(key);
  if (known !== undefined) return known;
  const fresh = { onHand: 0, reserved: 0, safetyStock: 0 };
  state.balances.set(key, fresh);
  return fresh;
}

/** The journal of the place; an ERP posts by location, so there is one for each. */
export function journalAt(state: SkuState, { locationId }: StockPlace): Journal {
  const known = state.journals.get(locationId);
  if (known !== undefined) return known;
  const fresh = emptyJournal();
  state.journals.set(locationId, fresh);
  return fresh;
}

/**
 * Units of one SKU at one place that may be promised: on hand less what is reserved, never below 0. Every answer that says `available` says
 * this; a total is the sum of it over its places, as what is missing at one place is not taken off at another.
 */
export const availableOf = ({ onHand, reserved }: Pick<Balance, 'onHand' | 'reserved'>): number => Math.max(0, onHand - reserved);
