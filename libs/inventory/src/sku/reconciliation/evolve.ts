import { onHandBy, returned, unchanged } from '../balance-change.js';
import { balanceAt, journalAt } from '../balances.js';
import type { EntriesOf } from '../event-entry.js';
import { exchangeLots } from '../lots/issued.js';
import { rememberMessage } from '../recent.js';
import type { SkuState } from '../state.js';
import { placeAt, takeAt } from '../stock-place.js';
import type { LevelRefused, LevelReported, ReconciliationEvent, StockIssued } from './events.js';
import { addIssuedAhead } from './issued-ahead.js';
import { addPosting, documentKey, orderKey, strikeOwn, type Journal } from './journal.js';
import { confirmPresumed, startOver } from './reconciliation.js';

function levelReported(state: SkuState, event: LevelReported): void {
  balanceAt(state, event).onHand += event.delta;
  const journal = journalAt(state, event);
  startOver(journal, event);
  journal.heardFromErp = true;
  if (event.adjustmentsPostedBack === true) journal.postedBack = true;
  else delete journal.postedBack;
  rememberMessage(state, event.connectionId, event.messageId);
}

function levelRefused(state: SkuState, event: LevelRefused): void {
  rememberMessage(state, event.connectionId, event.messageId);
}

function stockIssued(state: SkuState, event: StockIssued): void {
  balanceAt(state, event).onHand += event.delta;
  const journal = journalAt(state, event);
  journal.heardFromErp = true;
  if (event.orderId !== undefined) issuedForOrder(state, journal, event, event.orderId);
  else if (event.documentId !== undefined) strikeOwn(journal, documentKey(event.documentId), -1, event.acknowledgedUnits);
  addPosting(journal, event.effectiveAt, -event.quantity, event.delta - event.acknowledgedUnits);
  rememberMessage(state, event.connectionId, event.messageId);
}

function issuedForOrder(state: SkuState, here: Journal, event: StockIssued, orderId: string): void {
  exchangeLots(state, event);
  const key = orderKey(orderId);
  strikeOwn(here, key, -1, event.acknowledgedUnits);
  for (const take of event.reassigned) {
    balanceAt(state, take).onHand += take.quantity;
    strikeOwn(journalAt(state, take), key, -1, take.quantity);
  }
  let presumed = event.presumedUnits;
  for (const journal of [here, ...state.journals.values()]) {
    if (presumed === 0) break;
    const units = Math.min(presumed, journal.presumed.get(key) ?? 0);
    confirmPresumed(journal, key, units);
    presumed -= units;
  }
  addIssuedAhead(state, orderId, takeAt(placeAt(event.locationId), event.unmatchedUnits));
}

export const reconciliationEntries: EntriesOf<ReconciliationEvent> = {
  LevelReported: {
    evolve: levelReported,
    balances: (event) => [onHandBy(event, event.delta)],
    step: 'fact',
    words: "An ERP's absolute figure was reconciled: on hand is the figure less what the ERP had not posted as of its time.",
  },
  LevelRefused: {
    evolve: levelRefused,
    balances: unchanged,
    step: 'fact',
    words: 'A figure that is not newer than the last one of its location: recorded, without effect.',
  },
  StockIssued: {
    evolve: stockIssued,
    balances: (event) => [onHandBy(event, event.delta), ...returned(event.reassigned)],
    step: 'fact',
    words: 'Goods left, by the ERP; naming an order it acknowledges the commits of that order.',
  },
};
