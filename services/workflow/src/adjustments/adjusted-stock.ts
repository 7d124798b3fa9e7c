import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { balanceChanges, itemId, type CorrectionKind, type PositionChange, type PositionFigure, type SkuEvent } from '@holdfast/inventory';

export const ADJUSTMENT_SOURCES = ['api', 'count', 'expired', 'hold', 'transfer', 'import', 'channel'] as const;
/** Corrections of which lot units are of. What lies in which bin is the work of put-away and listed there. */
export const CORRECTION_KINDS = ['assign', 'reassign', 'split', 'merge', 'settle'] as const;
/** Where a change of on hand came from. */
export type AdjustmentSource = (typeof ADJUSTMENT_SOURCES)[number];

/** On hand of a SKU by location as far as the follower has read, and what a unit costs. */
export interface AdjustedStock {
  readonly tenant: string;
  readonly sku: string;
  readonly onHand: ReadonlyMap<string, number>;
  readonly costMinor: number | null;
  /** Of the newest event that it reflects; -1 before the first. */
  readonly revision: number;
}

/** One change of on hand for a reason, or a correction of its lots, as it is listed. */
export interface AdjustmentRow {
  readonly tenant: string;
  readonly sku: string;
  readonly revision: number;
  readonly id: string;
  readonly documentId: string;
  readonly locationId: string;
  /** Of a change that is of one lot, or of one bin, alone. */
  readonly lotId: string | null;
  readonly binId: string | null;
  /** Of a correction of lots, which leaves on hand. */
  readonly kind: CorrectionKind | null;
  /** By lot and bin, where the change has some. */
  readonly changes: readonly PositionChange[] | null;
  readonly delta: number;
  readonly quantityAfter: number;
  /** Of a record by lot and bin. */
  readonly figures: readonly PositionFigure[] | null;
  /** The figure that was set, where one was. */
  readonly recorded: number | null;
  /** Whether that figure covers the whole location. */
  readonly complete: boolean | null;
  readonly reasonCode: string;
  readonly reason: string | null;
  readonly source: AdjustmentSource;
  readonly costMinor: number | null;
  readonly effectiveAt: number;
  readonly createdBy: string | null;
  readonly createdAt: number;
}

type StockAdjusted = Extract<SkuEvent, { type: 'StockAdjusted' }>;
type PositionsCorrected = Extract<SkuEvent, { type: 'PositionsCorrected' }>;

/** Events that leave on hand as it is and are not listed. All others are read, also those of versions to come. */
const UNLISTED = new Set<SkuEvent['type']>([
  'SafetyStockSet',
  'LevelRefused',
  'LimitsSet',
  'AllocationSet',
  'AllocationRemoved',
  'InboundDeclared',
  'InboundCancelled',
  'HoldPlaced',
  'HoldReleased',
  'LotControlSet',
  'LotDeclared',
  'LotExpiryChanged',
  'LotRenamed',
  'LotExpired',
  'ReservationPlaced',
  'ReservationPromoted',
  'ReservationReduced',
  'ReservationReleased',
  'ReservationExpired',
  'ReservationExtended',
]);

/** Stored types of the events from which on hand is reckoned, and of those that are listed. */
export const ADJUSTED_STOCK_TYPES: readonly string[] = STREAMS.stock.storedTypes(STREAMS.stock.types.filter((type) => !UNLISTED.has(type)));

/** Follows an event of the SKU. @returns the stock after it, and the row of an adjustment; an event that it reflects already changes nothing */
export function afterStockEvent(
  stock: AdjustedStock,
  recorded: RecordedEvent,
): { readonly stock: AdjustedStock; readonly row?: AdjustmentRow } {
  if (recorded.revision <= stock.revision) return { stock };
  const event = STREAMS.stock.decode(recorded);
  const onHand = new Map(stock.onHand);
  for (const { place, onHand: units } of balanceChanges(event)) {
    if (units !== 0) onHand.set(place.locationId, (onHand.get(place.locationId) ?? 0) + units);
  }
  const costMinor = event.type === 'ProductDescribed' ? (event.costMinor ?? stock.costMinor) : stock.costMinor;
  const after = { ...stock, onHand, costMinor, revision: recorded.revision };
  if (event.type === 'PositionsCorrected')
    return event.kind === 'bin' ? { stock: after } : { stock: after, row: correctionRow(after, event, recorded) };
  // Units that a channel sold beyond what was free are a sale.
  const isListed = event.type === 'StockAdjusted' && event.orderId === undefined;
  return isListed ? { stock: after, row: rowOf(after, event, recorded) } : { stock: after };
}

