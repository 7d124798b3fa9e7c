import { inTransitBy, onHandBy } from '../balance-change.js';
import { balanceAt, journalAt } from '../balances.js';
import type { EntriesOf } from '../event-entry.js';
import { ENDED_TRANSFERS_KEPT } from '../limits.js';
import { lotsOf } from '../lots/evolve.js';
import { enterTransit, leaveTransit, loseTransit } from '../lots/in-transit.js';
import { forgetOldest, rememberCommand } from '../recent.js';
import { addOwn, documentKey, strikeOwn, unpostedUnits } from '../reconciliation/journal.js';
import type { EndedTransfer, SkuState } from '../state.js';
import { destinationOf, sourceOf, type StockPlace } from '../stock-place.js';
import type { StockMoved, TransferLost, TransferReceived, TransferReturned, TransferShipped, TransferStockEvent } from './events.js';

/** Changes on hand by an own movement that an ERP may post later with the reference as its document. */
function ownMovement(state: SkuState, place: StockPlace, reference: string, at: number, delta: number): void {
  balanceAt(state, place).onHand += delta;
  addOwn(journalAt(state, place), documentKey(reference), { at, delta });
}

function stockMoved(state: SkuState, event: StockMoved, at: number): void {
  ownMovement(state, sourceOf(event), event.reference, at, -event.quantity);
  ownMovement(state, destinationOf(event), event.reference, at, event.quantity);
  rememberCommand(state, event.commandId);
}

function transferShipped(state: SkuState, event: TransferShipped, at: number): void {
  const { transferId, fromLocationId, toLocationId, quantity, hold } = event;
  ownMovement(state, sourceOf(event), transferId, at, -quantity);
  balanceAt(state, destinationOf(event));
  const held = hold === undefined ? {} : { hold };
  state.inTransit.set(transferId, { fromLocationId, toLocationId, quantity, receiptIds: [], ...held });
  enterTransit(state, transferId, event);
}

function transferReceived(state: SkuState, event: TransferReceived, at: number): void {
  if (event.positions !== undefined) lotsOf(state);
  ownMovement(state, destinationOf(event), event.transferId, at, event.quantity);
  state.inTransit.get(event.transferId)?.receiptIds.push(event.receiptId);
  leaveTransit(state, event.transferId, event);
  arrived(state, event.transferId, event.quantity, { outcome: 'received', endedAt: at });
}

/**
 * Own movements of the shipment that the ERP has not posted are removed: it will not post them. For those it has posted, a reversal by the
 * ERP is expected.
 */
function transferReturned(state: SkuState, event: TransferReturned, at: number): void {
  const { transferId, quantity } = event;
  if (quantity === 0) return ended(state, transferId, { outcome: 'returned', endedAt: at, receiptIds: [] });
  leaveTransit(state, transferId, event);
  const source = sourceOf(event);
  const journal = journalAt(state, source);
  const key = documentKey(transferId);
  const neverPosted = Math.min(quantity, unpostedUnits(journal, key, -1));
  balanceAt(state, source).onHand += quantity;
  strikeOwn(journal, key, -1, neverPosted);
  if (quantity > neverPosted) addOwn(journal, key, { at, delta: quantity - neverPosted });
  arrived(state, transferId, quantity, { outcome: 'returned', endedAt: at });
}

/** The shipment stays a movement that the ERP posts at the source; at the destination nothing is to be posted. */
function transferLost(state: SkuState, { transferId, quantity }: TransferLost, at: number): void {
  loseTransit(state, transferId);
  arrived(state, transferId, quantity, { outcome: 'lost', endedAt: at });
}

function arrived(state: SkuState, transferId: string, quantity: number, end: Omit<EndedTransfer, 'receiptIds'>): void {
  const transfer = state.inTransit.get(transferId);
  if (transfer === undefined) return;
  transfer.quantity -= quantity;
  if (transfer.quantity > 0) return;
  ended(state, transferId, { ...end, receiptIds: transfer.receiptIds });
}

function ended(state: SkuState, transferId: string, transfer: EndedTransfer): void {
  state.inTransit.delete(transferId);
  state.endedTransfers.set(transferId, transfer);
  if (state.endedTransfers.size <= ENDED_TRANSFERS_KEPT) return;
  const [oldest = transfer] = state.endedTransfers.values();
  state.transfersForgottenUntil = Math.max(state.transfersForgottenUntil ?? 0, oldest.endedAt);
  forgetOldest(state.endedTransfers, ENDED_TRANSFERS_KEPT);
}

export const transferEntries: EntriesOf<TransferStockEvent> = {
  StockMoved: {
    evolve: stockMoved,
    balances: (event) => [onHandBy(sourceOf(event), -event.quantity), onHandBy(destinationOf(event), event.quantity)],
    step: 'promise',
    words: 'Virtual stock moved between locations at once.',
  },
  TransferShipped: {
    evolve: transferShipped,
    balances: (event) => [onHandBy(sourceOf(event), -event.quantity), inTransitBy(destinationOf(event), event.quantity)],
    step: 'promise',
    words: 'Units of a transfer left their location and are in transit.',
  },
  TransferReceived: {
    evolve: transferReceived,
    balances: (event) => [{ ...onHandBy(destinationOf(event), event.quantity), inTransit: -event.quantity }],
    step: 'settlement',
    words: 'Units of a transfer arrived.',
  },
  TransferReturned: {
    evolve: transferReturned,
    balances: (event) =>
      event.quantity === 0 ? [] : [onHandBy(sourceOf(event), event.quantity), inTransitBy(destinationOf(event), -event.quantity)],
    step: 'settlement',
    words:
      'What was still in transit went back to its source; with no units, nothing had been shipped under this id, and nothing is any more.',
  },
  TransferLost: {
    evolve: transferLost,
    balances: (event) => [inTransitBy(destinationOf(event), -event.quantity)],
    step: 'fact',
    words: 'What was still in transit will never arrive: the transfer was closed, with the reason.',
  },
};
