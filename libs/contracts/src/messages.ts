import type { CloudEvent } from './envelope.js';

/** What an ERP connector publishes. Times are RFC 3339; quantities whole units. `messageId` is unique per connection. */
export type ErpMessage = ErpLevel | ErpReceipt | ErpIssue;

interface ErpMessageBase {
  readonly messageId: string;
  readonly connectionId: string;
  readonly warehouseId: string;
  readonly sku: string;
  readonly quantity: number;
}

/** The ERP's absolute figure as of a time of its own clock; may be negative. */
export interface ErpLevel extends ErpMessageBase {
  readonly type: 'level';
  readonly asOf: string;
  /** Document that changed the figure, such as the posting of units that the ERP blocked. */
  readonly documentId?: string;
}

export interface ErpReceipt extends ErpMessageBase {
  readonly type: 'receipt';
  readonly postedAt: string;
  readonly documentId?: string;
  /** Of the units; missing: they have none. */
  readonly lotId?: string;
  /** Last day on which the lot may be sold, `YYYY-MM-DD`; only with a lot. */
  readonly expiryDate?: string;
  /** Of the delivery that was announced; found by document and location where it is missing. */
  readonly inboundReference?: string;
}

/** Goods issue; naming the order acknowledges its commit. */
export interface ErpIssue extends ErpMessageBase {
  readonly type: 'issue';
  readonly postedAt: string;
  readonly documentId?: string;
  readonly orderId?: string;
  /** Of the units. Where a commit of the order took another lot, the lots are exchanged. */
  readonly lotId?: string;
  /** As the ERP has it; only with a lot. An issue changes no date. */
  readonly expiryDate?: string;
}

export type ErpStockMessage = CloudEvent<'holdfast.erp.level.v1' | 'holdfast.erp.receipt.v1' | 'holdfast.erp.issue.v1', ErpMessage>;

/** Stock of one SKU at one location after a change. `version` counts up by one per key without a gap. */
export interface AtpChanged {
  readonly sku: string;
  readonly locationId: string;
  readonly onHand: number;
  readonly reserved: number;
  /** Units on hand that may not leave; missing in messages of versions without holds. */
  readonly held?: number;
  readonly available: number;
  readonly safetyStock: number;
  readonly inTransit: number;
  readonly version: number;
  /** Position of the newest event that it reflects, decimal. */
  readonly position: string;
  /** Ids of the commands (for ERP messages: `messageId`) that made the change, newest last, at most 20. */
  readonly causes: readonly string[];
}

export type AtpMessage = CloudEvent<'holdfast.inventory.atp.v1', AtpChanged>;

/** What one channel may promise of one SKU, over all locations. */
export interface ChannelAtpChanged {
  readonly sku: string;
  readonly channelId: string;
  readonly atp: number;
  /**
   * The same by location, without locations that have none; missing in messages of versions that did not tell it. Where a cap of the channel,
   * floors of others or units that a location owes bind, the locations together have more than `atp`.
   */
  readonly locations?: readonly { readonly locationId: string; readonly atp: number }[];
  readonly version: number;
  readonly position: string;
}

export type ChannelAtpMessage = CloudEvent<'holdfast.inventory.channel-atp.v1', ChannelAtpChanged>;

/** A domain event with its place; `event` is the data of its newest version. */
export interface StockEventData {
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly event: Readonly<Record<string, unknown>>;
}

/** Every domain event, type `holdfast.stock.<EventType>`. */
export type StockEventMessage = CloudEvent<`holdfast.stock.${string}`, StockEventData>;

