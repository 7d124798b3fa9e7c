import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { Follower } from '../following/follow-events.js';
import { storeDocuments, type DocumentChange } from '../line-processes/document-rows.js';
import { afterRelease, placedRecord, type HoldRecord } from './hold-record.js';

export const HOLD_CALLS = 'workflow.hold_call';

/** Keeps the list of holds, and which calls over several SKUs are under way. */
export const holdFollower: Follower = {
  name: 'holds',
  filter: {
    streamPrefixes: [STREAMS.stock.prefix, STREAMS.hold.prefix],
    types: [...STREAMS.stock.storedTypes(['HoldPlaced', 'HoldReleased']), ...STREAMS.hold.storedTypes()],
  },
  apply: async (client, events) => {
    const calls = events.filter((event) => STREAMS.hold.holds(event));
    await storeDocuments(client, HOLD_CALLS, calls, callChange);
    await foldHolds(
      client,
      events.filter((event) => STREAMS.stock.holds(event)),
    );
  },
};

function callChange(recorded: RecordedEvent): DocumentChange {
  const event = STREAMS.hold.decode(recorded);
  const started = event.type === 'HoldCallStarted';
  return { id: STREAMS.hold.idOf(recorded), underWay: started, reference: started ? event.reference : undefined };
}

interface Row {
  readonly tenant: string;
  readonly record: HoldRecord;
  /** In the stream of the SKU, of the newest event that the record reflects. */
  readonly revision: number;
}

const KNOWN = `
  SELECT tenant, record, revision FROM workflow.hold
   WHERE (tenant, hold_id) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY tenant, hold_id FOR UPDATE`;

const STORE = `
  INSERT INTO workflow.hold AS h (tenant, hold_id, sku, location_id, type, status, created_at, record, revision)
  SELECT tenant, record ->> 'holdId', record ->> 'sku', record ->> 'locationId', record ->> 'holdType', record ->> 'status',
         to_timestamp((record ->> 'createdAt')::float8 / 1000), record, revision
    FROM unnest($1::text[], $2::jsonb[], $3::int[]) AS r (tenant, record, revision)
   ORDER BY 1, 2
  ON CONFLICT (tenant, hold_id) DO UPDATE SET status = excluded.status, record = excluded.record, revision = excluded.revision
  WHERE excluded.revision > h.revision`;

const keyOf = (tenant: string, holdId: string): string => JSON.stringify([tenant, holdId]);

async function foldHolds(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  if (events.length === 0) return;
  const decoded = events.map((recorded) => ({ recorded, event: STREAMS.stock.decode(recorded) }));
  const ids = decoded.flatMap(({ recorded, event }) =>
    'holdId' in event && event.holdId ? [[recorded.metadata.tenant, event.holdId]] : [],
  );
  const known = await client.query<Row>({
    name: 'known-holds',
    text: KNOWN,
    values: [ids.map(([tenant]) => tenant), ids.map(([, holdId]) => holdId)],
  });
  const rows = new Map(known.rows.map((row) => [keyOf(row.tenant, row.record.holdId), row]));
  for (const { recorded, event } of decoded) {
    const { metadata, revision } = recorded;
    if (event.type !== 'HoldPlaced' && event.type !== 'HoldReleased') continue;
    const key = keyOf(metadata.tenant, event.holdId);
    const row = rows.get(key);
    // An event that the row reflects already changes nothing.
    if (row !== undefined && revision <= row.revision) continue;
    if (event.type === 'HoldPlaced') {
      rows.set(key, { tenant: metadata.tenant, record: placedRecord(STREAMS.stock.idOf(recorded), event, metadata), revision });
    } else if (row !== undefined) {
      rows.set(key, { ...row, record: afterRelease(row.record, event, metadata), revision });
    }
  }
  const changed = [...rows.values()];
  await client.query({
    name: 'store-holds',
    text: STORE,
    values: [
      changed.map(({ tenant }) => tenant),
      changed.map(({ record }) => JSON.stringify(record)),
      changed.map(({ revision }) => revision),
    ],
  });
}
