import type { Because, ReplenishmentOrder, ReplenishmentSource } from '@holdfast/warehouse';
import type { BecauseView, ReplenishmentView, SourceRequest, SourceView } from './replenishment.dto.js';

interface Place {
  readonly sku: string;
  readonly locationId: string;
}

/** Decimals of daily use. */
const HUNDREDTHS = 100;

export const roundedUse = (unitsADay: number): number => Math.round(unitsADay * HUNDREDTHS) / HUNDREDTHS;

export const orderView = ({ sku, locationId }: Place, order: ReplenishmentOrder): ReplenishmentView => ({
  id: order.orderId,
  status: order.status,
  version: order.version,
  sku,
  productMasterId: sku,
  locationId,
  quantity: order.quantity,
  source: sourceView(order.source),
  transferId: order.transferId ?? null,
  inboundReference: order.placed && order.source.kind === 'purchase' ? order.orderId : null,
  because: becauseView(order.because),
  dueAt: timeOf(order.dueAt),
  reason: order.reason ?? null,
  createdBy: order.createdBy,
  createdAt: timeOf(order.createdAt),
  updatedAt: timeOf(order.updatedAt),
});

/** A suggestion that is computed and not stored. */
export const unstoredView = (
  { sku, locationId }: Place,
  suggested: Pick<ReplenishmentOrder, 'quantity' | 'source' | 'because'> & { readonly dueAt: number | undefined },
): ReplenishmentView => ({
  id: null,
  status: 'suggested',
  version: 0,
  sku,
  productMasterId: sku,
  locationId,
  quantity: suggested.quantity,
  source: sourceView(suggested.source),
  transferId: null,
  inboundReference: null,
  because: becauseView(suggested.because),
  dueAt: timeOf(suggested.dueAt),
  reason: null,
  createdBy: null,
  createdAt: null,
  updatedAt: null,
});

const becauseView = ({ reorderPoint, target, dailyUse, ...because }: Because): BecauseView => ({
  ...because,
  reorderPoint: reorderPoint ?? null,
  target: target ?? null,
  dailyUse: roundedUse(dailyUse),
});

export const sourceView = ({ kind, ...source }: ReplenishmentSource): SourceView => ({ type: kind, ...source });

/** Null and absent are the same. */
export const sourceOf = ({ type, locationId, supplierId }: SourceRequest): ReplenishmentSource => ({
  kind: type,
  ...(locationId === undefined || locationId === null ? {} : { locationId }),
  ...(supplierId === undefined || supplierId === null ? {} : { supplierId }),
});

export const timeOf = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
