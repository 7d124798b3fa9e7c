import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';

/** Of the SKU's or the location's stream: what may change the instants of lots that are known already. */
export const REDATING_TYPES = [
  ...STREAMS.stock.storedTypes(['ProductDescribed']),
  ...STREAMS.locations.storedTypes(['LocationRegistered', 'LocationChanged']),
];

/** SKUs that have, or had, a lot with a date. */
const DATED = '(SELECT tenant, sku FROM workflow.lot_expiry UNION SELECT tenant, sku FROM workflow.expired_lots)';
const AGAIN = `ON CONFLICT (tenant, sku) DO UPDATE SET version = r.version + 1, passes = 0, due_at = excluded.due_at`;

const OF_SKUS = `
  INSERT INTO workflow.lot_redating AS r (tenant, sku, due_at)
  SELECT tenant, sku, to_timestamp(max(at) / 1000) FROM unnest($1::text[], $2::text[], $3::float8[]) AS c (tenant, sku, at)
    JOIN ${DATED} AS dated USING (tenant, sku) GROUP BY 1, 2 ORDER BY 1, 2 ${AGAIN}`;
const OF_TENANTS = `
  INSERT INTO workflow.lot_redating AS r (tenant, sku, due_at)
  SELECT tenant, sku, to_timestamp($2::float8 / 1000) FROM ${DATED} AS dated WHERE tenant = ANY($1::text[]) ORDER BY 1, 2 ${AGAIN}`;
const ZONES = `
  INSERT INTO workflow.location_zone AS z (tenant, location_id, time_zone)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) AS c (tenant, location_id, time_zone) ORDER BY 1, 2
  ON CONFLICT (tenant, location_id) DO UPDATE SET time_zone = excluded.time_zone WHERE z.time_zone <> excluded.time_zone
  RETURNING tenant, location_id, time_zone, xmax = 0 AS is_first`;

interface StoredZone {
  readonly tenant: string;
  readonly location_id: string;
  readonly time_zone: string;
  readonly is_first: boolean;
}

/** Notes the SKUs of which lots may have other instants after these events. They are worked off later, so that no caller waits for them. */
export async function noteRedating(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  await noteProducts(client, events);
  await noteZones(client, events);
}

async function noteProducts(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  const rows = events.flatMap((recorded) => {
    if (!STREAMS.stock.holds(recorded)) return [];
    const event = STREAMS.stock.decode(recorded);
    if (event.type !== 'ProductDescribed' || event.removalDays === undefined) return [];
    return [{ tenant: recorded.metadata.tenant, sku: STREAMS.stock.idOf(recorded), at: recorded.metadata.at }];
  });
  if (rows.length === 0) return;
  await client.query(OF_SKUS, [rows.map(({ tenant }) => tenant), rows.map(({ sku }) => sku), rows.map(({ at }) => at)]);
}

async function noteZones(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  const zones = new Map<string, { readonly tenant: string; readonly locationId: string; readonly timeZone: string }>();
  const changedLater = new Set<string>();
  let latest = 0;
  for (const recorded of events) {
    if (!STREAMS.locations.holds(recorded)) continue;
    const event = STREAMS.locations.decode(recorded);
    if (event.type === 'BinsSet') continue;
    const { tenant, at } = recorded.metadata;
    const { locationId, timeZone = '' } = event;
    const key = JSON.stringify([tenant, locationId]);
    zones.set(key, { tenant, locationId, timeZone });
    if (event.type === 'LocationChanged') changedLater.add(key);
    latest = Math.max(latest, at);
  }
  if (zones.size === 0) return;
  const rows = [...zones.values()];
  const stored = await client.query<StoredZone>(ZONES, [
    rows.map(({ tenant }) => tenant),
    rows.map(({ locationId }) => locationId),
    rows.map(({ timeZone }) => timeZone),
  ]);
  // A location without a zone has that of the main one, also before it is registered. One that was registered before zones were kept may lose its own.
  const isChange = ({ tenant, location_id, time_zone, is_first }: StoredZone): boolean =>
    !is_first || time_zone !== '' || changedLater.has(JSON.stringify([tenant, location_id]));
  const changed = stored.rows.filter(isChange).map(({ tenant }) => tenant);
  if (changed.length > 0) await client.query(OF_TENANTS, [[...new Set(changed)], latest]);
}
