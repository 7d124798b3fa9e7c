import type { ChannelBounds, ExplainedTake, LocationKind, LotControl, Place, ProductUnit } from '@holdfast/inventory';
import type { Position } from '@holdfast/event-store';

/** What every row says of itself. Times are epoch milliseconds at which the store recorded the event, so a rebuild gives the same ones. */
export interface RowTimes {
  /** Of the newest event that changed the row. */
  position: Position;
  readonly createdAt: number;
  updatedAt: number;
}

export interface ProductRow extends RowTimes {
  readonly tenant: string;
  readonly sku: string;
  name: string | null;
  category: string | null;
  barcode: string | null;
  brandId: string | null;
  costMinor: number | null;
  lowStockThreshold: number | null;
  /** Days before its expiry date that a lot is taken off sale; null for none. */
  removalDays: number | null;
  /** How lots are kept. */
  lotControl: LotControl;
  verified: boolean;
  /** Units of measure that hold more or less than one unit of stock; null for none. */
  units: readonly ProductUnit[] | null;
  /** What each channel may promise at most; null for a SKU without limits. */
  limits: ChannelBounds | null;
}

export interface LocationRow extends RowTimes, Place {
  readonly tenant: string;
  readonly locationId: string;
  name: string;
  kind: LocationKind;
  priority: number;
  /** Of the IANA database; missing: that of the main location, else UTC. */
  timeZone?: string;
  /** Nothing of it may leave. */
  blocked: boolean;
  /** False for a location that only stock events have named. */
  registered: boolean;
}

export interface ChannelRow extends RowTimes {
  readonly tenant: string;
  readonly channelId: string;
  name: string;
  channelType: string;
  enabled: boolean;
  policyId: string;
  bufferUnits: number;
  bufferPercent: number;
  lowThreshold: number;
  criticalThreshold: number;
}

export interface StockRow extends RowTimes {
  readonly tenant: string;
  readonly sku: string;
  readonly locationId: string;
  onHand: number;
  reserved: number;
  inTransit: number;
  safetyStock: number;
  /** Units on hand that may not leave: all of a location that serves nobody, else `heldUnits`. */
  held: number;
  /** Units on hand that may not leave by what is known of the SKU alone. */
  heldUnits: number;
  /** Grows by one with each written change. */
  version: number;
}

/** Units of a lot, in a bin, at a location. On hand less the positions of a location is unassigned. */
export interface PositionRow extends RowTimes {
  readonly tenant: string;
  readonly sku: string;
  readonly locationId: string;
  /** Empty for units without a lot. */
  readonly lotId: string;
  /** Empty for units in no bin. */
  readonly binId: string;
  units: number;
  /** Calendar date of the lot, `YYYY-MM-DD`. */
  expiryDate: string | null;
  /** The instant from which the lot is expired at the location, epoch milliseconds. */
  expiresAt: number | null;
  /** Whether that is recorded already. */
  expired: boolean;
}

/** What a channel may promise of one location. */
export interface LocationAtp {
  readonly locationId: string;
  readonly atp: number;
}

export interface ChannelAtpRow extends RowTimes {
  readonly tenant: string;
  readonly sku: string;
  readonly channelId: string;
  atp: number;
  /** By location id, without locations that have none. */
  readonly locations: readonly LocationAtp[];
  version: number;
}

/** `pending`: an order of several SKUs that is not held in full yet; `refused`: it never was; `waiting`: for supply, with nothing held. */
export type ReservationStatus = 'pending' | 'waiting' | 'held' | 'refused' | 'committed' | 'released' | 'expired';

export interface ReservationLine {
  readonly sku: string;
  readonly requested: number;
  /** Units held at first, and those that waited and came since. */
  readonly quantity: number;
  readonly committed: number;
  /** Let go of while the rest stayed held; missing for none. */
  readonly released?: number;
  readonly sources: readonly ExplainedTake[];
  /** Units that wait for supply. */
  readonly waiting?: { readonly quantity: number };
}

export interface ReservationRow extends RowTimes {
  readonly tenant: string;
  readonly reservationId: string;
  orderId: string;
  status: ReservationStatus;
  channelId: string | null;
  /** Customer or session that the units are for. */
  holderId: string | null;
  lines: readonly ReservationLine[];
  expiresAt: number;
}
