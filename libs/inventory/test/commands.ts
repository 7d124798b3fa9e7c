import type {
  AdjustLocations,
  AdjustStock,
  CancelInbound,
  CommitReservation,
  DeclareInbound,
  DescribeProduct,
  ExpireReservation,
  ExtendReservation,
  IssueStock,
  MoveStock,
  PlaceHold,
  PlaceReservation,
  ReceiveStock,
  ReceiveTransfer,
  RecordStock,
  ReleaseHold,
  ReleaseReservation,
  ReportLevel,
  ReturnTransfer,
  ReverseCommit,
  SetSafetyStock,
  ShipTransfer,
} from '../src/index.js';
import { hour, morning, noon } from './times.js';

/** Commands come at ten in the morning unless they say otherwise. */
const now = { at: 10 * hour };

export const describeProduct = (fields: Partial<DescribeProduct> = {}): DescribeProduct => ({
  type: 'DescribeProduct',
  ...now,
  commandId: 'describe',
  verified: true,
  ...fields,
});

export const setSafetyStock = (locationId: string, quantity: number, fields: Partial<SetSafetyStock> = {}): SetSafetyStock => ({
  type: 'SetSafetyStock',
  ...now,
  commandId: 'safety',
  locationId,
  quantity,
  ...fields,
});

export const reportLevel = (locationId: string, figure: number, asOf: number, fields: Partial<ReportLevel> = {}): ReportLevel => ({
  type: 'ReportLevel',
  ...now,
  commandId: `report ${String(asOf)}`,
  connectionId: 'erp',
  messageId: `level ${locationId} ${String(asOf)}`,
  locationId,
  figure,
  asOf,
  postingLagMs: null,
  ...fields,
});

export const receive = (locationId: string, quantity: number, fields: Partial<ReceiveStock> = {}): ReceiveStock => ({
  type: 'ReceiveStock',
  ...now,
  commandId: 'receive',
  locationId,
  quantity,
  effectiveAt: morning,
  messageId: `receipt ${locationId} ${String(quantity)}`,
  ...fields,
});

export const issue = (locationId: string, quantity: number, fields: Partial<IssueStock> = {}): IssueStock => ({
  type: 'IssueStock',
  ...now,
  commandId: 'issue',
  connectionId: 'erp',
  messageId: `issue ${locationId} ${String(quantity)}`,
  locationId,
  quantity,
  effectiveAt: noon,
  ...fields,
});

export const adjust = (locationId: string, delta: number, fields: Partial<AdjustStock> = {}): AdjustStock => ({
  type: 'AdjustStock',
  ...now,
  commandId: `adjusted ${locationId} ${String(delta)}`,
  locationId,
  delta,
  effectiveAt: morning,
  reasonCode: 'found',
  ...fields,
});

export const adjustLocations = (deltas: Readonly<Record<string, number>>, fields: Partial<AdjustLocations> = {}): AdjustLocations => ({
  type: 'AdjustLocations',
  ...now,
  commandId: 'adjust all',
  adjustments: Object.entries(deltas).map(([locationId, delta]) => ({ locationId, delta })),
  effectiveAt: 10 * hour,
  reasonCode: 'damage',
  ...fields,
});

export const record = (locationId: string, counted: number, fields: Partial<RecordStock> = {}): RecordStock => ({
  type: 'RecordStock',
  ...now,
  commandId: 'count',
  locationId,
  counted,
  effectiveAt: morning,
  reasonCode: 'count',
  ...fields,
});

export const move = (fromLocationId: string, toLocationId: string, quantity: number, reference = 'M1'): MoveStock => ({
  type: 'MoveStock',
  ...now,
  commandId: `moved ${reference}`,
  fromLocationId,
  toLocationId,
  quantity,
  reference,
});

export const ship = (fromLocationId: string, toLocationId: string, quantity: number, transferId = 'T1'): ShipTransfer => ({
  type: 'ShipTransfer',
  ...now,
  commandId: `ship ${transferId}`,
  startedAt: now.at,
  transferId,
  fromLocationId,
  toLocationId,
  quantity,
});

export const receiveTransfer = (quantity: number, receiptId = 'first', transferId = 'T1'): ReceiveTransfer => ({
  type: 'ReceiveTransfer',
  ...now,
  commandId: `receive ${transferId} ${receiptId}`,
  transferId,
  quantity,
  receiptId,
});

export const returnTransfer = (transferId = 'T1'): ReturnTransfer => ({
  type: 'ReturnTransfer',
  fromLocationId: 'BER',
  toLocationId: 'HAM',
  ...now,
  commandId: `return ${transferId}`,
  transferId,
});

/** To be there at noon of the next day. */
export const declareInbound = (reference: string, quantity: number, fields: Partial<DeclareInbound> = {}): DeclareInbound => ({
  type: 'DeclareInbound',
  ...now,
  commandId: `declare ${reference}`,
  reference,
  locationId: 'BER',
  quantity,
  expectedAt: noon + 24 * hour,
  ...fields,
});

export const cancelInbound = (reference: string): CancelInbound => ({
  type: 'CancelInbound',
  ...now,
  commandId: `cancel ${reference}`,
  reference,
});

/** Placed for two hours, that is until noon. */
export const place = (reservationId: string, fields: Partial<PlaceReservation> = {}): PlaceReservation => ({
  type: 'PlaceReservation',
  ...now,
  commandId: `place ${reservationId}`,
  reservationId,
  orderId: `order of ${reservationId}`,
  quantity: 1,
  ttlMs: 2 * hour,
  requestHash: `hash of ${reservationId}`,
  sources: [],
  ...fields,
});

export const commit = (reservationId: string, fields: Partial<CommitReservation> = {}): CommitReservation => ({
  type: 'CommitReservation',
  ...now,
  commandId: `commit of ${reservationId}`,
  reservationId,
  ...fields,
});

export const reverse = (
  reservationId: string,
  commitCommandId = `commit of ${reservationId}`,
  fields: Partial<ReverseCommit> = {},
): ReverseCommit => ({
  type: 'ReverseCommit',
  ...now,
  commandId: `reverse ${commitCommandId}`,
  reservationId,
  commitCommandId,
  orderId: `order of ${reservationId}`,
  ...fields,
});

export const release = (reservationId: string, at = now.at, fields: Partial<ReleaseReservation> = {}): ReleaseReservation => ({
  type: 'ReleaseReservation',
  at,
  commandId: `release ${reservationId}`,
  reservationId,
  ...fields,
});

export const expire = (reservationId: string, at: number): ExpireReservation => ({
  type: 'ExpireReservation',
  at,
  commandId: `expire ${reservationId}`,
  reservationId,
});

export const extend = (reservationId: string, ttlMs: number, at = now.at): ExtendReservation => ({
  type: 'ExtendReservation',
  at,
  commandId: `extend ${reservationId}`,
  reservationId,
  ttlMs,
});

/** A quality hold on all of the SKU unless the fields say otherwise. */
export const placeHold = (holdId: string, fields: Partial<PlaceHold> = {}): PlaceHold => ({
  type: 'PlaceHold',
  ...now,
  commandId: `hold ${holdId}`,
  holdId,
  holdType: 'quality',
  ...fields,
});

export const releaseHold = (holdId: string, fields: Partial<ReleaseHold> = {}): ReleaseHold => ({
  type: 'ReleaseHold',
  ...now,
  commandId: `release ${holdId}`,
  holdId,
  disposition: 'to_stock',
  ...fields,
});
