import type { Intent, LinePart } from './line-parts.js';
import type { OrderStatus } from './line-status.js';

export interface OrderRef {
  readonly tenant: string;
  readonly channelId: string;
  readonly orderId: string;
}

/** A line as it is stored, with the SKU that its listing is mapped to now. */
export interface StoredLine {
  readonly lineId: string;
  readonly listingId: string;
  readonly remoteId: string | null;
  /** Fixed by the first thing that was done to stock. */
  readonly sku: string | null;
  readonly mappedSku: string | null;
  readonly ordered: number;
  readonly cancelled: number;
  readonly restocked: number;
  readonly lost: number;
  readonly status: OrderStatus;
  readonly says: string | null;
  readonly parts: readonly LinePart[];
  readonly intent: Intent | null;
}