function rowOf(
  { tenant, sku, onHand, costMinor }: AdjustedStock,
  event: StockAdjusted,
  { revision, metadata }: RecordedEvent,
): AdjustmentRow {
  const { locationId, delta, counted, recorded, effectiveAt, commandId } = event;
  const documentId = event.documentId ?? event.holdId ?? `adj_${commandId}`;
  const figure = counted ?? recorded;
  return {
    tenant,
    sku,
    revision,
    id: `${documentId}~${lineOf(event, sku, revision)}`,
    documentId,
    locationId,
    ...placeOf(event),
    kind: null,
    changes: event.positions ?? null,
    figures: event.figures ?? null,
    delta,
    quantityAfter: onHand.get(locationId) ?? 0,
    recorded: figure ?? null,
    complete: figure === undefined ? null : counted !== undefined,
    reasonCode: event.reasonCode,
    reason: event.reason ?? null,
    source: sourceOf(event),
    costMinor,
    effectiveAt,
    createdBy: metadata.actor ?? null,
    createdAt: metadata.at,
  };
}

/** A correction of lots: on hand stays. */
function correctionRow(
  { tenant, sku, onHand, costMinor }: AdjustedStock,
  event: PositionsCorrected,
  recorded: RecordedEvent,
): AdjustmentRow {
  const { revision, metadata } = recorded;
  const { locationId, kind, positions, commandId, reasonCode = 'lot_correction', reason } = event;
  const documentId = event.documentId ?? `adj_${commandId}`;
  return {
    ...{ tenant, sku, revision, documentId, locationId, kind, reasonCode, costMinor },
    id: `${documentId}~${itemId(sku, locationId)}~${revision}`,
    lotId: null,
    binId: null,
    changes: positions,
    figures: null,
    delta: 0,
    quantityAfter: onHand.get(locationId) ?? 0,
    recorded: null,
    complete: null,
    reason: reason ?? null,
    source: 'api',
    effectiveAt: metadata.at,
    createdBy: metadata.actor ?? null,
    createdAt: metadata.at,
  };
}

/** The lot, and the bin, that the whole change is of. A record may change several, and units without a lot beside. */
function placeOf({ delta, positions = [] }: StockAdjusted): Pick<AdjustmentRow, 'lotId' | 'binId'> {
  const isWhole = positions.reduce((sum, each) => sum + each.delta, 0) === delta;
  const only = (ids: readonly (string | undefined)[]): string | null => (isWhole && new Set(ids).size === 1 ? (ids[0] ?? null) : null);
  return { lotId: only(positions.map(({ lotId }) => lotId)), binId: only(positions.map(({ binId }) => binId)) };
}

/**
 * Tells the change apart from the others of its document. The lines of an adjustment have numbers; another document, such as a transfer, may
 * change a SKU several times, and its numbers are those of receipts.
 */
function lineOf({ documentId, documentLine, locationId }: StockAdjusted, sku: string, revision: number): string {
  const isAdjustment = documentId === undefined || documentId.startsWith('adj_');
  if (!isAdjustment) return `${itemId(sku, locationId)}~${revision}`;
  return documentLine === undefined ? itemId(sku, locationId) : String(documentLine);
}

const SOURCE_OF_REASON: Readonly<Record<string, AdjustmentSource>> = {
  import: 'import',
  import_undo: 'import',
  channel_figure: 'channel',
  master_update: 'channel',
  expired: 'expired',
  expired_consumed: 'expired',
  destroyed: 'expired',
  over_receipt: 'transfer',
  short_receipt: 'transfer',
};

const SOURCE_OF_DOCUMENT: Readonly<Record<string, AdjustmentSource>> = { cc: 'count', hold: 'hold', tr: 'transfer' };

/** The document says it, else the reason; a counted figure is a count. */
function sourceOf({ documentId, reasonCode, counted, holdId }: StockAdjusted): AdjustmentSource {
  if (holdId !== undefined) return 'hold';
  const ofDocument = SOURCE_OF_DOCUMENT[documentId?.split('_')[0] ?? ''];
  return ofDocument ?? SOURCE_OF_REASON[reasonCode] ?? (counted === undefined ? 'api' : 'count');
}
