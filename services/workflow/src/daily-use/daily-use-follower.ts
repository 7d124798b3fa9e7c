import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { SkuEvent } from '@holdfast/inventory';
import { int4Array, int8Array, textArray } from '@holdfast/kit';
import type { Follower } from '../following/follow-events.js';
import { dayChanges, dayKey, foldDays, type DayChange, type DayRow } from './fold-days.js';

const TYPES = [
  'LevelReported',
  'StockReceived',
  'StockIssued',
  'StockAdjusted',
  'StockMoved',
  'TransferShipped',
  'TransferReceived',
  'TransferReturned',
  'ReservationCommitted',
  'ReservationCommitReversed',
] as const satisfies readonly SkuEvent['type'][];

/** Keeps what was used and what was on hand, by day, SKU and location. Its checkpoint is its own: it delays no other reader. */
export const dailyUseFollower: Follower = {
  name: 'daily-use',
  filter: { streamPrefixes: [STREAMS.stock.prefix], types: STREAMS.stock.storedTypes(TYPES) },
  apply: applyDays,
};

const KNOWN = `
  SELECT tenant, sku, revision FROM workflow.daily_use_stream
   WHERE (tenant, sku) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY tenant, sku FOR UPDATE`;

/**
 * The newest row of each place. It is found as the last one not beyond the place in the order of the key: with equal signs and an order by day
 * alone, Postgres may walk all rows of the location by the index on days, until it has statistics of the table.
 */
const LATEST = `
  SELECT k.tenant, k.sku, k.location_id AS "locationId", d.day, d.sold::float8 AS sold, d.returned::float8 AS returned,
         d.most_on_hand::float8 AS "mostOnHand", d.closing_on_hand::float8 AS "closingOnHand"
    FROM unnest($1::text[], $2::text[], $3::text[]) AS k (tenant, sku, location_id)
    CROSS JOIN LATERAL (
      SELECT * FROM workflow.daily_use d WHERE (d.tenant, d.sku, d.location_id) <= (k.tenant, k.sku, k.location_id)
       ORDER BY d.tenant DESC, d.sku DESC, d.location_id DESC, d.day DESC LIMIT 1) d
   WHERE d.tenant = k.tenant AND d.sku = k.sku AND d.location_id = k.location_id`;

const STORE = `
  INSERT INTO workflow.daily_use (tenant, sku, location_id, day, sold, returned, most_on_hand, closing_on_hand)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
  ON CONFLICT (tenant, sku, location_id, day) DO UPDATE SET sold = excluded.sold, returned = excluded.returned,
    most_on_hand = excluded.most_on_hand, closing_on_hand = excluded.closing_on_hand`;

const ADVANCE = `
  INSERT INTO workflow.daily_use_stream AS s (tenant, sku, revision)
  SELECT * FROM unnest($1::text[], $2::text[], $3::int[]) AS r (tenant, sku, revision)
  ON CONFLICT (tenant, sku) DO UPDATE SET revision = excluded.revision WHERE excluded.revision > s.revision`;

interface SkuRevision {
  readonly tenant: string;
  readonly sku: string;
  readonly revision: number;
}

async function applyDays(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  const newest = new Map<string, SkuRevision>();
  for (const event of events) {
    newest.set(event.stream, { tenant: event.metadata.tenant, sku: STREAMS.stock.idOf(event), revision: event.revision });
  }
  const streams = [...newest.values()].sort(inKeyOrder);
  const keys = [textArray(streams.map(({ tenant }) => tenant)), textArray(streams.map(({ sku }) => sku))];
  const known = await client.query<SkuRevision>(KNOWN, keys);
  const revisions = new Map(known.rows.map(({ tenant, sku, revision }) => [STREAMS.stock.streamOf(tenant, sku), revision]));
  // Several processes follow side by side: an event that a row holds already is not added again.
  const fresh = events.filter(({ stream, revision }) => revision > (revisions.get(stream) ?? -1));
  const changes = fresh.flatMap(dayChanges);
  const rows = foldDays(await latestRows(client, changes), changes);
  if (rows.length > 0) await store(client, rows);
  const advanced = streams.filter(({ tenant, sku, revision }) => revision > (revisions.get(STREAMS.stock.streamOf(tenant, sku)) ?? -1));
  await client.query(ADVANCE, [
    textArray(advanced.map(({ tenant }) => tenant)),
    textArray(advanced.map(({ sku }) => sku)),
    int4Array(advanced.map(({ revision }) => revision)),
  ]);
}

async function latestRows(client: PoolClient, changes: readonly DayChange[]): Promise<Map<string, DayRow>> {
  const places = [...new Map(changes.map((change) => [dayKey(change), change])).values()];
  if (places.length === 0) return new Map();
  const { rows } = await client.query<DayRow>(LATEST, [
    textArray(places.map(({ tenant }) => tenant)),
    textArray(places.map(({ sku }) => sku)),
    textArray(places.map(({ locationId }) => locationId)),
  ]);
  return new Map(rows.map((row) => [dayKey(row), row]));
}

const store = (client: PoolClient, rows: readonly DayRow[]) =>
  client.query({
    name: 'store-daily-use',
    text: STORE,
    values: [
      textArray(rows.map(({ tenant }) => tenant)),
      textArray(rows.map(({ sku }) => sku)),
      textArray(rows.map(({ locationId }) => locationId)),
      int4Array(rows.map(({ day }) => day)),
      int8Array(rows.map(({ sold }) => sold)),
      int8Array(rows.map(({ returned }) => returned)),
      int8Array(rows.map(({ mostOnHand }) => mostOnHand)),
      int8Array(rows.map(({ closingOnHand }) => closingOnHand)),
    ],
  });

const inKeyOrder = (one: SkuRevision, other: SkuRevision): number =>
  one.tenant === other.tenant ? order(one.sku, other.sku) : order(one.tenant, other.tenant);

const order = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
