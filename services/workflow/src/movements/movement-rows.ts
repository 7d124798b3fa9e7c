import type { PoolClient } from 'pg';
import { float8Array, int4Array, int8Array, textArray } from '@holdfast/kit';
import type { Movement } from './movement-of.js';

const STORE = `
  INSERT INTO workflow.movement (tenant, sku, revision, location_id, event, at, on_hand, held, in_transit, reference, reason_code)
  SELECT tenant, sku, revision, location_id, event, to_timestamp(at / 1000), on_hand, held, in_transit, reference, reason_code
    FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::float8[], $7::bigint[], $8::bigint[], $9::bigint[],
                $10::text[], $11::text[])
      AS r (tenant, sku, revision, location_id, event, at, on_hand, held, in_transit, reference, reason_code)
   ORDER BY tenant, sku, revision, location_id
  ON CONFLICT DO NOTHING`;

/** Rows never change, so a movement that is stored already is left as it is. */
export async function storeMovements(client: PoolClient, movements: readonly Movement[]): Promise<void> {
  if (movements.length === 0) return;
  await client.query({
    name: 'store-movements',
    text: STORE,
    values: [
      textArray(movements.map(({ tenant }) => tenant)),
      textArray(movements.map(({ sku }) => sku)),
      int4Array(movements.map(({ revision }) => revision)),
      textArray(movements.map(({ locationId }) => locationId)),
      textArray(movements.map(({ event }) => event)),
      float8Array(movements.map(({ at }) => at)),
      int8Array(movements.map(({ onHand }) => onHand)),
      int8Array(movements.map(({ held }) => held)),
      int8Array(movements.map(({ inTransit }) => inTransit)),
      textArray(movements.map(({ reference }) => reference ?? null)),
      textArray(movements.map(({ reasonCode }) => reasonCode ?? null)),
    ],
  });
}
