import { accept } from '../decision.js';
import type { IssueStock } from './commands.js';
import type { StockIssued, Take } from './events.js';
import { documentKey, figureContains, orderKey, unpostedUnits } from './journal.js';
import { introduction } from './products.js';
import { quantityFault } from './quantities.js';
import { isRepeat, messageKey } from './recent.js';
import { locationFault, type SkuDecision } from './refusals.js';
import type { SkuState } from './state.js';

type Matched = Pick<StockIssued, 'acknowledgedUnits' | 'reassigned' | 'presumedUnits' | 'unmatchedUnits'>;

/** The ERP posted goods that left. Naming the order it acknowledges the commits of it, wherever Holdfast took them from. */
export function issue(state: SkuState, command: IssueStock): SkuDecision {
  const { type: _, at: __, commandId, ...posting } = command;
  if (isRepeat(state, messageKey(posting.connectionId, posting.messageId))) return accept();
  const fault = quantityFault(posting.quantity) ?? locationFault(state, posting.locationId);
  if (fault) return fault;

  const matched = posting.orderId === undefined ? matchDocument(state, command) : matchOrder(state, command, orderKey(posting.orderId));
  const left = figureContains(state.journals.get(posting.locationId), posting.effectiveAt) ? 0 : posting.quantity;
  return accept(...introduction(state, commandId), {
    type: 'StockIssued',
    ...posting,
    ...matched,
    delta: matched.acknowledgedUnits - left,
  });
}

function matchDocument(state: SkuState, { locationId, quantity, documentId }: IssueStock): Matched {
  const unposted = documentId === undefined ? 0 : unpostedUnits(state.journals.get(locationId), documentKey(documentId), -1);
  const acknowledgedUnits = Math.min(quantity, unposted);
  return { acknowledgedUnits, reassigned: [], presumedUnits: 0, unmatchedUnits: quantity - acknowledgedUnits };
}

/** Here before elsewhere, known to be unposted before presumed posted; the rest was issued ahead of its commit. */
function matchOrder(state: SkuState, { locationId, quantity }: IssueStock, key: string): Matched {
  const here = state.journals.get(locationId);
  let rest = quantity;
  const match = (units: number): number => {
    const matched = Math.min(rest, units);
    rest -= matched;
    return matched;
  };

  const acknowledgedUnits = match(unpostedUnits(here, key, -1));
  let presumedUnits = match(here?.presumed.get(key) ?? 0);
  const reassigned: Take[] = [];
  for (const [elsewhere, journal] of state.journals) {
    if (rest === 0) break;
    const units = elsewhere === locationId ? 0 : match(unpostedUnits(journal, key, -1));
    if (units > 0) reassigned.push({ locationId: elsewhere, quantity: units });
  }
  for (const [elsewhere, journal] of state.journals) {
    if (rest === 0) break;
    if (elsewhere !== locationId) presumedUnits += match(journal.presumed.get(key) ?? 0);
  }
  return { acknowledgedUnits, reassigned, presumedUnits, unmatchedUnits: rest };
}
