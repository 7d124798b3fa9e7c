import type { Position } from '@holdfast/event-store';
import { LEFTOVER_PATIENCE_MS, patienceMs } from '../limits.js';
import { NOT_IN_HEAP, type Due } from './due-heap.js';

/** An order of one SKU that has not ended. */
export interface OpenHold extends Due {
  readonly kind: 'hold';
  readonly tenant: string;
  readonly reservationId: string;
  readonly sku: string;
  expiresAt: number;
}

/** An order of several SKUs that has not ended, or that still holds units. */
export interface OpenOrder extends Due {
  readonly kind: 'order';
  readonly tenant: string;
  readonly reservationId: string;
  ttlMs: number;
  /**
   * `unheard of`: only holds are known, because the first try places them before it writes the stream. `under way`: a process should be
   * working on it. `waiting`: held, for its caller to end. `ending`: its holds are being released. `ended`: only left-behind holds remain.
   */
  stage: 'unheard of' | 'under way' | 'waiting' | 'ending' | 'ended';
  expiresAt: number;
  /** When the newest event of it was seen, or was made where it was read later. */
  changedAt: number;
  /** SKUs with a hold of the order. */
  readonly openSkus: Set<string>;
}

export type OpenWork = OpenHold | OpenOrder;

/** A change for the checkpoint: the item as it is now, or undefined where it ended. */
export interface OpenWorkChange {
  readonly key: string;
  readonly item: OpenWork | undefined;
  /** Position of the event that changed it. */
  readonly position: Position;
}

const SEPARATOR = '\n';

export const holdKey = (tenant: string, reservationId: string): string => ['hold', tenant, reservationId].join(SEPARATOR);
export const orderKey = (tenant: string, reservationId: string): string => ['order', tenant, reservationId].join(SEPARATOR);

export const keyOf = ({ kind, tenant, reservationId }: OpenWork): string =>
  kind === 'hold' ? holdKey(tenant, reservationId) : orderKey(tenant, reservationId);

export const openHold = (hold: Pick<OpenHold, 'tenant' | 'reservationId' | 'sku' | 'expiresAt'>): OpenHold => ({
  kind: 'hold',
  ...hold,
  dueAt: hold.expiresAt,
  heapIndex: NOT_IN_HEAP,
});

export const openOrder = (order: Omit<OpenOrder, 'kind' | keyof Due>): OpenOrder => {
  const item: OpenOrder = { kind: 'order', ...order, dueAt: 0, heapIndex: NOT_IN_HEAP };
  item.dueAt = orderDueAt(item);
  return item;
};

/** Returns when the watch must act on the order. */
export function orderDueAt({ stage, expiresAt, changedAt, ttlMs }: OpenOrder): number {
  switch (stage) {
    case 'waiting':
      return expiresAt;
    case 'unheard of':
    case 'under way':
      return changedAt + patienceMs(ttlMs);
    // Its end is decided, and several processes may release its holds at once, so the watch waits less than `patienceMs`.
    case 'ending':
    case 'ended':
      return changedAt + LEFTOVER_PATIENCE_MS;
    default:
      return stage satisfies never;
  }
}
