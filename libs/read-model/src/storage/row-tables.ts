import type { ChangeSet } from '../fold/change-set.js';
import type { RowTimes } from '../fold/rows.js';
import { partsJson } from './stored-parts.js';

interface Typed<Row, Type extends string, Value> {
  readonly name: string;
  readonly type: Type;
  readonly value: (row: Row) => Value | null;
}

/** A column of a multi-row write: its name, its Postgres type, and what it holds of a row. */
export type Column<Row> =
  | Typed<Row, 'text' | 'jsonb', string>
  | Typed<Row, 'bigint' | 'time', number | bigint>
  | Typed<Row, 'integer' | 'double precision', number>
  | Typed<Row, 'boolean', boolean>;

const timeColumns = <Row extends RowTimes>(): readonly Column<Row>[] => [
  { name: 'position', type: 'bigint', value: (row) => row.position },
  { name: 'created_at', type: 'time', value: (row) => row.createdAt },
  { name: 'updated_at', type: 'time', value: (row) => row.updatedAt },
];

/** A table as turns are written to it. */
export interface Table<Row> {
  readonly name: string;
  readonly keys: readonly string[];
  readonly columns: readonly Column<Row>[];
}

type RowsOf<Name extends keyof ChangeSet> = Name extends 'stock' ? ChangeSet['stock'][number]['row'] : ChangeSet[Name][number];

export const products: Table<RowsOf<'products'>> = {
  name: 'products',
  keys: ['tenant', 'sku'],
  columns: [
    { name: 'tenant', type: 'text', value: (row) => row.tenant },
    { name: 'sku', type: 'text', value: (row) => row.sku },
    { name: 'name', type: 'text', value: (row) => row.name },
    { name: 'category', type: 'text', value: (row) => row.category },
    { name: 'barcode', type: 'text', value: (row) => row.barcode },
    { name: 'brand_id', type: 'text', value: (row) => row.brandId },
    { name: 'cost_minor', type: 'bigint', value: (row) => row.costMinor },
    { name: 'low_stock_threshold', type: 'bigint', value: (row) => row.lowStockThreshold },
    { name: 'removal_days', type: 'integer', value: (row) => row.removalDays },
    { name: 'lot_control', type: 'text', value: (row) => row.lotControl },
    { name: 'verified', type: 'boolean', value: (row) => row.verified },
    { name: 'units', type: 'jsonb', value: (row) => (row.units === null ? null : JSON.stringify(row.units)) },
    { name: 'limits', type: 'jsonb', value: (row) => (row.limits === null ? null : JSON.stringify(row.limits)) },
    ...timeColumns<RowsOf<'products'>>(),
  ],
};

export const locations: Table<RowsOf<'locations'>> = {
  name: 'locations',
  keys: ['tenant', 'location_id'],
  columns: [
    { name: 'tenant', type: 'text', value: (row) => row.tenant },
    { name: 'location_id', type: 'text', value: (row) => row.locationId },
    { name: 'name', type: 'text', value: (row) => row.name },
    { name: 'kind', type: 'text', value: (row) => row.kind },
    { name: 'priority', type: 'integer', value: (row) => row.priority },
    { name: 'time_zone', type: 'text', value: (row) => row.timeZone ?? null },
    { name: 'blocked', type: 'boolean', value: (row) => row.blocked },
    { name: 'registered', type: 'boolean', value: (row) => row.registered },
    { name: 'latitude', type: 'double precision', value: (row) => row.latitude ?? null },
    { name: 'longitude', type: 'double precision', value: (row) => row.longitude ?? null },
    { name: 'country', type: 'text', value: (row) => row.country ?? null },
    { name: 'postal_code', type: 'text', value: (row) => row.postalCode ?? null },
    { name: 'region', type: 'text', value: (row) => row.region ?? null },
    ...timeColumns<RowsOf<'locations'>>(),
  ],
};

export const stock: Table<RowsOf<'stock'>> = {
  name: 'stock',
  keys: ['tenant', 'sku', 'location_id'],
  columns: [
    { name: 'tenant', type: 'text', value: (row) => row.tenant },
    { name: 'sku', type: 'text', value: (row) => row.sku },
    { name: 'location_id', type: 'text', value: (row) => row.locationId },
    { name: 'on_hand', type: 'bigint', value: (row) => row.onHand },
    { name: 'reserved', type: 'bigint', value: (row) => row.reserved },
    { name: 'in_transit', type: 'bigint', value: (row) => row.inTransit },
    { name: 'safety_stock', type: 'bigint', value: (row) => row.safetyStock },
    { name: 'held', type: 'bigint', value: (row) => row.held },
    { name: 'held_units', type: 'bigint', value: (row) => row.heldUnits },
    { name: 'version', type: 'bigint', value: (row) => row.version },
    ...timeColumns<RowsOf<'stock'>>(),
  ],
};

export const positions: Table<RowsOf<'positions'>> = {
  name: 'positions',
  keys: ['tenant', 'sku', 'location_id', 'lot_id', 'bin_id'],
  columns: [
    { name: 'tenant', type: 'text', value: (row) => row.tenant },
    { name: 'sku', type: 'text', value: (row) => row.sku },
    { name: 'location_id', type: 'text', value: (row) => row.locationId },
    { name: 'lot_id', type: 'text', value: (row) => row.lotId },
    { name: 'bin_id', type: 'text', value: (row) => row.binId },
    { name: 'units', type: 'bigint', value: (row) => row.units },
    { name: 'expiry_date', type: 'text', value: (row) => row.expiryDate },
    { name: 'expires_at', type: 'time', value: (row) => row.expiresAt },
    { name: 'expired', type: 'boolean', value: (row) => row.expired },
    ...timeColumns<RowsOf<'positions'>>(),
  ],
};

export const channelAtp: Table<RowsOf<'channelAtp'>> = {
  name: 'channel_atp',
  keys: ['tenant', 'sku', 'channel_id'],
  columns: [
    { name: 'tenant', type: 'text', value: (row) => row.tenant },
    { name: 'sku', type: 'text', value: (row) => row.sku },
    { name: 'channel_id', type: 'text', value: (row) => row.channelId },
    { name: 'atp', type: 'bigint', value: (row) => row.atp },
    { name: 'locations', type: 'jsonb', value: (row) => partsJson(row.locations) },
    { name: 'version', type: 'bigint', value: (row) => row.version },
    ...timeColumns<RowsOf<'channelAtp'>>(),
  ],
};

export const reservations: Table<RowsOf<'reservations'>> = {
  name: 'reservations',
  keys: ['tenant', 'reservation_id'],
  columns: [
    { name: 'tenant', type: 'text', value: (row) => row.tenant },
    { name: 'reservation_id', type: 'text', value: (row) => row.reservationId },
    { name: 'order_id', type: 'text', value: (row) => row.orderId },
    { name: 'status', type: 'text', value: (row) => row.status },
    { name: 'channel_id', type: 'text', value: (row) => row.channelId },
    { name: 'holder_id', type: 'text', value: (row) => row.holderId },
    { name: 'lines', type: 'jsonb', value: (row) => JSON.stringify(row.lines) },
    { name: 'expires_at', type: 'time', value: (row) => row.expiresAt },
    ...timeColumns<RowsOf<'reservations'>>(),
  ],
};
