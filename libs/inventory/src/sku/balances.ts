import { emptyJournal, type Journal } from './reconciliation/journal.js';
import type { Balance, SkuState } from './state.js';
import { placeKey, type StockPlace } from './stock-place.js';

/** The balance of the place; created with zero units where the SKU has none. */
export function balanceAt(state: SkuState, place: StockPlace): Balance {
  const key = placeKey(place);
  const known = state.balances.get(key);
  if (known !== undefined) return known;
  const fresh = { onHand: 0, reserved: 0, safetyStock: 0, held: 0 };
  state.balances.set(key, fresh);
  return fresh;
}

/** The journal of the place's location; there is one per location, because an ERP posts by location. */
export function journalAt(state: SkuState, { locationId }: StockPlace): Journal {
  const known = state.journals.get(locationId);
  if (known !== undefined) return known;
  const fresh = emptyJournal();
  state.journals.set(locationId, fresh);
  return fresh;
}

/**
 * Units of one SKU at one place that may be promised: on hand less reserved and held, never below 0. Every answer with a field `available` uses
 * this; a total is its sum over the places, so a shortage at one place does not reduce another.
 */
export const availableOf = ({ onHand, reserved, held }: Pick<Balance, 'onHand' | 'reserved' | 'held'>): number =>
  Math.max(0, onHand - reserved - held);
