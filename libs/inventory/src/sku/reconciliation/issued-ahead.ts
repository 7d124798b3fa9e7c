import { ISSUED_AHEAD_KEPT } from '../limits.js';
import { forgetOldest } from '../recent.js';
import type { SkuState } from '../state.js';
import { isSamePlace, takeAt, type Take } from '../stock-place.js';
import { together } from '../takes.js';

/** The part of a commit that an ERP issued before it was committed, and the issues that are left. */
export interface SetOff {
  readonly alreadyIssued: readonly Take[];
  readonly left: readonly Take[];
}

/**
 * Sets a commit's takes off against the order's issues: those of the same place first, then those of any place, because the goods have left
 * wherever they were taken from.
 */
export function setOff(ahead: readonly Take[], takes: readonly Take[]): SetOff {
  if (ahead.length === 0) return { alreadyIssued: [], left: [] };
  const issued = ahead.map((take) => ({ ...take }));
  const open = takes.map((take) => ({ take, quantity: take.quantity }));
  for (const samePlace of [true, false]) {
    for (const rest of open) {
      for (const issue of issued) {
        if (samePlace && !isSamePlace(issue, rest.take)) continue;
        const units = Math.min(issue.quantity, rest.quantity);
        issue.quantity -= units;
        rest.quantity -= units;
      }
    }
  }
  return {
    alreadyIssued: open
      .filter(({ take, quantity }) => take.quantity > quantity)
      .map(({ take, quantity }) => takeAt(take, take.quantity - quantity)),
    left: issued.filter(({ quantity }) => quantity > 0),
  };
}

/** Stores the issues that are left of an order; beyond the limit the oldest orders are forgotten. */
export function keepIssuedAhead(state: SkuState, orderId: string, left: readonly Take[]): void {
  if (left.length === 0) {
    state.issuedAhead.delete(orderId);
    return;
  }
  state.issuedAhead.set(orderId, left);
  forgetOldest(state.issuedAhead, ISSUED_AHEAD_KEPT);
}

/** Adds units that the ERP issued for an order without a commit. */
export function addIssuedAhead(state: SkuState, orderId: string, take: Take): void {
  if (take.quantity > 0) keepIssuedAhead(state, orderId, together(state.issuedAhead.get(orderId) ?? [], [take]));
}
