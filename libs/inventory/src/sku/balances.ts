import { emptyJournal, type Journal } from './reconciliation/journal.js';
import type { Balance, SkuState } from './state.js';

/** The location's balance, from now on known to the SKU. */
export function balanceAt(state: SkuState, locationId: string): Balance {
  const known = state.balances.get(locationId);
  if (known !== undefined) return known;
  const fresh = { onHand: 0, reserved: 0, safetyStock: 0 };
  state.balances.set(locationId, fresh);
  return fresh;
}

export function journalAt(state: SkuState, locationId: string): Journal {
  const known = state.journals.get(locationId);
  if (known !== undefined) return known;
  const fresh = emptyJournal();
  state.journals.set(locationId, fresh);
  return fresh;
}