/** Stock of a SKU, over all locations or at one, or promises of a location. */
export interface LowStockAlert {
  readonly kind: 'low_stock' | 'stock_out' | 'back_in_stock' | 'recovered' | 'oversell_risk' | 'promise_uncovered';
  readonly sku: string;
  readonly locationId?: string;
  readonly available: number;
  readonly threshold: number;
  /** Rule that has the threshold; missing where it is the product's own or the usual one. */
  readonly ruleId?: string;
  /** What is over, in `recovered`. */
  readonly recoveredFrom?: 'low_stock' | 'oversell_risk' | 'promise_uncovered';
  /** Changes before this one that were not told, because the same was told shortly before. */
  readonly suppressed?: number;
  /** Order of a channel that sold what was not there. */
  readonly channelId?: string;
  readonly orderId?: string;
  /** Units promised that cannot be kept: of that order, or of the location. */
  readonly uncoveredUnits?: number;
}

export type AlertMessage = CloudEvent<'holdfast.inventory.alert.v1', LowStockAlert>;

/** Trouble of a sales channel that lasts, and its end. */
export interface ChannelAlert {
  readonly kind: 'sync_failing' | 'sync_recovered' | 'drift' | 'drift_recovered';
  readonly channelId: string;
  /** When it was first seen. */
  readonly since: string;
  /** Why telling the channel fails, in its vendor's words, and how many calls in a row did. */
  readonly says?: string;
  readonly failures?: number;
  /** Open entries of the drift ledger that nothing of ours explains, and when the oldest open one was found. */
  readonly openEntries?: number;
  readonly oldestAt?: string;
}

export type ChannelAlertMessage = CloudEvent<'holdfast.channel.alert.v1', ChannelAlert>;

/** An ERP connection that was not read within its bound, and the end of it. */
export interface ErpAlert {
  readonly kind: 'erp_silent' | 'erp_recovered';
  readonly connectionId: string;
  /** When it was read last, or began to be polled. */
  readonly since: string;
  /** Why it cannot be read, where that is known. */
  readonly says?: string;
}

export type ErpAlertMessage = CloudEvent<'holdfast.erp.alert.v1', ErpAlert>;

/** Work or goods of a warehouse that need somebody. */
export type WarehouseTrouble =
  | 'expiring_soon'
  | 'expired_stock'
  | 'lot_discrepancy'
  | 'count_overdue'
  | 'put_away_overdue'
  | 'request_waiting'
  | 'request_reservation_lost'
  | 'replenishment_failed';

/** A trouble in a warehouse that lasts, told when it begins and, as `recovered`, when it is over. */
export interface WarehouseAlert {
  readonly kind: WarehouseTrouble | 'recovered';
  /** What is over, in `recovered`. */
  readonly recoveredFrom?: WarehouseTrouble;
  /** What it is about: the same subject begins and ends. */
  readonly subject: string;
  /** Units, lines or days, by kind. */
  readonly figure: number;
  /** When the trouble began. */
  readonly since: string;
  readonly sku?: string;
  readonly locationId?: string;
  readonly lotId?: string;
  /** Calendar date, `YYYY-MM-DD`. */
  readonly expiryDate?: string;
  /** Count batch, put-away task, stock request or order of replenishment. */
  readonly documentId?: string;
  /** In words, where more is known. */
  readonly says?: string;
}

export type WarehouseAlertMessage = CloudEvent<'holdfast.warehouse.alert.v1', WarehouseAlert>;

/** How far an ERP connection that is polled was read. */
export interface ErpReading {
  readonly connectionId: string;
  /** Locations that its warehouses are mapped to. */
  readonly locationIds: readonly string[];
  /** When the last complete poll began, by the ERP's clock; missing before the first one. */
  readonly asOf?: string;
  /** The figures count as stale when they are older, seconds. */
  readonly staleAfterSeconds: number;
}

export type ErpReadingMessage = CloudEvent<'holdfast.erp.reading.v1', ErpReading>;

/** A message that could not be processed, as it came. */
export interface DeadLetter {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** Epoch milliseconds at which the bus took the message; missing in letters of versions that did not tell it. */
  readonly timestamp?: number;
  readonly key: string;
  readonly value: string | null;
  readonly reason: { readonly code: string; readonly message: string };
}
