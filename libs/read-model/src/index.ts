export { READ_MODEL } from './schema-name.js';
export { readModelSchema, type ReadModelSchema } from './schema.js';
export * from './entities/index.js';
export * from './fold/rows.js';
export { NO_CHANGES, type ChangeSet, type StockChange } from './fold/change-set.js';
export { DEFAULT_FOLD_LIMITS, type FoldLimits } from './fold/fold.js';
export { addCause, momentOf, type Moment } from './fold/moment.js';
export { changesServing, isChannelEvent, turnsOf } from './fold/streams.js';
export { keyOf } from './fold/row-source.js';
export { Projection, type ProjectionOptions, type Turn } from './projection.js';
export { Fenced, readCheckpoint, type Checkpoint } from './storage/checkpoint.js';
export { listSetAside, type SetAsideStream } from './set-aside/set-aside-streams.js';
export { isLasting, setAsideFailing } from './set-aside/set-aside-failing.js';
export { TurnFailed, type Unprojectable } from './set-aside/turn-failed.js';
export { channelAtpChangedAfter, stockChangedAfter } from './storage/unpublished.js';
export { RESERVATION_RETENTION_DAYS, trimReservations } from './storage/retention.js';
export { migrateReadModel } from './storage/migrate.js';
export { digest } from './rebuild/digest.js';
export { rebuild, type RebuildOptions, type RebuildPhase, type RebuildProgress, type RebuildResult } from './rebuild/rebuild.js';
export { RebuildRunning, isRebuildRunning } from './rebuild/rebuild-lock.js';
export { tablesIn, type PageOf, type PageRequest, type Tables } from './queries/tables.js';
export { findItem, findItemById, findItems, type ItemFilter, type ItemRow } from './queries/items.js';
export {
  findExpiringLots,
  findPositions,
  type ExpiringFilter,
  type ExpiringLot,
  type PositionFilter,
  type PositionItem,
} from './queries/positions.js';
export { exportedColumns, exportedRows, type ExportedKind, type ExportedRow } from './queries/exports.js';
export { foldedBarcode, foldedSku, productsNamed, type NamedProduct, type ProductNames } from './queries/named-products.js';
export { findProduct, findProducts, type ProductFilter } from './queries/products.js';
export {
  findLocation,
  findLocations,
  findLocationTotals,
  findPriorities,
  type LocationFilter,
  type LocationTotals,
  type LocationView,
} from './queries/locations.js';
export {
  findChannel,
  findChannelAtp,
  findChannels,
  summariseChannels,
  type ChannelAtpView,
  type ChannelSummary,
} from './queries/channels.js';
export * from './queries/columns.js';
export type { StockOfLots } from './queries/expired-units.js';
export { findStock, type SkuStock } from './queries/stock.js';
export { hasProductUnits, productUnits } from './queries/product-units.js';
export { unitsInBins } from './queries/bin-units.js';
export { rowsOnceThere } from './queries/not-there.js';
export { findReservation, findReservations, type ReservationFilter, type ReservationPlace } from './queries/reservations.js';
export { FOUND_KINDS, search, type Found, type FoundKind } from './queries/search.js';
export { findLowStock, type LowStock } from './queries/low-stock.js';
export { PositionGate } from './queries/position-gate.js';
export { balancesAsOf, knownAt, lateFacts, type Clocks, type Known, type LateFacts, type NamedMovement } from './history/as-of.js';
export {
  explain,
  type ChannelThen,
  type ExplainedFigure,
  type ExplainedStep,
  type ExplainedStepName,
  type Explaining,
} from './history/explain.js';
export { DEFAULT_HISTORIES_LIMITS, Histories, HistoryLoading, HistoryTooLong, type HistoriesLimits } from './history/histories.js';
export { recentHistory, type PresentStock } from './history/recent-history.js';
export type { AsOfBalance } from './history/as-of-balance.js';
export { channelBoundsAsOf } from './history/limits-then.js';
export type { SkuHistory } from './history/sku-history.js';
export { installAnalytics, type AnalyticsState } from './analytics/install.js';
export { installAnalyticsAtStart } from './analytics/at-start.js';
export { addReader, listReaders, removeReader, type AnalyticsReader, type NewReader } from './analytics/readers.js';
export { restrictAnalysts } from './analytics/server-rights.js';
export { analyticsReference } from './analytics/reference.js';
export { ANALYST_VIEWS } from './analytics/views/index.js';
export type { AnalystView, ViewColumn } from './analytics/view.js';
