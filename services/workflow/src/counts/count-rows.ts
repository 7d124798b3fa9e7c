import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { isCountTerminal, isUnderWay, type CountedPosition } from '@holdfast/warehouse';
import type { Follower } from '../following/follow-events.js';
import { evolveRecord, initialRecord, type CountRecord } from './count-record.js';
import { batchView } from './count-view.js';

/** Keeps the table of batches, the claims of their positions, and when each SKU was counted last. */
export const countFollower: Follower = {
  name: 'counts',
  filter: { streamPrefixes: [STREAMS.count.prefix] },
  apply: foldInto,
};

interface Row {
  readonly tenant: string;
  readonly batchId: string;
  readonly record: CountRecord;
  readonly revision: number;
}

const KNOWN = `
  SELECT tenant, batch_id AS "batchId", record, revision FROM workflow.count_batch
   WHERE (tenant, batch_id) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY tenant, batch_id FOR UPDATE`;

const STORE = `
  INSERT INTO workflow.count_batch AS b
         (tenant, batch_id, status, location_id, assigned_to, under_way, created_at, updated_at, summary, record, revision)
  SELECT tenant, batch_id, record #>> '{state,phase}', record #>> '{state,locationId}', record #>> '{state,assignedTo}', under_way,
         to_timestamp((record ->> 'createdAt')::float8 / 1000), to_timestamp((record ->> 'updatedAt')::float8 / 1000), summary,
         record, revision
    FROM unnest($1::text[], $2::text[], $3::boolean[], $4::jsonb[], $5::jsonb[], $6::int[])
      AS r (tenant, batch_id, under_way, summary, record, revision)
   ORDER BY tenant, batch_id
  ON CONFLICT (tenant, batch_id) DO UPDATE SET
    status = excluded.status, under_way = excluded.under_way, updated_at = excluded.updated_at, summary = excluded.summary, record = excluded.record,
    revision = excluded.revision
  WHERE excluded.revision > b.revision`;

const RELEASE = `
  DELETE FROM workflow.count_position_claim c
   USING unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::float8[]) AS r (tenant, batch_id, sku, lot_id, bin_id, at)
   WHERE c.tenant = r.tenant AND c.batch_id = r.batch_id
     AND (r.sku IS NULL OR (c.sku = r.sku AND c.lot_id = r.lot_id AND c.bin_id = r.bin_id AND c.claimed_at <= to_timestamp(r.at / 1000)))`;

const COUNTED = `
  INSERT INTO workflow.last_count AS l (tenant, location_id, sku, counted_at, batch_id)
  SELECT DISTINCT ON (tenant, location_id, sku) tenant, location_id, sku, to_timestamp(counted_at / 1000), batch_id
    FROM unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::text[]) AS r (tenant, location_id, sku, counted_at, batch_id)
   ORDER BY tenant, location_id, sku, counted_at DESC
  ON CONFLICT (tenant, location_id, sku) DO UPDATE SET counted_at = excluded.counted_at, batch_id = excluded.batch_id
  WHERE excluded.counted_at > l.counted_at`;

async function foldInto(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  const ids = [
    ...new Map(events.map((event) => [event.stream, { tenant: event.metadata.tenant, batchId: STREAMS.count.idOf(event) }])).values(),
  ];
  const known = await client.query<Row>(KNOWN, [ids.map(({ tenant }) => tenant), ids.map(({ batchId }) => batchId)]);
  const rows = new Map(known.rows.map((row) => [STREAMS.count.streamOf(row.tenant, row.batchId), row]));
  const released: Released[] = [];
  const counted: Counted[] = [];
  for (const event of events) {
    const before = rows.get(event.stream);
    // An event that the row reflects already changes nothing.
    if (before !== undefined && event.revision <= before.revision) continue;
    const after = fold(before, event);
    rows.set(event.stream, after);
    released.push(...releasedBy(before, after));
    counted.push(...countedBy(before, after));
  }
  // A batch that was claimed for and never created is none.
  await store(
    client,
    [...rows.values()].filter(({ record }) => record.state.requestHash !== ''),
  );
  if (released.length > 0) {
    await client.query(RELEASE, [
      released.map((each) => each.tenant),
      released.map((each) => each.batchId),
      released.map(({ line }) => line?.sku ?? null),
      released.map(({ line }) => line?.lotId ?? ''),
      released.map(({ line }) => line?.binId ?? ''),
      released.map(({ at }) => at),
    ]);
  }
  if (counted.length > 0) await storeCounted(client, counted);
}

function store(client: PoolClient, rows: readonly Row[]) {
  return client.query({
    name: 'store-counts',
    text: STORE,
    values: [
      rows.map(({ tenant }) => tenant),
      rows.map(({ batchId }) => batchId),
      rows.map(({ record }) => isUnderWay(record.state)),
      rows.map(({ record }) => JSON.stringify(batchView(record))),
      rows.map(({ record }) => JSON.stringify(record)),
      rows.map(({ revision }) => revision),
    ],
  });
}

function storeCounted(client: PoolClient, counted: readonly Counted[]) {
  return client.query(COUNTED, [
    counted.map(({ tenant }) => tenant),
    counted.map(({ locationId }) => locationId),
    counted.map(({ sku }) => sku),
    counted.map(({ at }) => at),
    counted.map(({ batchId }) => batchId),
  ]);
}

const fold = (row: Row | undefined, event: RecordedEvent): Row => ({
  tenant: event.metadata.tenant,
  batchId: STREAMS.count.idOf(event),
  record: evolveRecord(row?.record ?? initialRecord(), STREAMS.count.decode(event), event.metadata.at),
  revision: event.revision,
});

interface Released {
  readonly tenant: string;
  readonly batchId: string;
  /** Missing for all of the batch. */
  readonly line?: CountedPosition;
  /** A claim of later is for a line that was added again. */
  readonly at: number;
}

/** Claims that end with the event: all of an ended batch, or those of lines that were taken back. */
function releasedBy(before: Row | undefined, { tenant, batchId, record }: Row): readonly Released[] {
  if (isCountTerminal(record.state.phase)) return [{ tenant, batchId, at: record.updatedAt }];
  const lines = new Set(record.state.lines.map(({ lineId }) => lineId));
  const removed = (before?.record.state.lines ?? []).filter(({ lineId }) => !lines.has(lineId));
  return removed.map((line) => ({ tenant, batchId, line, at: record.updatedAt }));
}

interface Counted {
  readonly tenant: string;
  readonly batchId: string;
  readonly locationId: string;
  readonly sku: string;
  readonly at: number;
}

/** SKUs whose count was booked by the event, with the time of the count. */
function countedBy(before: Row | undefined, { tenant, batchId, record }: Row): readonly Counted[] {
  const booked = new Set((before?.record.state.lines ?? []).filter((line) => line.booked !== undefined).map(({ lineId }) => lineId));
  const fresh = record.state.lines.filter((line) => line.booked !== undefined && !booked.has(line.lineId));
  const { locationId } = record.state;
  return fresh.map((line) => ({ tenant, batchId, locationId, sku: line.sku, at: line.entries.at(-1)?.countedAt ?? record.updatedAt }));
}
