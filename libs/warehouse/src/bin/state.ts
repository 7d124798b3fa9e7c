import type { BinEvent, ClaimMoved, SpaceClaimed } from './events.js';
import { ENDED_CLAIMS_KEPT } from './limits.js';

export interface BinClaim {
  readonly claimId: string;
  readonly sku: string;
  readonly lotId?: string;
  readonly claimed: number;
  /** Units that are still on their way. */
  readonly open: number;
  readonly moveIds: readonly string[];
}

/** Units that were moved in and are not known to be part of the contents yet. */
export interface UnseenMove {
  readonly moveId: string;
  readonly sku: string;
  readonly lotId?: string;
  readonly units: number;
  readonly skuRevision: number;
}

export interface BinState {
  readonly claims: readonly BinClaim[];
  readonly unseen: readonly UnseenMove[];
  /** The newest last. */
  readonly ended: readonly string[];
}

export const initialBinState = (): BinState => ({ claims: [], unseen: [], ended: [] });

/** Applies an event and returns the new state. */
export function evolveBin(state: BinState, event: BinEvent): BinState {
  switch (event.type) {
    case 'SpaceClaimed':
      return claimed(state, event);
    case 'ClaimMoved':
      return moved(state, event);
    case 'ClaimEnded':
      return ended(state, event.claimId);
    default:
      return event satisfies never;
  }
}

function claimed(state: BinState, { claimId, sku, lotId, units, seenMoves }: SpaceClaimed): BinState {
  const lot = lotId === undefined ? {} : { lotId };
  const claim = { claimId, sku, ...lot, claimed: units, open: units, moveIds: [] };
  return {
    ...state,
    claims: [...state.claims, claim],
    unseen: state.unseen.filter(({ moveId }) => !seenMoves.includes(moveId)),
  };
}

function moved(state: BinState, { claimId, moveId, units, skuRevision }: ClaimMoved): BinState {
  const claim = state.claims.find((each) => each.claimId === claimId);
  if (claim === undefined) return state;
  const lot = claim.lotId === undefined ? {} : { lotId: claim.lotId };
  const unseen = [...state.unseen, { moveId, sku: claim.sku, ...lot, units, skuRevision }];
  const left = { ...claim, open: claim.open - units, moveIds: [...claim.moveIds, moveId] };
  if (left.open <= 0) return { ...ended(state, claimId), unseen };
  return { ...state, unseen, claims: state.claims.map((each) => (each === claim ? left : each)) };
}

const ended = (state: BinState, claimId: string): BinState => ({
  ...state,
  claims: state.claims.filter((each) => each.claimId !== claimId),
  ended: [...state.ended, claimId].slice(-ENDED_CLAIMS_KEPT),
});
