import type { ChannelBounds, LocationKind, LotControl, ProductUnit } from '@holdfast/inventory';
import { storedParts } from './stored-parts.js';
import type { StoredParts } from './stored-parts.js';
import { storedPlace } from './stored-place.js';
import type { StoredPlace } from './stored-place.js';
import type {
  ChannelAtpRow,
  ChannelRow,
  LocationRow,
  PositionRow,
  ProductRow,
  ReservationLine,
  ReservationRow,
  ReservationStatus,
  RowTimes,
  StockRow,
} from '../fold/rows.js';

/** bigint comes as text from Postgres, timestamps as dates. */
interface StoredTimes {
  readonly position: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const timesOf = (stored: StoredTimes): RowTimes => ({
  position: BigInt(stored.position),
  createdAt: stored.created_at.getTime(),
  updatedAt: stored.updated_at.getTime(),
});

const numberOrNull = (value: string | null): number | null => (value === null ? null : Number(value));

export interface StoredProduct extends StoredTimes {
  readonly tenant: string;
  readonly sku: string;
  readonly name: string | null;
  readonly category: string | null;
  readonly barcode: string | null;
  readonly brand_id: string | null;
  readonly cost_minor: string | null;
  readonly low_stock_threshold: string | null;
  readonly removal_days: number | null;
  readonly lot_control: LotControl;
  readonly verified: boolean;
  readonly units: readonly ProductUnit[] | null;
  readonly limits: ChannelBounds | null;
}

export const productRow = (stored: StoredProduct): ProductRow => ({
  tenant: stored.tenant,
  sku: stored.sku,
  name: stored.name,
  category: stored.category,
  barcode: stored.barcode,
  brandId: stored.brand_id,
  costMinor: numberOrNull(stored.cost_minor),
  lowStockThreshold: numberOrNull(stored.low_stock_threshold),
  removalDays: stored.removal_days,
  lotControl: stored.lot_control,
  verified: stored.verified,
  units: stored.units,
  limits: stored.limits,
  ...timesOf(stored),
});

export interface StoredLocation extends StoredTimes, StoredPlace {
  readonly tenant: string;
  readonly location_id: string;
  readonly name: string;
  readonly kind: LocationKind;
  readonly priority: number;
  readonly time_zone: string | null;
  readonly blocked: boolean;
  readonly registered: boolean;
}

export const locationRow = (stored: StoredLocation): LocationRow => ({
  tenant: stored.tenant,
  locationId: stored.location_id,
  name: stored.name,
  kind: stored.kind,
  priority: stored.priority,
  ...(stored.time_zone === null ? {} : { timeZone: stored.time_zone }),
  blocked: stored.blocked,
  registered: stored.registered,
  ...storedPlace(stored),
  ...timesOf(stored),
});

export interface StoredChannel extends StoredTimes {
  readonly tenant: string;
  readonly channel_id: string;
  readonly name: string;
  readonly channel_type: string;
  readonly enabled: boolean;
  readonly policy_id: string;
  readonly buffer_units: string;
  readonly buffer_percent: number;
  readonly low_threshold: string;
  readonly critical_threshold: string;
}

export const channelRow = (stored: StoredChannel): ChannelRow => ({
  tenant: stored.tenant,
  channelId: stored.channel_id,
  name: stored.name,
  channelType: stored.channel_type,
  enabled: stored.enabled,
  policyId: stored.policy_id,
  bufferUnits: Number(stored.buffer_units),
  bufferPercent: stored.buffer_percent,
  lowThreshold: Number(stored.low_threshold),
  criticalThreshold: Number(stored.critical_threshold),
  ...timesOf(stored),
});

export interface StoredStock extends StoredTimes {
  readonly tenant: string;
  readonly sku: string;
  readonly location_id: string;
  readonly on_hand: string;
  readonly reserved: string;
  readonly in_transit: string;
  readonly safety_stock: string;
  readonly held: string;
  readonly held_units: string;
  readonly version: string;
}

export const stockRow = (stored: StoredStock): StockRow => ({
  tenant: stored.tenant,
  sku: stored.sku,
  locationId: stored.location_id,
  onHand: Number(stored.on_hand),
  reserved: Number(stored.reserved),
  inTransit: Number(stored.in_transit),
  safetyStock: Number(stored.safety_stock),
  held: Number(stored.held),
  heldUnits: Number(stored.held_units),
  version: Number(stored.version),
  ...timesOf(stored),
});

export interface StoredPosition extends StoredTimes {
  readonly tenant: string;
  readonly sku: string;
  readonly location_id: string;
  readonly lot_id: string;
  readonly bin_id: string;
  readonly units: string;
  readonly expiry_date: string | null;
  readonly expires_at: Date | null;
  readonly expired: boolean;
}

export const positionRow = (stored: StoredPosition): PositionRow => ({
  tenant: stored.tenant,
  sku: stored.sku,
  locationId: stored.location_id,
  lotId: stored.lot_id,
  binId: stored.bin_id,
  units: Number(stored.units),
  expiryDate: stored.expiry_date,
  expiresAt: stored.expires_at?.getTime() ?? null,
  expired: stored.expired,
  ...timesOf(stored),
});

export interface StoredChannelAtp extends StoredTimes {
  readonly tenant: string;
  readonly sku: string;
  readonly channel_id: string;
  readonly atp: string;
  readonly locations: StoredParts;
  readonly version: string;
}

export const channelAtpRow = (stored: StoredChannelAtp): ChannelAtpRow => ({
  tenant: stored.tenant,
  sku: stored.sku,
  channelId: stored.channel_id,
  atp: Number(stored.atp),
  locations: storedParts(stored.locations),
  version: Number(stored.version),
  ...timesOf(stored),
});

export interface StoredReservation extends StoredTimes {
  readonly tenant: string;
  readonly reservation_id: string;
  readonly order_id: string;
  readonly status: ReservationStatus;
  readonly channel_id: string | null;
  readonly holder_id: string | null;
  readonly lines: readonly ReservationLine[];
  readonly expires_at: Date;
}

export const reservationRow = (stored: StoredReservation): ReservationRow => ({
  tenant: stored.tenant,
  reservationId: stored.reservation_id,
  orderId: stored.order_id,
  status: stored.status,
  channelId: stored.channel_id,
  holderId: stored.holder_id,
  lines: stored.lines,
  expiresAt: stored.expires_at.getTime(),
  ...timesOf(stored),
});
