import { accept } from '../../decision.js';
import type { SkuEvent } from '../events.js';
import { quantityFault } from '../quantities.js';
import { releasedByPosting } from '../holds/release.js';
import { declaredAgain } from '../lots/commit-positions.js';
import { issuedPositions } from '../lots/issued.js';
import { isRepeatedMessage } from '../recent.js';
import { locationFault, type SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import { placeAt, takeAt, type Take } from '../stock-place.js';
import { introduction } from '../stock/products.js';
import type { IssueStock } from './commands.js';
import type { StockIssued } from './events.js';
import { countContains, documentKey, figureContains, orderKey, unitsAfterCount, unpostedUnits, type Journal } from './journal.js';

type Matched = Pick<StockIssued, 'acknowledgedUnits' | 'reassigned' | 'presumedUnits' | 'unmatchedUnits'>;

/**
 * Decides a goods issue of an ERP. If it names an order, it acknowledges the commits of that order, from whatever location Holdfast took
 * them.
 */
export function issue(state: SkuState, command: IssueStock): SkuDecision {
  const { type: _, at, commandId, ...posting } = command;
  if (isRepeatedMessage(state, posting.connectionId, posting.messageId)) return accept();
  const fault = quantityFault(posting.quantity) ?? locationFault(state, posting.locationId);
  if (fault) return fault;

  const matched = posting.orderId === undefined ? matchDocument(state, command) : matchOrder(state, command, orderKey(posting.orderId));
  const delta = changeOf(state.journals.get(posting.locationId), command, matched.acknowledgedUnits);
  const positions = issuedPositions(state, command, { acknowledgedUnits: matched.acknowledgedUnits, delta });
  return accept<SkuEvent>(
    ...introduction(state, commandId),
    ...declaredAgain(state, positions, at),
    { type: 'StockIssued', ...posting, ...matched, delta, ...(positions.length === 0 ? {} : { positions }) },
    ...releasedByPosting(state, posting),
  );
}

/**
 * Change of on hand here. A figure or a count that is later than the issue contains it already; commits that came after that figure were
 * subtracted twice.
 */
function changeOf(journal: Journal | undefined, { orderId, documentId, quantity, effectiveAt }: IssueStock, acknowledged: number): number {
  if (figureContains(journal, effectiveAt)) return acknowledged;
  if (!countContains(journal, effectiveAt)) return acknowledged - quantity;
  const key = orderId === undefined ? documentKey(documentId ?? '') : orderKey(orderId);
  return unitsAfterCount(journal, key, -1, acknowledged);
}

function matchDocument(state: SkuState, { locationId, quantity, documentId }: IssueStock): Matched {
  const unposted = documentId === undefined ? 0 : unpostedUnits(state.journals.get(locationId), documentKey(documentId), -1);
  const acknowledgedUnits = Math.min(quantity, unposted);
  return { acknowledgedUnits, reassigned: [], presumedUnits: 0, unmatchedUnits: quantity - acknowledgedUnits };
}

/**
 * Matches an issue with commits of its order: those at this location first, then those elsewhere; the rest was issued ahead of its commit.
 * If one commit is presumed posted and another is unposted, the issue belongs to the presumed one when the figure contains both, else to
 * the unposted one: the other choice would bring sold units back until the second posting arrives.
 */
function matchOrder(state: SkuState, { locationId, quantity, effectiveAt }: IssueStock, key: string): Matched {
  let rest = quantity;
  let acknowledgedUnits = 0;
  let presumedUnits = 0;
  const reassigned: Take[] = [];
  const match = (units: number): number => {
    const matched = Math.min(rest, units);
    rest -= matched;
    return matched;
  };
  const matchPresumed = (at: string): void => {
    presumedUnits += match(state.journals.get(at)?.presumed.get(key) ?? 0);
  };
  const matchUnposted = (at: string): void => {
    const units = match(unpostedUnits(state.journals.get(at), key, -1));
    if (at === locationId) acknowledgedUnits += units;
    else if (units > 0) reassigned.push(takeAt(placeAt(at), units));
  };

  const elsewhere = [...state.journals.keys()].filter((other) => other !== locationId);
  for (const places of [[locationId], elsewhere]) {
    const vouchedFor = new Set(places.filter((at) => figureContains(state.journals.get(at), effectiveAt)));
    for (const at of places) (vouchedFor.has(at) ? matchPresumed : matchUnposted)(at);
    for (const at of places) (vouchedFor.has(at) ? matchUnposted : matchPresumed)(at);
  }
  return { acknowledgedUnits, reassigned, presumedUnits, unmatchedUnits: rest };
}
