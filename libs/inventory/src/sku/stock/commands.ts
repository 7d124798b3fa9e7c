import type { ArrivalBin } from '../../locations/bin-sale.js';
import type { Command } from '../command.js';
import type { ReceivedPosition } from '../lots/commands.js';
import type { ProductUnit } from './events.js';

export type StockCommand = DescribeProduct | SetSafetyStock | ReceiveStock | AdjustStock | AdjustLocations | RecordStock;

export interface DescribeProduct extends Command, ProductDescription {
  readonly type: 'DescribeProduct';
  readonly verified: boolean;
}

export interface SetSafetyStock extends Command {
  readonly type: 'SetSafetyStock';
  readonly locationId: string;
  readonly quantity: number;
}

export interface ReceiveStock extends Command {
  readonly type: 'ReceiveStock';
  readonly locationId: string;
  readonly quantity: number;
  readonly effectiveAt: number;
  readonly messageId: string;
  readonly documentId?: string;
  readonly connectionId?: string;
  /** Reference of the delivery that arrives; if absent, the decision looks for it. */
  readonly inboundReference?: string;
  /** The lots and bins of the units; they add up to the quantity. */
  readonly positions?: readonly ReceivedPosition[];
  /** Units of which no bin is said lie in this one. */
  readonly arrivalBin?: ArrivalBin;
}

export interface AdjustStock extends Command {
  readonly type: 'AdjustStock';
  readonly locationId: string;
  readonly delta: number;
  readonly effectiveAt: number;
  readonly reasonCode: string;
  readonly reason?: string;
  /** Refuse to take more than is free (default). False for facts such as found damage, which may leave promises uncovered. */
  readonly mayUncoverPromises?: boolean;
  /**
   * Units that were sold to this order beyond what was free (negative), or that come back from it. An ERP's goods issue that names the order
   * acknowledges them, as it acknowledges commits.
   */
  readonly orderId?: string;
  /** The document that the change belongs to, such as an adjustment of several SKUs, and the line of it, from 1. */
  readonly documentId?: string;
  readonly documentLine?: number;
  /** The lot that the units are of; units that leave come from the bin, or from its bins in order. */
  readonly lotId?: string;
  readonly binId?: string;
  /** Whether units in the bin that the units come into may leave; missing: as before. */
  readonly sellable?: boolean;
  /** Refuse a lot that is not expired. */
  readonly mustBeExpired?: boolean;
  /** Tells what happened elsewhere, such as at a channel, where nobody knows lots: no lot is asked for, the units are unassigned. */
  readonly isFact?: boolean;
  /** The units count as use: the reason is one of the tenant's own that says so. */
  readonly countsAsUse?: boolean;
}

/** Changes on hand at several locations in one decision, all or none. */
export interface AdjustLocations extends Command {
  readonly type: 'AdjustLocations';
  /** Each location once. */
  readonly adjustments: readonly LocationAdjustment[];
  readonly effectiveAt: number;
  readonly reasonCode: string;
  readonly reason?: string;
  /** As of `AdjustStock`. */
  readonly mayUncoverPromises?: boolean;
}

export interface LocationAdjustment {
  readonly locationId: string;
  /** Units more, or below 0 fewer; not 0. */
  readonly delta: number;
}

/** Sets on hand to a counted figure. */
export interface RecordStock extends Command {
  readonly type: 'RecordStock';
  readonly locationId: string;
  readonly counted: number;
  readonly effectiveAt: number;
  readonly reasonCode: string;
  readonly reason?: string;
  /** A figure of a file: where it is on hand already, there is nothing to record. */
  readonly changesOnly?: boolean;
  /**
   * False: the figure does not cover the whole location, so later facts of an earlier time are not taken to be contained in it. Default
   * true.
   */
  readonly isComplete?: boolean;
  readonly documentId?: string;
}

export interface ProductDescription {
  readonly name?: string;
  readonly category?: string;
  readonly barcode?: string;
  readonly brandId?: string;
  readonly costMinor?: number;
  readonly lowStockThreshold?: number;
  /** Replaces the former ones. */
  readonly units?: readonly ProductUnit[];
  readonly removalDays?: number;
}
