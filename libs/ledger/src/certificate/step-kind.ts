import type { SkuEvent } from '@holdfast/inventory';
import type { StepKind } from './certificate.js';

const PROMISES: readonly SkuEvent['type'][] = ['ReservationPlaced', 'ReservationPromoted', 'StockMoved', 'TransferShipped'];

const SETTLEMENTS: readonly SkuEvent['type'][] = [
  'ReservationCommitted',
  'ReservationCommitReversed',
  'ReservationReleased',
  'ReservationExpired',
  'ReservationExtended',
  'TransferReceived',
  'TransferReturned',
];

/** What an event does to the bound. */
export function stepKind({ type }: SkuEvent): StepKind {
  if (PROMISES.includes(type)) return 'promise';
  return SETTLEMENTS.includes(type) ? 'settlement' : 'fact';
}
