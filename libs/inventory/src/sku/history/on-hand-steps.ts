import type { SkuEvent } from '../events.js';

/**
 * Steps that on hand consists of. `erpFigure` and `counted` say what lay there and are where a waterfall begins; the others are what moved
 * since.
 */
export const ON_HAND_STEPS = ['erpFigure', 'counted', 'received', 'issued', 'adjusted', 'sold', 'moved', 'transferred'] as const;
export type OnHandStep = (typeof ON_HAND_STEPS)[number];

const STEP_OF: Readonly<Record<SkuEvent['type'], OnHandStep>> = {
  LevelReported: 'erpFigure',
  LevelRefused: 'erpFigure',
  StockReceived: 'received',
  StockIssued: 'issued',
  StockAdjusted: 'adjusted',
  ProductDescribed: 'adjusted',
  SafetyStockSet: 'adjusted',
  StockMoved: 'moved',
  TransferShipped: 'transferred',
  TransferReceived: 'transferred',
  TransferReturned: 'transferred',
  TransferLost: 'transferred',
  LimitsSet: 'adjusted',
  AllocationSet: 'adjusted',
  AllocationRemoved: 'adjusted',
  InboundDeclared: 'received',
  InboundCancelled: 'received',
  ReservationPlaced: 'sold',
  ReservationPromoted: 'sold',
  ReservationCommitted: 'sold',
  ReservationCommitReversed: 'sold',
  ReservationReduced: 'sold',
  ReservationReleased: 'sold',
  ReservationExpired: 'sold',
  ReservationExtended: 'sold',
  HoldPlaced: 'adjusted',
  HoldReleased: 'adjusted',
  LotControlSet: 'adjusted',
  LotDeclared: 'adjusted',
  LotExpiryChanged: 'adjusted',
  LotRenamed: 'adjusted',
  LotExpired: 'adjusted',
  PositionsCorrected: 'adjusted',
};

/** The step that the event's change of on hand belongs to. */
export function onHandStep(event: SkuEvent): OnHandStep {
  if (event.type !== 'StockAdjusted') return STEP_OF[event.type];
  if (event.counted !== undefined) return 'counted';
  return event.orderId === undefined ? 'adjusted' : 'sold';
}

/** What the event says lay at its location, by a count or an accepted figure of an ERP; undefined for every other event. */
export function figureOf(event: SkuEvent): number | undefined {
  if (event.type === 'LevelReported') return event.figure;
  return event.type === 'StockAdjusted' ? event.counted : undefined;
}
