import type {
  AllocationSet,
  HoldPlaced,
  HoldReleased,
  InboundDeclared,
  LevelReported,
  LimitsSet,
  ProductDescribed,
  ReservationCommitReversed,
  ReservationCommitted,
  ReservationExpired,
  ReservationExtended,
  ReservationPlaced,
  ReservationPromoted,
  ReservationReduced,
  ReservationReleased,
  StockAdjusted,
  StockIssued,
  StockMoved,
  StockReceived,
  Take,
  TransferReceived,
  TransferReturned,
  TransferShipped,
} from '../src/index.js';
import { hour, morning, noon } from './times.js';

/** Units by location. */
export type Units = Readonly<Record<string, number>>;

const takesOf = (units: Units): readonly Take[] => Object.entries(units).map(([locationId, quantity]) => ({ locationId, quantity }));

export const described = (fields: Partial<ProductDescribed> = {}): ProductDescribed => ({
  type: 'ProductDescribed',
  commandId: 'described',
  verified: true,
  ...fields,
});

export const received = (locationId: string, quantity: number, fields: Partial<StockReceived> = {}): StockReceived => ({
  type: 'StockReceived',
  locationId,
  quantity,
  effectiveAt: morning,
  messageId: `receipt ${locationId} ${String(quantity)}`,
  acknowledgedUnits: 0,
  delta: quantity,
  ...fields,
});

export const level = (locationId: string, figure: number, asOf: number, fields: Partial<LevelReported> = {}): LevelReported => ({
  type: 'LevelReported',
  locationId,
  connectionId: 'erp',
  messageId: `level ${locationId} ${String(asOf)}`,
  figure,
  asOf,
  unpostedUnits: 0,
  delta: figure,
  ...fields,
});

export const issued = (locationId: string, quantity: number, fields: Partial<StockIssued> = {}): StockIssued => ({
  type: 'StockIssued',
  locationId,
  quantity,
  effectiveAt: noon,
  connectionId: 'erp',
  messageId: `issue ${locationId} ${String(quantity)}`,
  acknowledgedUnits: 0,
  reassigned: [],
  presumedUnits: 0,
  unmatchedUnits: 0,
  delta: 0,
  ...fields,
});

export const adjusted = (locationId: string, delta: number, fields: Partial<StockAdjusted> = {}): StockAdjusted => ({
  type: 'StockAdjusted',
  locationId,
  delta,
  effectiveAt: morning,
  reasonCode: 'found',
  commandId: `adjusted ${locationId} ${String(delta)}`,
  ...fields,
});

export const moved = (fromLocationId: string, toLocationId: string, quantity: number, reference = 'M1'): StockMoved => ({
  type: 'StockMoved',
  commandId: `moved ${reference}`,
  fromLocationId,
  toLocationId,
  quantity,
  reference,
});

export const shipped = (fromLocationId: string, toLocationId: string, quantity: number, transferId = 'T1'): TransferShipped => ({
  type: 'TransferShipped',
  transferId,
  fromLocationId,
  toLocationId,
  quantity,
});

export const arrived = (toLocationId: string, quantity: number, receiptId = 'first', transferId = 'T1'): TransferReceived => ({
  type: 'TransferReceived',
  transferId,
  toLocationId,
  quantity,
  receiptId,
});

export const returned = (fromLocationId: string, toLocationId: string, quantity: number, transferId = 'T1'): TransferReturned => ({
  type: 'TransferReturned',
  transferId,
  fromLocationId,
  toLocationId,
  quantity,
});

/** Expected at noon of the next day. */
export const declared = (reference: string, quantity: number, fields: Partial<InboundDeclared> = {}): InboundDeclared => ({
  type: 'InboundDeclared',
  commandId: `declared ${reference}`,
  reference,
  locationId: 'BER',
  quantity,
  expectedAt: noon + 24 * hour,
  ...fields,
});

/** Everything that waited is there at ten in the morning and held for two hours, unless the fields say otherwise. */
export const promoted = (reservationId: string, units: Units, fields: Partial<ReservationPromoted> = {}): ReservationPromoted => ({
  type: 'ReservationPromoted',
  reservationId,
  takes: takesOf(units).map((take) => ({ ...take, because: 'waited for it' })),
  waitingUnits: 0,
  expiresAt: noon,
  ...fields,
});

