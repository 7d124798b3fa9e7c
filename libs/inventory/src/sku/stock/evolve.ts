import { onHandBy, unchanged } from '../balance-change.js';
import { balanceAt, journalAt } from '../balances.js';
import type { EntriesOf } from '../event-entry.js';
import { lotsOf } from '../lots/evolve.js';
import { rememberCommand, rememberMessage } from '../recent.js';
import { keepIssuedAhead, setOff } from '../reconciliation/issued-ahead.js';
import { addDated, addOwn, addPosting, documentKey, orderKey, strikeOwn, type Journal } from '../reconciliation/journal.js';
import type { SkuState } from '../state.js';
import { placeAt, takeAt } from '../stock-place.js';
import { inboundArrived } from '../supply/evolve.js';
import type { ProductDescribed, SafetyStockSet, StockAdjusted, StockEvent, StockReceived } from './events.js';

function productDescribed(state: SkuState, event: ProductDescribed): void {
  const { type: _, verified, commandId, ...description } = event;
  state.verified = verified;
  state.description = { ...state.description, ...description };
  rememberCommand(state, commandId);
}

function safetyStockSet(state: SkuState, event: SafetyStockSet): void {
  balanceAt(state, event).safetyStock = event.quantity;
  rememberCommand(state, event.commandId);
}

function stockReceived(state: SkuState, event: StockReceived): void {
  if (event.positions !== undefined) lotsOf(state);
  balanceAt(state, event).onHand += event.delta;
  const journal = journalAt(state, event);
  if (event.connectionId === undefined) {
    addDated(journal, event.effectiveAt, event.quantity);
  } else {
    journal.heardFromErp = true;
    if (event.documentId !== undefined) strikeOwn(journal, documentKey(event.documentId), 1, event.acknowledgedUnits);
    addPosting(journal, event.effectiveAt, event.quantity, event.delta + event.acknowledgedUnits);
  }
  rememberMessage(state, event.connectionId, event.messageId);
  inboundArrived(state, event.inbound ?? []);
}

function stockAdjusted(state: SkuState, event: StockAdjusted, at: number): void {
  if (event.positions !== undefined) lotsOf(state);
  balanceAt(state, event).onHand += event.delta;
  const { orderId, documentId, delta, effectiveAt } = event;
  if (orderId !== undefined) ofOrder(state, event, orderId, at);
  else if (event.postedBack === true && documentId !== undefined && delta !== 0)
    addOwn(journalAt(state, event), documentKey(documentId), { at, delta, movedAt: Math.min(effectiveAt, at) });
  else if (delta !== 0) addDated(journalAt(state, event), effectiveAt, delta);
  if (event.counted !== undefined) counted(journalAt(state, event), Math.min(event.effectiveAt, at));
  rememberCommand(state, event.commandId);
}

/**
 * Units of an order are own movements: the ERP posts them later under the order, or never where they came back before it did. What comes
 * back after its issue was posted is a movement of its time.
 */
function ofOrder(state: SkuState, event: StockAdjusted, orderId: string, at: number): void {
  const { delta, commandId, effectiveAt, alreadyIssuedUnits = 0 } = event;
  const journal = journalAt(state, event);
  if (delta < 0) addOwn(journal, orderKey(orderId), { at, delta, commitId: commandId });
  if (delta > 0) {
    const posted = delta - strikeOwn(journal, orderKey(orderId), -1, delta);
    if (posted > 0) addDated(journal, effectiveAt, posted);
  }
  const ahead = state.issuedAhead.get(orderId);
  if (ahead === undefined || alreadyIssuedUnits === 0) return;
  keepIssuedAhead(state, orderId, setOff(ahead, [takeAt(placeAt(event.locationId), alreadyIssuedUnits)]).left);
}

function counted(journal: Journal, time: number): void {
  journal.countedAt = Math.max(journal.countedAt ?? time, time);
}

export const stockEntries: EntriesOf<StockEvent> = {
  ProductDescribed: {
    evolve: productDescribed,
    balances: unchanged,
    step: 'fact',
    words: 'Master data of the product became known or changed; fields that are missing stay as they were.',
  },
  SafetyStockSet: {
    evolve: safetyStockSet,
    balances: (event) => [{ ...onHandBy(event, 0), safetyStock: event.quantity }],
    step: 'fact',
    words: 'Units of a location that no channel is shown.',
  },
  StockReceived: {
    evolve: stockReceived,
    balances: (event) => [onHandBy(event, event.delta)],
    step: 'fact',
    words: 'Goods arrived.',
  },
  StockAdjusted: {
    evolve: stockAdjusted,
    balances: (event) => [onHandBy(event, event.delta)],
    step: 'fact',
    words: 'On hand was corrected, with a reason.',
  },
};
