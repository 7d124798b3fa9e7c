import { ISSUED_AHEAD_KEPT } from '../limits.js';
import { forgetOldest } from '../recent.js';
import type { SkuState } from '../state.js';
import { isSamePlace, takeAt, type Take } from '../stock-place.js';
import { together } from '../takes.js';

/** What of a commit an ERP had issued before Holdfast heard of it, and what is then left of the issues. */
export interface SetOff {
  readonly alreadyIssued: readonly Take[];
  readonly left: readonly Take[];
}

/** Sets a commit's takes off against the order's issues: those of the same place first, then any, since goods are gone wherever they left from. */
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

/** Remembers what is left of an order's issues, the latest orders first to stay. */
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