/** Placed with `priority 100` as the reason of each take; until noon, for an order of the same name, unless the fields say otherwise. */
export const placed = (reservationId: string, units: Units, fields: Partial<ReservationPlaced> = {}): ReservationPlaced => ({
  type: 'ReservationPlaced',
  reservationId,
  orderId: `order of ${reservationId}`,
  takes: takesOf(units).map((take) => ({ ...take, because: 'priority 100' })),
  expiresAt: noon,
  requestHash: `hash of ${reservationId}`,
  requested: Object.values(units).reduce((sum, quantity) => sum + quantity, 0),
  ...fields,
});

export const committed = (reservationId: string, units: Units, fields: Partial<ReservationCommitted> = {}): ReservationCommitted => ({
  type: 'ReservationCommitted',
  reservationId,
  commitId: `commit of ${reservationId}`,
  orderId: `order of ${reservationId}`,
  takes: takesOf(units),
  alreadyIssued: [],
  openUnits: 0,
  ...fields,
});

export const reversed = (
  reservationId: string,
  units: Units,
  fields: Partial<ReservationCommitReversed> = {},
): ReservationCommitReversed => ({
  type: 'ReservationCommitReversed',
  reservationId,
  commitId: `commit of ${reservationId}`,
  orderId: `order of ${reservationId}`,
  takes: takesOf(units),
  restored: takesOf(units),
  ...fields,
});

export const released = (reservationId: string, units: Units): ReservationReleased => ({
  type: 'ReservationReleased',
  reservationId,
  takes: takesOf(units),
});

export const reduced = (reservationId: string, units: Units, fields: Partial<ReservationReduced> = {}): ReservationReduced => ({
  type: 'ReservationReduced',
  reservationId,
  releaseId: `release ${reservationId}`,
  takes: takesOf(units),
  givenUpUnits: 0,
  waitingUnits: 0,
  ...fields,
});

export const expired = (reservationId: string, units: Units, expiresAt = noon): ReservationExpired => ({
  type: 'ReservationExpired',
  reservationId,
  takes: takesOf(units),
  expiresAt,
});

/** Of a reservation that only waits, by itself. */
export const waitsOn = (reservationId: string, expiresAt: number): ReservationExtended => ({
  type: 'ReservationExtended',
  reservationId,
  expiresAt,
});

export const extended = (reservationId: string, expiresAt: number, commandId = `extend ${reservationId}`): ReservationExtended => ({
  ...waitsOn(reservationId, expiresAt),
  commandId,
});

export const limited = (fields: Partial<LimitsSet> = {}): LimitsSet => ({
  type: 'LimitsSet',
  commandId: 'limited',
  overbookingUnits: 0,
  ...fields,
});

export const allocated = (channelId: string, fields: Partial<AllocationSet> = {}): AllocationSet => ({
  type: 'AllocationSet',
  commandId: `allocated ${channelId}`,
  channelId,
  floor: 0,
  ...fields,
});

/** The `held` of an event, by location. */
export const heldBy = (units: Units): readonly { readonly locationId: string; readonly delta: number }[] =>
  Object.entries(units).map(([locationId, delta]) => ({ locationId, delta }));

/** A quality hold on so many units at the location, which are all there. */
export const held = (holdId: string, locationId: string, quantity: number, fields: Partial<HoldPlaced> = {}): HoldPlaced => ({
  type: 'HoldPlaced',
  commandId: `hold ${holdId}`,
  holdId,
  holdType: 'quality',
  locationId,
  quantity,
  uncoveredUnits: 0,
  held: heldBy({ [locationId]: quantity }),
  ...fields,
});

/** All units of the locations are held by it; of one location, or of the SKU where `locationId` is missing. */
export const whollyHeld = (holdId: string, units: Units, fields: Partial<HoldPlaced> = {}): HoldPlaced => ({
  type: 'HoldPlaced',
  commandId: `hold ${holdId}`,
  holdId,
  holdType: 'quality',
  uncoveredUnits: 0,
  ...(Object.keys(units).length === 0 ? {} : { held: heldBy(units) }),
  ...fields,
});

export const holdReleased = (holdId: string, fields: Partial<HoldReleased> = {}): HoldReleased => ({
  type: 'HoldReleased',
  holdId,
  releaseId: `release ${holdId}`,
  openUnits: 0,
  disposition: 'to_stock',
  ...fields,
});
