import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { Follower } from '../following/follow-events.js';
import { evolveRecord, initialRecord, type TransferRecord } from './transfer-record.js';

/** Keeps the table of transfers. */
export const transferFollower: Follower = {
  name: 'transfers',
  filter: { streamPrefixes: [STREAMS.transfer.prefix] },
  apply: foldInto,
};

interface Row {
  readonly tenant: string;
  readonly transferId: string;
  readonly record: TransferRecord;
  readonly revision: number;
}

const KNOWN = `
  SELECT tenant, transfer_id AS "transferId", record, revision FROM workflow.transfer
   WHERE (tenant, transfer_id) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY tenant, transfer_id FOR UPDATE`;

const STORE = `
  INSERT INTO workflow.transfer AS t
         (tenant, transfer_id, status, from_location_id, to_location_id, reference, created_at, updated_at, record, revision)
  SELECT tenant, transfer_id, record #>> '{state,phase}', record #>> '{state,fromLocationId}', record #>> '{state,toLocationId}',
         record #>> '{state,note}', to_timestamp((record ->> 'createdAt')::float8 / 1000), to_timestamp((record ->> 'updatedAt')::float8 / 1000),
         record, revision
    FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::int[]) AS r (tenant, transfer_id, record, revision)
   ORDER BY tenant, transfer_id
  ON CONFLICT (tenant, transfer_id) DO UPDATE SET
    status = excluded.status, updated_at = excluded.updated_at, record = excluded.record, revision = excluded.revision
  WHERE excluded.revision > t.revision`;

async function foldInto(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  const ids = [
    ...new Map(events.map((event) => [event.stream, { tenant: event.metadata.tenant, transferId: STREAMS.transfer.idOf(event) }])).values(),
  ];
  const keys = [ids.map(({ tenant }) => tenant), ids.map(({ transferId }) => transferId)];
  const known = await client.query<Row>(KNOWN, keys);
  const rows = new Map(known.rows.map((row) => [STREAMS.transfer.streamOf(row.tenant, row.transferId), row]));
  for (const event of events) rows.set(event.stream, fold(rows.get(event.stream), event));

  const changed = [...rows.values()];
  await client.query({
    name: 'store-transfers',
    text: STORE,
    values: [
      changed.map(({ tenant }) => tenant),
      changed.map(({ transferId }) => transferId),
      changed.map(({ record }) => JSON.stringify(record)),
      changed.map(({ revision }) => revision),
    ],
  });
}

/** An event that the row reflects already changes nothing. */
function fold(row: Row | undefined, event: RecordedEvent): Row {
  if (row !== undefined && event.revision <= row.revision) return row;
  const record = evolveRecord(row?.record ?? initialRecord(), STREAMS.transfer.decode(event), event.metadata.at);
  // Rows of earlier releases have no version.
  const versioned = { ...record, version: event.revision + 1 };
  return { tenant: event.metadata.tenant, transferId: STREAMS.transfer.idOf(event), record: versioned, revision: event.revision };
}
