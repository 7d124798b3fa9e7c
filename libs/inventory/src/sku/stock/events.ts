import type { ChangesHeld } from '../holds/events.js';
import type { ChangesPositions } from '../lots/events.js';
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
  /** All of them; none where it is empty. */
  readonly units?: readonly ProductUnit[];
  /** Days before its expiry date that a lot is taken off sale. */
  readonly removalDays?: number;
}

/** A unit of measure that holds more or less than one unit of stock. */
export interface ProductUnit {
  /** As outside systems name it, e.g. `BOX`. */
  readonly unit: string;
  /** Units of stock in one of it, a decimal as text, e.g. `12`. */
  readonly units: string;
}

export interface SafetyStockSet {
  readonly type: 'SafetyStockSet';
  readonly commandId: string;
  readonly locationId: string;
  readonly quantity: number;
}

export interface StockReceived extends ChangesHeld, ChangesPositions {
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

export interface StockAdjusted extends ChangesHeld, ChangesPositions {
  readonly type: 'StockAdjusted';
  readonly locationId: string;
  readonly delta: number;
  readonly effectiveAt: number;
  readonly reasonCode: string;
  readonly reason?: string;
  readonly commandId: string;
  /** The counted figure, if the caller gave one instead of a difference. */
  readonly counted?: number;
  /** The figure that was set without a count of the whole location: it is no point from which other facts are reckoned. */
  readonly recorded?: number;
  /** Of a record by lot and bin: what lay there before and lies there now. With neither lot nor bin, unassigned units. */
  readonly figures?: readonly PositionFigure[];
  /** The document that it belongs to, such as a batch of counts or an adjustment of several SKUs, and its line of it, from 1. */
  readonly documentId?: string;
  readonly documentLine?: number;
  /** The units were sold to this order beyond what was free, or come back from it. */
  readonly orderId?: string;
  /** Of units sold, those that the ERP issued for the order before: `delta` does not lower on hand again for them. */
  readonly alreadyIssuedUnits?: number;
  /** The ERP will post the change under the document: until then, its figures do not contain it. */
  readonly postedBack?: boolean;
  /** The units count as use, or as less of it where they come back. */
  readonly countsAsUse?: boolean;
  /** The hold that released the units as goods that are not for sale. */
  readonly holdId?: string;
}

/** Units of a position before and after it was recorded. */
export interface PositionFigure {
  readonly lotId?: string;
  readonly binId?: string;
  readonly before: number;
  readonly after: number;
}
