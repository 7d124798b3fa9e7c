import { onHandBy, unchanged } from '../balance-change.js';
import { balanceAt, journalAt } from '../balances.js';
import type { EntriesOf } from '../event-entry.js';
import { rememberCommand, rememberMessage } from '../recent.js';
import { addDated, addPosting, documentKey, strikeOwn, type Journal } from '../reconciliation/journal.js';
import type { SkuState } from '../state.js';
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
  balanceAt(state, event).onHand += event.delta;
  if (event.delta !== 0) addDated(journalAt(state, event), event.effectiveAt, event.delta);
  if (event.counted !== undefined) counted(journalAt(state, event), Math.min(event.effectiveAt, at));
  rememberCommand(state, event.commandId);
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
