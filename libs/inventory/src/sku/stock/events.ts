import type { InboundArrival } from '../supply/events.js';

export type StockEvent = ProductDescribed | SafetyStockSet | StockReceived | StockAdjusted;

/** The product's master data became known or changed; `verified: false` when only an ERP event named the SKU so far. */
export interface ProductDescribed {
  readonly type: 'ProductDescribed';
  readonly commandId: string;
  readonly verified: boolean;
  readonly name?: string;
  readonly category?: string;
  readonly barcode?: string;
  readonly brandId?: string;
  /** Cost of one unit in minor units of the tenant's currency. */
  readonly costMinor?: number;
  /** Below this many available units over all locations the SKU counts as low. */
  readonly lowStockThreshold?: number;
}

export interface SafetyStockSet {
  readonly type: 'SafetyStockSet';
  readonly commandId: string;
  readonly locationId: string;
  readonly quantity: number;
}

export interface StockReceived {
  readonly type: 'StockReceived';
  readonly locationId: string;
  readonly quantity: number;
  readonly effectiveAt: number;
  readonly messageId: string;
  readonly documentId?: string;
  /** The ERP connection that posted it; later figures of it contain the receipt. */
  readonly connectionId?: string;
  /** Units of an own move or transfer with this document id that this posting acknowledges; on hand contained them already. */
  readonly acknowledgedUnits: number;
  /** The expected deliveries that this receipt is, whole or in part. */
  readonly inbound?: readonly InboundArrival[];
  /** The change of on hand by this event; 0 for units that a figure of the ERP contained before the message came. */
  readonly delta: number;
}

export interface StockAdjusted {
  readonly type: 'StockAdjusted';
  readonly locationId: string;
  readonly delta: number;
  readonly effectiveAt: number;
  readonly reasonCode: string;
  readonly reason?: string;
  readonly commandId: string;
  /** The counted figure, if the caller gave one instead of a difference. */
  readonly counted?: number;
  /** The units were sold to this order beyond what was free, or come back from it. */
  readonly orderId?: string;
  /** Of units sold, those that the ERP issued for the order before: `delta` does not lower on hand again for them. */
  readonly alreadyIssuedUnits?: number;
}
