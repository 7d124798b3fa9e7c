import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { evolveRequest, initialRequestState, type RequestState } from '@holdfast/warehouse';
import type { Follower } from '../following/follow-events.js';

/** Keeps the tables of stock requests and of their lines. */
export const requestFollower: Follower = {
  name: 'stock-requests',
  filter: { streamPrefixes: [STREAMS.request.prefix] },
  apply: foldInto,
};

interface Row {
  readonly tenant: string;
  readonly requestId: string;
  readonly record: RequestState;
  readonly revision: number;
}

/** Followers of several processes learn of the same new requests at once: one at a time, so that they do not wait for each other in a circle. */
const TURN = `SELECT pg_advisory_xact_lock(hashtextextended('holdfast counts of stock requests', 0))`;

const KNOWN = `
  SELECT tenant, request_id AS "requestId", record, revision FROM workflow.stock_request
   WHERE (tenant, request_id) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY tenant, request_id FOR UPDATE`;

const STORE = `
  INSERT INTO workflow.stock_request AS r
         (tenant, request_id, number, status, phase, phase_since, priority, from_location_id, to_location_id, reason, requested_by, authors,
          needed_by, submitted_at, approved_at, reserved_until, holds, waits, created_at, updated_at, record, revision)
  SELECT tenant, request_id, record ->> 'number', CASE record ->> 'phase' WHEN 'deleted' THEN 'deleted' ELSE record ->> 'status' END,
         record ->> 'phase', at_ms(record, 'phaseSince'), record ->> 'priority', record ->> 'fromLocationId', record ->> 'toLocationId',
         record ->> 'reason', record ->> 'requestedBy', ARRAY(SELECT jsonb_array_elements_text(record -> 'authors')),
         (record ->> 'neededBy')::date, at_ms(record, 'submittedAt'), at_ms(record, 'approvedAt'), at_ms(record, 'reservedUntil'),
         EXISTS (SELECT FROM jsonb_array_elements(record -> 'lines') l WHERE (l ->> 'reserved')::bigint > 0),
         EXISTS (SELECT FROM jsonb_array_elements(record -> 'lines') l WHERE (l ->> 'waiting')::bigint > 0),
         at_ms(record, 'createdAt'), at_ms(record, 'updatedAt'), record, revision
    FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::int[]) AS t (tenant, request_id, record, revision)
   ORDER BY tenant, request_id
  ON CONFLICT (tenant, request_id) DO UPDATE SET
    status = excluded.status, phase = excluded.phase, phase_since = excluded.phase_since, priority = excluded.priority,
    from_location_id = excluded.from_location_id, to_location_id = excluded.to_location_id, reason = excluded.reason,
    authors = excluded.authors, needed_by = excluded.needed_by, submitted_at = excluded.submitted_at, approved_at = excluded.approved_at,
    reserved_until = excluded.reserved_until, holds = excluded.holds, waits = excluded.waits, updated_at = excluded.updated_at,
    record = excluded.record, revision = excluded.revision
  WHERE excluded.revision > r.revision
  RETURNING tenant, request_id`.replaceAll(/at_ms\(record, '(\w+)'\)/g, `to_timestamp((record ->> '$1')::float8 / 1000)`);

const FORGET_LINES = `
  DELETE FROM workflow.stock_request_line WHERE (tenant, request_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))`;

const STORE_LINES = `
  INSERT INTO workflow.stock_request_line
         (tenant, request_id, line_id, sku, requested, approved, reserved, waiting, shipped, cancelled)
  SELECT r.tenant, r.request_id, l.*
    FROM workflow.stock_request r,
         jsonb_to_recordset(r.record -> 'lines') AS l ("lineId" text, sku text, requested bigint, approved bigint, reserved bigint,
                                                       waiting bigint, shipped bigint, cancelled bigint)
   WHERE (r.tenant, r.request_id) IN (SELECT * FROM unnest($1::text[], $2::text[])) AND r.status <> 'deleted'`;

/** A search looks for SKUs among products: one that is not described yet, or not read by that follower, has a row without a position. */
const KNOW_PRODUCTS = `
  INSERT INTO workflow.request_product (tenant, sku, position)
  SELECT DISTINCT tenant, sku, -1 FROM workflow.stock_request_line WHERE (tenant, request_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))
   ORDER BY tenant, sku
  ON CONFLICT (tenant, sku) DO NOTHING`;

async function foldInto(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  const ids = [
    ...new Map(events.map((event) => [event.stream, { tenant: event.metadata.tenant, requestId: STREAMS.request.idOf(event) }])).values(),
  ];
  await client.query(TURN);
  const known = await client.query<Row>(KNOWN, [ids.map(({ tenant }) => tenant), ids.map(({ requestId }) => requestId)]);
  const rows = new Map(known.rows.map((row) => [STREAMS.request.streamOf(row.tenant, row.requestId), row]));
  for (const event of events) rows.set(event.stream, fold(rows.get(event.stream), event));

  const changed = [...rows.values()];
  const stored = await client.query<{ tenant: string; request_id: string }>(STORE, [
    changed.map(({ tenant }) => tenant),
    changed.map(({ requestId }) => requestId),
    changed.map(({ record }) => JSON.stringify(record)),
    changed.map(({ revision }) => revision),
  ]);
  const keys = [stored.rows.map(({ tenant }) => tenant), stored.rows.map((row) => row.request_id)];
  await client.query(FORGET_LINES, keys);
  await client.query(STORE_LINES, keys);
  await client.query(KNOW_PRODUCTS, keys);
}

/** An event that the row reflects already changes nothing. */
function fold(row: Row | undefined, event: RecordedEvent): Row {
  if (row !== undefined && event.revision <= row.revision) return row;
  const record = evolveRequest(row?.record ?? initialRequestState(), STREAMS.request.decode(event), event.metadata.at);
  return { tenant: event.metadata.tenant, requestId: STREAMS.request.idOf(event), record, revision: event.revision };
}
