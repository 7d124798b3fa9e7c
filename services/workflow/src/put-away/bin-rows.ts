import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { evolveBin, initialBinState, type BinState } from '@holdfast/warehouse';
import type { Follower } from '../following/follow-events.js';
import { binOfEvent, type BinRef } from './bin-streams.js';
import { foldContents, TELLING_TYPES } from './content-rows.js';

/** Keeps what lies in each bin, and what is on its way there. */
export const binFollower = (applied: () => void): Follower => ({
  name: 'bins',
  filter: { streamPrefixes: [STREAMS.stock.prefix, STREAMS.bin.prefix], types: [...TELLING_TYPES, ...STREAMS.bin.storedTypes()] },
  apply: async (client, events) => {
    await foldContents(
      client,
      events.filter((event) => STREAMS.stock.holds(event)),
    );
    await foldClaims(
      client,
      events.filter((event) => STREAMS.bin.holds(event)),
    );
  },
  applied,
});

interface Row extends BinRef {
  readonly state: BinState;
  readonly revision: number;
}

const KNOWN = `
  SELECT tenant, location_id AS "locationId", bin_id AS "binId", state, revision FROM workflow.bin_claim
   WHERE (tenant, location_id, bin_id) IN (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]))
   ORDER BY tenant, location_id, bin_id FOR UPDATE`;

const STORE = `
  INSERT INTO workflow.bin_claim AS c (tenant, location_id, bin_id, state, is_open, revision)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::boolean[], $6::int[])
    AS r (tenant, location_id, bin_id, state, is_open, revision)
   ORDER BY tenant, location_id, bin_id
  ON CONFLICT (tenant, location_id, bin_id) DO UPDATE SET
    state = excluded.state, is_open = excluded.is_open, revision = excluded.revision
  WHERE excluded.revision > c.revision`;

async function foldClaims(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  if (events.length === 0) return;
  const bins = [...new Map(events.map((event) => [event.stream, binOfEvent(event)])).entries()];
  const known = await client.query<Row>(KNOWN, keysOf(bins.map(([, bin]) => bin)));
  const stored = new Map(known.rows.map((row) => [keyOf(row), row]));
  const rows = new Map(bins.map(([stream, bin]) => [stream, stored.get(keyOf(bin)) ?? { ...bin, state: initialBinState(), revision: -1 }]));
  for (const event of events) {
    const row = rows.get(event.stream);
    // An event that the row reflects already changes nothing.
    if (row === undefined || event.revision <= row.revision) continue;
    rows.set(event.stream, { ...row, state: evolveBin(row.state, STREAMS.bin.decode(event)), revision: event.revision });
  }
  const changed = [...rows.values()];
  await client.query(STORE, [
    ...keysOf(changed),
    changed.map(({ state }) => JSON.stringify(state)),
    changed.map(({ state }) => state.claims.length + state.unseen.length > 0),
    changed.map(({ revision }) => revision),
  ]);
}

const keyOf = ({ tenant, locationId, binId }: BinRef): string => JSON.stringify([tenant, locationId, binId]);

const keysOf = (bins: readonly BinRef[]): string[][] => [
  bins.map(({ tenant }) => tenant),
  bins.map(({ locationId }) => locationId),
  bins.map(({ binId }) => binId),
];
