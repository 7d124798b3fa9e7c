import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { SkuEvent } from '@holdfast/inventory';
import type { Follower } from '../following/follow-events.js';
import { storeDocuments, type DocumentChange } from '../line-processes/document-rows.js';
import { afterDeparture, afterLoss, afterRelease, arrivedRecord, placedRecord, type HoldRecord } from './hold-record.js';

export const HOLD_CALLS = 'workflow.hold_call';

/** Keeps the list of holds, and which calls over several SKUs are under way. */
export const holdFollower: Follower = {
  name: 'holds',
  filter: {
    streamPrefixes: [STREAMS.stock.prefix, STREAMS.hold.prefix],
    types: [...STREAMS.stock.storedTypes(['HoldPlaced', 'HoldReleased', 'TransferLost']), ...STREAMS.hold.storedTypes()],
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
  INSERT INTO workflow.hold AS h (tenant, hold_id, sku, location_id, lot_id, type, status, created_at, record, revision)
  SELECT tenant, record ->> 'holdId', record ->> 'sku', record ->> 'locationId', record ->> 'lotId', record ->> 'holdType', record ->> 'status',
         to_timestamp((record ->> 'createdAt')::float8 / 1000), record, revision
    FROM unnest($1::text[], $2::jsonb[], $3::int[]) AS r (tenant, record, revision)
   ORDER BY 1, 2
  ON CONFLICT (tenant, hold_id) DO UPDATE SET
    status = excluded.status, location_id = excluded.location_id, record = excluded.record, revision = excluded.revision
  WHERE excluded.revision > h.revision`;

const keyOf = (tenant: string, holdId: string): string => JSON.stringify([tenant, holdId]);

/** Holds that the event may change, or that say what a new one is about. */
function namedHolds(event: SkuEvent): readonly string[] {
  switch (event.type) {
    case 'HoldPlaced':
      return event.movedFrom === undefined ? [event.holdId] : [event.holdId, event.movedFrom];
    case 'HoldReleased':
      return event.movedTo === undefined ? [event.holdId] : [event.holdId, event.movedTo];
    case 'TransferLost':
      return event.holdId === undefined ? [] : [event.holdId];
    default:
      return [];
  }
}

/** The records that the event makes of those known. */
function recordsAfter(recorded: RecordedEvent, event: SkuEvent, known: (holdId: string) => HoldRecord | undefined): readonly HoldRecord[] {
  const { metadata } = recorded;
  switch (event.type) {
    case 'HoldPlaced': {
      const before = event.movedFrom === undefined ? undefined : (known(event.holdId) ?? known(event.movedFrom));
      return [before === undefined ? placedRecord(STREAMS.stock.idOf(recorded), event, metadata) : arrivedRecord(before, event, metadata)];
    }
    case 'HoldReleased': {
      const record = known(event.holdId);
      if (record === undefined) return [];
      return event.disposition === 'moved' ? afterDeparture(record, event, metadata) : [afterRelease(record, event, metadata)];
    }
    case 'TransferLost': {
      const record = event.holdId === undefined ? undefined : known(event.holdId);
      return record?.status === 'in_transit' ? [afterLoss(record, metadata)] : [];
    }
    default:
      return [];
  }
}

async function foldHolds(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  if (events.length === 0) return;
  const decoded = events.map((recorded) => ({ recorded, event: STREAMS.stock.decode(recorded) }));
  const ids = decoded.flatMap(({ recorded, event }) => namedHolds(event).map((holdId) => [recorded.metadata.tenant, holdId]));
  const known = await client.query<Row>({
    name: 'known-holds',
    text: KNOWN,
    values: [ids.map(([tenant]) => tenant), ids.map(([, holdId]) => holdId)],
  });
  const rows = new Map(known.rows.map((row) => [keyOf(row.tenant, row.record.holdId), row]));
  for (const { recorded, event } of decoded) {
    const { metadata, revision } = recorded;
    const { tenant } = metadata;
    for (const record of recordsAfter(recorded, event, (holdId) => rows.get(keyOf(tenant, holdId))?.record)) {
      const key = keyOf(tenant, record.holdId);
      // An event that the row reflects already changes nothing.
      if (revision > (rows.get(key)?.revision ?? -1)) rows.set(key, { tenant, record, revision });
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
