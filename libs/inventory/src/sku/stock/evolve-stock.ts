import type {
  LevelRefused,
  LevelReported,
  StockAdjusted,
  StockIssued,
  StockMoved,
  StockReceived,
  TransferReceived,
  TransferReturned,
  TransferShipped,
} from '../events.js';
import { addIssuedAhead } from '../reconciliation/issued-ahead.js';
import {
  addDated,
  addOwn,
  documentKey,
  emptyJournal,
  figureContains,
  orderKey,
  strikeOwn,
  unpostedUnits,
  type Journal,
} from '../reconciliation/journal.js';
import { ENDED_TRANSFERS_KEPT } from '../limits.js';
import { confirmPresumed, startOver } from '../reconciliation/reconciliation.js';
import { commandKey, forgetOldest, messageKey, receiptKey, remember } from '../recent.js';
import type { Balance, SkuState } from '../state.js';

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

export function levelReported(state: SkuState, event: LevelReported): void {
  balanceAt(state, event.locationId).onHand += event.delta;
  const journal = journalAt(state, event.locationId);
  startOver(journal, event);
  journal.heardFromErp = true;
  remember(state, messageKey(event.connectionId, event.messageId));
}

export function levelRefused(state: SkuState, event: LevelRefused): void {
  remember(state, messageKey(event.connectionId, event.messageId));
}

export function stockReceived(state: SkuState, event: StockReceived): void {
  balanceAt(state, event.locationId).onHand += event.delta;
  const journal = journalAt(state, event.locationId);
  if (event.connectionId === undefined) {
    addDated(journal, event.effectiveAt, event.quantity);
  } else {
    journal.heardFromErp = true;
    if (event.documentId !== undefined) strikeOwn(journal, documentKey(event.documentId), 1, event.acknowledgedUnits);
    if (!figureContains(journal, event.effectiveAt)) addDated(journal, event.effectiveAt, event.quantity);
  }
  remember(state, messageKey(event.connectionId, event.messageId));
}

export function stockIssued(state: SkuState, event: StockIssued): void {
  balanceAt(state, event.locationId).onHand += event.delta;
  const journal = journalAt(state, event.locationId);
  journal.heardFromErp = true;
  if (event.orderId !== undefined) issuedForOrder(state, journal, event, event.orderId);
  else if (event.documentId !== undefined) strikeOwn(journal, documentKey(event.documentId), -1, event.acknowledgedUnits);
  if (!figureContains(journal, event.effectiveAt)) addDated(journal, event.effectiveAt, -event.quantity);
  remember(state, messageKey(event.connectionId, event.messageId));
}

function issuedForOrder(state: SkuState, here: Journal, event: StockIssued, orderId: string): void {
  const key = orderKey(orderId);
  strikeOwn(here, key, -1, event.acknowledgedUnits);
  for (const { locationId, quantity } of event.reassigned) {
    balanceAt(state, locationId).onHand += quantity;
    strikeOwn(journalAt(state, locationId), key, -1, quantity);
  }
  let presumed = event.presumedUnits;
  for (const journal of [here, ...state.journals.values()]) {
    if (presumed === 0) break;
    const units = Math.min(presumed, journal.presumed.get(key) ?? 0);
    confirmPresumed(journal, key, units);
    presumed -= units;
  }
  addIssuedAhead(state, orderId, { locationId: event.locationId, quantity: event.unmatchedUnits });
}

export function stockAdjusted(state: SkuState, event: StockAdjusted): void {
  balanceAt(state, event.locationId).onHand += event.delta;
  if (event.delta !== 0) addDated(journalAt(state, event.locationId), event.effectiveAt, event.delta);
  remember(state, commandKey(event.commandId));
}

/** On hand changes by something that an ERP may post later, naming the reference as its document. */
function ownMovement(state: SkuState, locationId: string, reference: string, at: number, delta: number): void {
  balanceAt(state, locationId).onHand += delta;
  addOwn(journalAt(state, locationId), documentKey(reference), { at, delta });
}

export function stockMoved(state: SkuState, event: StockMoved, at: number): void {
  ownMovement(state, event.fromLocationId, event.reference, at, -event.quantity);
  ownMovement(state, event.toLocationId, event.reference, at, event.quantity);
  remember(state, commandKey(event.commandId));
}

export function transferShipped(state: SkuState, event: TransferShipped, at: number): void {
  const { transferId, fromLocationId, toLocationId, quantity } = event;
  ownMovement(state, fromLocationId, transferId, at, -quantity);
  balanceAt(state, toLocationId);
  state.inTransit.set(transferId, { fromLocationId, toLocationId, quantity });
}

export function transferReceived(state: SkuState, event: TransferReceived, at: number): void {
  ownMovement(state, event.toLocationId, event.transferId, at, event.quantity);
  arrived(state, event.transferId, event.quantity);
  remember(state, receiptKey(event.transferId, event.receiptId));
}

/** What the ERP has not posted of the shipment it never will; what it has posted it has to take back. */
export function transferReturned(state: SkuState, event: TransferReturned, at: number): void {
  const { transferId, fromLocationId, quantity } = event;
  const journal = journalAt(state, fromLocationId);
  const key = documentKey(transferId);
  const neverPosted = Math.min(quantity, unpostedUnits(journal, key, -1));
  balanceAt(state, fromLocationId).onHand += quantity;
  strikeOwn(journal, key, -1, neverPosted);
  if (quantity > neverPosted) addOwn(journal, key, { at, delta: quantity - neverPosted });
  arrived(state, transferId, quantity);
}

function arrived(state: SkuState, transferId: string, quantity: number): void {
  const transfer = state.inTransit.get(transferId);
  if (transfer === undefined) return;
  transfer.quantity -= quantity;
  if (transfer.quantity > 0) return;
  state.inTransit.delete(transferId);
  state.endedTransfers.add(transferId);
  forgetOldest(state.endedTransfers, ENDED_TRANSFERS_KEPT);
}
