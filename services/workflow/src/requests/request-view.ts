import { allowedTransitions, fulfilmentOf, type RequestLine, type RequestState } from '@holdfast/warehouse';
import type { StockRequestLineView, StockRequestStatusView, StockRequestView } from './request-view.dto.js';

/** What is shown of a SKU beside the request itself. */
export interface LineProduct {
  readonly name: string | null;
  readonly category: string | null;
  readonly available: number | null;
}

/** @param productOf of a SKU at the source of the request */
export const requestView = (state: RequestState, productOf: (sku: string) => LineProduct | undefined): StockRequestView => ({
  id: state.requestId,
  number: state.number,
  status: state.status,
  fulfilment: fulfilmentOf(state),
  fromLocationId: state.fromLocationId,
  toLocationId: state.toLocationId ?? null,
  priority: state.priority,
  neededBy: state.neededBy ?? null,
  reason: state.reason ?? null,
  requestedBy: state.requestedBy,
  submittedAt: timeOf(state.submittedAt),
  approvedBy: state.approvedBy,
  approvedAt: timeOf(state.approvedAt),
  rejectedBy: state.rejectedBy,
  lines: state.lines.map((line) => lineView(line, productOf(line.sku))),
  reservations: reservationsOf(state),
  shipments: state.shipments.map(({ transferId, at, ...shipment }) => ({
    ...shipment,
    transferId: transferId ?? null,
    at: new Date(at).toISOString(),
  })),
  comments: state.comments.map(({ at, ...comment }) => ({ ...comment, at: new Date(at).toISOString() })),
  version: state.version,
  createdBy: state.requestedBy,
  createdAt: new Date(state.createdAt).toISOString(),
  updatedAt: new Date(state.updatedAt).toISOString(),
});

const timeOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const lineView = (line: RequestLine, product: LineProduct | undefined): StockRequestLineView => ({
  lineId: line.lineId,
  sku: line.sku,
  productMasterId: line.sku,
  productName: product?.name ?? null,
  categoryName: product?.category ?? null,
  quantityRequested: line.requested,
  quantityApproved: line.approved,
  quantityReserved: line.reserved,
  quantityWaiting: line.waiting,
  quantityShipped: line.shipped,
  quantityCancelled: line.cancelled,
  reasonCode: line.reasonCode ?? null,
  approvalReasonCode: line.approvalReason ?? null,
  quantityAvailable: product?.available ?? null,
});

const reservationsOf = ({ lines, fromLocationId, reservedUntil }: RequestState): StockRequestView['reservations'] =>
  lines
    .filter(({ reserved }) => reserved > 0)
    .map(({ sku, reserved }) => ({
      sku,
      locationId: fromLocationId,
      quantity: reserved,
      expiresAt: new Date(reservedUntil ?? 0).toISOString(),
    }));

export const statusView = (state: RequestState): StockRequestStatusView => ({
  status: state.status,
  fulfilment: fulfilmentOf(state),
  allowedTransitions: allowedTransitions(state.status),
  history: state.history.map(({ at, ...change }) => ({ ...change, at: new Date(at).toISOString() })),
});
