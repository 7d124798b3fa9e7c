import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import { float8Array, int4Array, int8Array, textArray } from '@holdfast/kit';
import type { Follower } from '../following/follow-events.js';
import { CLOSING_TYPES } from './closing-changes.js';
import { lotInstantsOf, lotMovementsOf, lotRenamesOf, type LotInstantRow, type LotMovement, type LotRename } from './lot-rows-of.js';

/** Keeps what came and went of each lot, by day. Rows never change but for the id of a lot, so events may come again. */
export const lotMovementFollower: Follower = {
  name: 'lot-movements',
  filter: { streamPrefixes: [STREAMS.stock.prefix], types: STREAMS.stock.storedTypes([...CLOSING_TYPES, 'LotDeclared', 'LotRenamed']) },
  apply: async (client, events) => {
    const known = events.map((recorded) => ({ recorded, event: STREAMS.stock.decode(recorded) }));
    await storeMovements(
      client,
      known.flatMap(({ recorded, event }) => lotMovementsOf(recorded, event)),
    );
    await storeInstants(
      client,
      known.flatMap(({ recorded, event }) => lotInstantsOf(recorded, event)),
    );
    for (const rename of known.flatMap(({ recorded, event }) => lotRenamesOf(recorded, event))) await renameLot(client, rename);
  },
};

const parts = (rows: readonly Omit<LotMovement, 'units'>[]) => [
  textArray(rows.map(({ tenant }) => tenant)),
  textArray(rows.map(({ sku }) => sku)),
  int4Array(rows.map(({ revision }) => revision)),
  int4Array(rows.map(({ part }) => part)),
  textArray(rows.map(({ locationId }) => locationId)),
  textArray(rows.map(({ lotId }) => lotId)),
  int4Array(rows.map(({ day }) => day)),
];

async function storeMovements(client: PoolClient, rows: readonly LotMovement[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO workflow.lot_movement (tenant, sku, revision, part, location_id, lot_id, day, units)
     SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::text[], $6::text[], $7::int[], $8::bigint[])
     ON CONFLICT DO NOTHING`,
    [...parts(rows), int8Array(rows.map(({ units }) => units))],
  );
}

async function storeInstants(client: PoolClient, rows: readonly LotInstantRow[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO workflow.lot_instant (tenant, sku, revision, part, location_id, lot_id, day, expires_at)
     SELECT tenant, sku, revision, part, location_id, lot_id, day, to_timestamp(at / 1000)
       FROM unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::text[], $6::text[], $7::int[], $8::float8[])
         AS r (tenant, sku, revision, part, location_id, lot_id, day, at)
     ON CONFLICT DO NOTHING`,
    [...parts(rows), float8Array(rows.map(({ expiresAt }) => expiresAt))],
  );
}

/** All that was recorded of the lot before has its new id too, so that its units stay one lot. */
async function renameLot(client: PoolClient, { tenant, sku, revision, lotId, toLotId }: LotRename): Promise<void> {
  for (const table of ['lot_movement', 'lot_instant']) {
    await client.query(`UPDATE workflow.${table} SET lot_id = $5 WHERE tenant = $1 AND sku = $2 AND revision < $3 AND lot_id = $4`, [
      ...[tenant, sku, revision, lotId, toLotId],
    ]);
  }
}
