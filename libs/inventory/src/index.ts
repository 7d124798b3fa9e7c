export * from './decision.js';
export { LateMap, LateSet } from './late-collections.js';
export type * from './sku/events.js';
export type * from './sku/commands.js';
export type * from './sku/state.js';
export type { Outlook } from './sku/supply/supply.js';
export { openUnitsOf, outlookOf, DEFAULT_GRACE_MS } from './sku/supply/supply.js';
export type { Journal } from './sku/reconciliation/journal.js';
export { mustReport, reappraisals, type Reappraisal, type ReportedFigure } from './sku/reconciliation/equal-figures.js';
export { countMark } from './sku/counts/apply-count.js';
export { initialSkuState } from './sku/state.js';
export { decideSku } from './sku/decide.js';
export { reservationOfOrder } from './sku/reservations/orders.js';
export { isSamePlace, placeAt, takeAt } from './sku/stock-place.js';
export { unitsAt } from './sku/takes.js';
export type { BalanceChange } from './sku/balance-change.js';
export type { StepKind } from './sku/event-entry.js';
export { balanceChanges, evolveSku, RESERVATION_EVENT_TYPES, reservationEffect, SKU_EVENTS, stepKind } from './sku/event-table.js';
export type { ReservationEffect } from './sku/reservations/effect.js';
export { boundOfChannel, channelBounds, channelBoundsAt, type ChannelBound, type ChannelBounds } from './sku/allocations/channel-bounds.js';
export { skuSnapshot } from './sku/snapshot.js';
export { isRepeatedCommand } from './sku/recent.js';
export { availableOf } from './sku/balances.js';
export { LOSS_REASONS } from './sku/transfers/events.js';
export { HOLD_TYPES, RELEASE_DISPOSITIONS } from './sku/holds/events.js';
export { CORRECTION_KINDS, LOT_CONTROLS } from './sku/lots/events.js';
export { asOf, nextLotExpiry } from './sku/lots/expiry.js';
export { exchangedLots } from './sku/lots/issued.js';
export { findLot, unassignedUnits } from './sku/lots/positions.js';
export { lotsAfter } from './sku/lots/preview.js';
export { lotViews, positionViews, type LotView, type PositionView } from './sku/lots/views.js';
export { unfitStock } from './sku/reservations/unfit-stock.js';
export { holdViews, type HoldView } from './sku/holds/views.js';
export { availableUnits } from './sku/sources/free-stock.js';
export { itemId, itemsOfId, positionId, type ItemPlace } from './sku/stock/item-id.js';
export { chooseLocation, type LocationChoice } from './sku/stock/location-choice.js';
export type * from './sku/sources/source-policy.js';
export { findSourcePolicy, registerSourcePolicy, sourcePolicyNames, sourceRuleFault } from './sku/sources/source-policies.js';
export { commonSource, stockedLine, type StockedLine } from './sku/sources/sources.js';
export type { Alternative, Shortage } from './sku/sources/shortage.js';
export { checkInvariants, SkuAuditor } from './sku/audit/invariants.js';
export type { Violation } from './sku/audit/violation.js';
export type { SkuDecision, SkuRefusalCode } from './sku/refusals.js';
export * as skuLimits from './sku/limits.js';
export { effectiveTime } from './sku/history/effective-time.js';
export { Movements, type StockMovement } from './sku/history/movements.js';
export { figureOf, ON_HAND_STEPS, onHandStep, type OnHandStep } from './sku/history/on-hand-steps.js';
export {
  channelSteps,
  type ChannelQuestion,
  type ChannelStep,
  type ChannelStepName,
  type LocationBalance,
} from './sku/history/channel-steps.js';

export type * from './order/events.js';
export type * from './order/commands.js';
export type { OrderPhase, OrderState, OrderStateLine, RunningCommit, RunningReduction } from './order/state.js';
export { evolveOrder, initialOrderState } from './order/state.js';
export { isOrderTerminal, orderDeadline, type OrderRefusalCode } from './order/phases.js';
export { decideOrder } from './order/decide.js';

export type * from './transfer/events.js';
export type * from './transfer/commands.js';
export type { TransferPhase, TransferState, TransferStateLine } from './transfer/state.js';
export { evolveTransfer, initialTransferState, isTransferTerminal, unitsInTransit } from './transfer/state.js';
export { transferDeadline, type TransferRefusalCode } from './transfer/phases.js';
export { decideTransfer } from './transfer/decide.js';
export { shipmentOf } from './transfer/shipment.js';

export type * from './locations/events.js';
export {
  BIN_KINDS,
  binFault,
  byWalk,
  MAX_BIN_CAPACITY,
  MAX_BINS_PER_LOCATION,
  MAX_FIXED_SKUS,
  MAX_SEQUENCE,
  usualBin,
  type Bin,
  type BinKind,
} from './locations/bins.js';
export { mayChangeServing, servesNobody, servingNobody, type Serving } from './locations/serving.js';
export { arrivalBin, isForSale, type ArrivalBin } from './locations/bin-sale.js';
export { placeFault, placeOf, type Place } from './locations/place.js';
export { distanceKm, nearness, type Nearness } from './locations/nearness.js';
export {
  decideLocations,
  evolveLocations,
  initialLocations,
  MAIN_LOCATION,
  type LocationsState,
  type PutLocation,
} from './locations/locations.js';

export { isKeptByChannel, keptLocationId, sqlIsKeptByChannel } from './locations/kept-by-channel.js';

export type * from './channels/events.js';
export {
  decideChannels,
  evolveChannels,
  initialChannels,
  type ChannelCommand,
  type ChannelRefusalCode,
  type ChannelsState,
  type DisableChannel,
  type KnownChannel,
  type PutChannel,
} from './channels/channels.js';
export {
  channelAtp,
  DEFAULT_POLICY,
  severity,
  ttlPolicyFault,
  type ChannelPolicy,
  type ChannelTtl,
  type Severity,
} from './channels/policy.js';
