import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { evolvePutAway, initialPutAwayState, isPutAwayUnderWay, putAwayStatus } from '@holdfast/warehouse';
import type { Follower } from '../following/follow-events.js';
import type { TaskRecord } from './task-streams.js';

export const PUT_AWAY_TASKS = 'workflow.put_away';

/** Keeps the table of tasks. */
export const putAwayFollower: Follower = {
  name: 'put-away',
  filter: { streamPrefixes: [STREAMS.putaway.prefix] },
  apply: foldInto,
};

interface Row {
  readonly tenant: string;
  readonly id: string;
  readonly record: TaskRecord;
  readonly revision: number;
}

const KNOWN = `
  SELECT tenant, id, record, revision FROM ${PUT_AWAY_TASKS}
   WHERE (tenant, id) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY tenant, id FOR UPDATE`;

const STORE = `
  INSERT INTO ${PUT_AWAY_TASKS} AS t (tenant, id, status, location_id, sku, under_way, created_at, updated_at, record, revision)
  SELECT tenant, id, status, record #>> '{state,locationId}', record #>> '{state,sku}', under_way,
         to_timestamp((record ->> 'createdAt')::float8 / 1000), to_timestamp((record ->> 'updatedAt')::float8 / 1000), record, revision
    FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::jsonb[], $6::int[])
      AS r (tenant, id, status, under_way, record, revision)
   ORDER BY tenant, id
  ON CONFLICT (tenant, id) DO UPDATE SET
    status = excluded.status, under_way = excluded.under_way, updated_at = excluded.updated_at, record = excluded.record,
    revision = excluded.revision
  WHERE excluded.revision > t.revision`;

async function foldInto(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  const ids = [
    ...new Map(events.map((event) => [event.stream, { tenant: event.metadata.tenant, id: STREAMS.putaway.idOf(event) }])).values(),
  ];
  const known = await client.query<Row>(KNOWN, [ids.map(({ tenant }) => tenant), ids.map(({ id }) => id)]);
  const rows = new Map(known.rows.map((row) => [STREAMS.putaway.streamOf(row.tenant, row.id), row]));
  for (const event of events) rows.set(event.stream, fold(rows.get(event.stream), event));
  const changed = [...rows.values()];
  await client.query({
    name: 'store-put-away',
    text: STORE,
    values: [
      changed.map(({ tenant }) => tenant),
      changed.map(({ id }) => id),
      changed.map(({ record }) => putAwayStatus(record.state) ?? null),
      changed.map(({ record }) => isPutAwayUnderWay(record.state)),
      changed.map(({ record }) => JSON.stringify(record)),
      changed.map(({ revision }) => revision),
    ],
  });
}

/** An event that the row reflects already changes nothing. */
function fold(row: Row | undefined, event: RecordedEvent): Row {
  if (row !== undefined && event.revision <= row.revision) return row;
  const { tenant, at } = event.metadata;
  const before = row?.record ?? { state: initialPutAwayState(), createdAt: at, updatedAt: at };
  const state = evolvePutAway(before.state, STREAMS.putaway.decode(event));
  return { tenant, id: STREAMS.putaway.idOf(event), record: { ...before, state, updatedAt: at }, revision: event.revision };
}
