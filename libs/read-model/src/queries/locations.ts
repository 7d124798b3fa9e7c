import type { LocationKind, Place } from '@holdfast/inventory';
import { MAIN_LOCATION } from '@holdfast/inventory';
import { PLACE_COLUMNS, storedPlace } from '../storage/stored-place.js';
import type { StoredPlace } from '../storage/stored-place.js';
import type { PageOf, PageRequest, Tables } from './tables.js';
import { Conditions, containing, pageOfRows } from './tables.js';

export interface LocationView extends Place {
  readonly locationId: string;
  readonly name: string;
  readonly kind: LocationKind;
  readonly priority: number;
  readonly timeZone?: string;
  /** Nothing of it may leave. */
  readonly blocked: boolean;
  /** False for a location that only stock events have named. */
  readonly registered: boolean;
}

export interface LocationTotals extends LocationView {
  readonly skus: number;
  readonly onHand: number;
  readonly reserved: number;
  readonly held: number;
  /** Sum of what is available of each SKU. */
  readonly available: number;
  readonly inTransit: number;
}

export interface LocationFilter {
  readonly locationId?: string | undefined;
  readonly kind?: LocationKind | undefined;
  /** Part of the id or the name. */
  readonly search?: string | undefined;
}

interface StoredView extends StoredPlace {
  readonly location_id: string;
  readonly name: string;
  readonly kind: LocationKind;
  readonly priority: number;
  readonly time_zone: string | null;
  readonly blocked: boolean;
  readonly registered: boolean;
}

const viewOf = (stored: StoredView): LocationView => ({
  locationId: stored.location_id,
  name: stored.name,
  kind: stored.kind,
  priority: stored.priority,
  ...(stored.time_zone === null ? {} : { timeZone: stored.time_zone }),
  blocked: stored.blocked,
  registered: stored.registered,
  ...storedPlace(stored),
});

const { locationId: MAIN, name: MAIN_NAME, kind: MAIN_KIND, priority: MAIN_PRIORITY } = MAIN_LOCATION;

/** Every tenant has its main location, also before anything happened there. */
const known = ({ schema }: Tables): string =>
  `(SELECT tenant, location_id, name, kind, priority, time_zone, blocked, registered, ${PLACE_COLUMNS} FROM ${schema}.locations WHERE tenant = $1
    UNION ALL
    SELECT $1, '${MAIN}', '${MAIN_NAME}', '${MAIN_KIND}', ${MAIN_PRIORITY}, null, false, true, null, null, null, null, null
    WHERE NOT EXISTS (SELECT 1 FROM ${schema}.locations WHERE tenant = $1 AND location_id = '${MAIN}')) l`;

const conditionsOf = (tenant: string, filter: LocationFilter): Conditions =>
  new Conditions()
    .where('l.tenant = ?', tenant)
    .where('l.location_id = ?', filter.locationId)
    .where('l.kind = ?', filter.kind)
    .where('(l.location_id ILIKE ? OR l.name ILIKE ?)', containing(filter.search));

/** Locations of a tenant in the order in which they serve. */
export async function findLocations(
  tables: Tables,
  tenant: string,
  filter: LocationFilter,
  page: PageRequest,
): Promise<PageOf<LocationView>> {
  const query = { select: 'l.*', from: known(tables), order: 'l.priority, l.location_id', conditions: conditionsOf(tenant, filter) };
  const { rows, total } = await pageOfRows<StoredView>(tables, query, page);
  return { rows: rows.map(viewOf), total };
}

/** Priorities of the locations named, those that are known. */
export async function findPriorities(tables: Tables, tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await tables.pool.query<{ id: string; priority: number }>({
    name: `${tables.schema}.priorities`,
    text: `SELECT location_id AS id, priority FROM ${known(tables)} WHERE location_id = ANY ($2)`,
    values: [tenant, ids],
  });
  return new Map(rows.map(({ id, priority }) => [id, priority]));
}

export async function findLocation(tables: Tables, tenant: string, locationId: string): Promise<LocationView | undefined> {
  return (await findLocations(tables, tenant, { locationId }, { limit: 1, offset: 0 })).rows[0];
}

interface StoredTotals extends StoredView {
  readonly skus: string;
  readonly on_hand: string;
  readonly reserved: string;
  readonly held: string;
  readonly available: string;
  readonly in_transit: string;
}

/** Locations with the sums of their stock. */
export async function findLocationTotals(
  tables: Tables,
  tenant: string,
  filter: LocationFilter,
  page: PageRequest,
): Promise<PageOf<LocationTotals>> {
  const sums = `LEFT JOIN LATERAL (
      SELECT count(*) AS skus, coalesce(sum(on_hand), 0) AS on_hand, coalesce(sum(reserved), 0) AS reserved, coalesce(sum(held), 0) AS held,
             coalesce(sum(greatest(0, on_hand - reserved - held)), 0) AS available, coalesce(sum(in_transit), 0) AS in_transit
      FROM ${tables.schema}.stock s WHERE s.tenant = l.tenant COLLATE "C" AND s.location_id = l.location_id COLLATE "C") t ON true`;
  const query = {
    select: 'l.*, t.*',
    from: `${known(tables)} ${sums}`,
    order: 'l.priority, l.location_id',
    conditions: conditionsOf(tenant, filter),
  };
  const { rows, total } = await pageOfRows<StoredTotals>(tables, query, page);
  const view = (row: StoredTotals): LocationTotals => ({
    ...viewOf(row),
    skus: Number(row.skus),
    onHand: Number(row.on_hand),
    reserved: Number(row.reserved),
    held: Number(row.held),
    available: Number(row.available),
    inTransit: Number(row.in_transit),
  });
  return { rows: rows.map(view), total };
}
