import { allocationRemoved, allocationSet, limitsSet } from './allocations/evolve.js';
import type { SkuEvent } from './events.js';
import { levelRefused, levelReported, stockIssued } from './reconciliation/evolve.js';
import {
  reservationCommitReversed,
  reservationCommitted,
  reservationEnded,
  reservationExtended,
  reservationPlaced,
} from './reservations/evolve.js';
import type { SkuState } from './state.js';
import { productDescribed, safetyStockSet, stockAdjusted, stockReceived } from './stock/evolve.js';
import { inboundArrived, inboundCancelled, inboundDeclared, reservationPromoted } from './supply/evolve.js';
import { stockMoved, transferReceived, transferReturned, transferShipped } from './transfers/evolve.js';

/** Applies an event that happened at `at` (epoch milliseconds), in place, and returns the same state. */
export function evolveSku(state: SkuState, event: SkuEvent, at: number): SkuState {
  state.known = true;
  apply(state, event, at);
  return state;
}

function apply(state: SkuState, event: SkuEvent, at: number): void {
  switch (event.type) {
    case 'ProductDescribed':
      return productDescribed(state, event);
    case 'SafetyStockSet':
      return safetyStockSet(state, event);
    case 'LevelReported':
      return levelReported(state, event);
    case 'LevelRefused':
      return levelRefused(state, event);
    case 'StockReceived':
      stockReceived(state, event);
      return inboundArrived(state, event.inbound ?? []);
    case 'StockIssued':
      return stockIssued(state, event);
    case 'StockAdjusted':
      return stockAdjusted(state, event, at);
    case 'StockMoved':
      return stockMoved(state, event, at);
    case 'LimitsSet':
      return limitsSet(state, event);
    case 'AllocationSet':
      return allocationSet(state, event);
    case 'AllocationRemoved':
      return allocationRemoved(state, event);
    case 'InboundDeclared':
      return inboundDeclared(state, event);
    case 'InboundCancelled':
      return inboundCancelled(state, event);
    case 'TransferShipped':
      return transferShipped(state, event, at);
    case 'TransferReceived':
      return transferReceived(state, event, at);
    case 'TransferReturned':
      return transferReturned(state, event, at);
    case 'ReservationPlaced':
      return reservationPlaced(state, event, at);
    case 'ReservationPromoted':
      return reservationPromoted(state, event);
    case 'ReservationCommitted':
      return reservationCommitted(state, event, at);
    case 'ReservationCommitReversed':
      return reservationCommitReversed(state, event);
    case 'ReservationReleased':
      return reservationEnded(state, event, 'released', at);
    case 'ReservationExpired':
      return reservationEnded(state, event, 'expired', at);
    case 'ReservationExtended':
      return reservationExtended(state, event);
    default:
      return event satisfies never;
  }
}
