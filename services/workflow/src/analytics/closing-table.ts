import type { PoolClient } from 'pg';
import { int4Array, int8Array, textArray } from '@holdfast/kit';
import type { ClosingRow } from '@holdfast/warehouse';
import type { ClosingSku, StoredClosing } from './fold-closings.js';

/** A SKU as far as its stream was followed. */
export interface FollowedSku extends ClosingSku {
  readonly revision: number;
}

export interface ClosingPlace {
  readonly tenant: string;
  readonly sku: string;
  readonly locationId: string;
}

type SkuKey = Pick<ClosingSku, 'tenant' | 'sku'>;

const LOCK = `
  SELECT tenant, sku, unit_cost::float8 AS "unitCost", category, revision FROM workflow.closing_sku
   WHERE (tenant, sku) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY tenant, sku FOR UPDATE`;

const PLACES = `
  SELECT tenant, sku, location_id AS "locationId" FROM workflow.closing_place
   WHERE (tenant, sku) IN (SELECT * FROM unnest($1::text[], $2::text[]))`;

const LATEST = `
  SELECT k.tenant, k.sku, k.location_id AS "locationId", d.day, d.on_hand::float8 AS "onHand", d.held::float8 AS held,
         d.in_transit::float8 AS "inTransit", d.unit_cost::float8 AS "unitCost", d.value_days::text AS "valueDays",
         d.cost_of_goods::text AS "costOfGoods", d.units_without_cost::float8 AS "unitsWithoutCost", d.last_use_day AS "lastUseDay",
         d.received_day AS "receivedDay"
    FROM unnest($1::text[], $2::text[], $3::text[]) AS k (tenant, sku, location_id)
    CROSS JOIN LATERAL (
      SELECT * FROM workflow.daily_closing d WHERE d.tenant = k.tenant AND d.sku = k.sku AND d.location_id = k.location_id
       ORDER BY d.day DESC LIMIT 1) d`;

const STORE = `
  INSERT INTO workflow.daily_closing (tenant, sku, location_id, day, on_hand, held, in_transit, unit_cost, value_days, cost_of_goods,
                                      units_without_cost, last_use_day, received_day)
  SELECT tenant, sku, location_id, day, on_hand, held, in_transit, unit_cost, value_days::numeric, cost_of_goods::numeric, units_without_cost,
         last_use_day, received_day
    FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::text[], $10::text[],
                $11::bigint[], $12::int[], $13::int[])
      AS r (tenant, sku, location_id, day, on_hand, held, in_transit, unit_cost, value_days, cost_of_goods, units_without_cost, last_use_day,
            received_day)
  ON CONFLICT (tenant, sku, location_id, day) DO UPDATE SET on_hand = excluded.on_hand, held = excluded.held,
    in_transit = excluded.in_transit, unit_cost = excluded.unit_cost, value_days = excluded.value_days,
    cost_of_goods = excluded.cost_of_goods, units_without_cost = excluded.units_without_cost, last_use_day = excluded.last_use_day,
    received_day = excluded.received_day`;

const STORE_PLACES = `
  INSERT INTO workflow.closing_place (tenant, sku, location_id)
  SELECT DISTINCT * FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING`;

const ADVANCE = `
  INSERT INTO workflow.closing_sku AS s (tenant, sku, unit_cost, category, revision)
  SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::int[]) AS r (tenant, sku, unit_cost, category, revision)
  ON CONFLICT (tenant, sku) DO UPDATE SET unit_cost = excluded.unit_cost, category = excluded.category, revision = excluded.revision
  WHERE excluded.revision > s.revision`;

/** Those of the SKUs that were followed before, locked until the transaction ends. @param keys in the order of tenant and SKU */
export const lockSkus = async (client: PoolClient, keys: readonly SkuKey[]): Promise<readonly FollowedSku[]> =>
  (await client.query<FollowedSku>(LOCK, skuColumns(keys))).rows;

/** Locations at which the SKUs have rows. */
export const placesOf = async (client: PoolClient, keys: readonly SkuKey[]): Promise<readonly ClosingPlace[]> =>
  keys.length === 0 ? [] : (await client.query<ClosingPlace>(PLACES, skuColumns(keys))).rows;

interface LatestRow extends Omit<StoredClosing, 'valueDays' | 'costOfGoods'> {
  readonly valueDays: string;
  readonly costOfGoods: string;
}

/** The newest row of each place that has one. */
export async function latestRows(
  client: PoolClient,
  places: readonly ClosingPlace[],
): Promise<readonly (ClosingPlace & { readonly row: ClosingRow })[]> {
  if (places.length === 0) return [];
  const { rows } = await client.query<LatestRow>(LATEST, placeColumns(places));
  return rows.map(({ tenant, sku, locationId, valueDays, costOfGoods, ...row }) => ({
    ...{ tenant, sku, locationId },
    row: { ...row, valueDays: BigInt(valueDays), costOfGoods: BigInt(costOfGoods) },
  }));
}

export async function storeRows(client: PoolClient, rows: readonly StoredClosing[]): Promise<void> {
  if (rows.length === 0) return;
  const values = [
    ...placeColumns(rows),
    int4Array(rows.map(({ day }) => day)),
    int8Array(rows.map(({ onHand }) => onHand)),
    int8Array(rows.map(({ held }) => held)),
    int8Array(rows.map(({ inTransit }) => inTransit)),
    int8Array(rows.map(({ unitCost }) => unitCost)),
    textArray(rows.map(({ valueDays }) => valueDays.toString())),
    textArray(rows.map(({ costOfGoods }) => costOfGoods.toString())),
    int8Array(rows.map(({ unitsWithoutCost }) => unitsWithoutCost)),
    int4Array(rows.map(({ lastUseDay }) => lastUseDay)),
    int4Array(rows.map(({ receivedDay }) => receivedDay)),
  ];
  await client.query({ name: 'store-daily-closing', text: STORE, values });
  await client.query({ name: 'store-closing-place', text: STORE_PLACES, values: placeColumns(rows) });
}

export async function advance(client: PoolClient, skus: readonly FollowedSku[]): Promise<void> {
  if (skus.length === 0) return;
  await client.query(ADVANCE, [
    ...skuColumns(skus),
    int8Array(skus.map(({ unitCost }) => unitCost)),
    textArray(skus.map(({ category }) => category)),
    int4Array(skus.map(({ revision }) => revision)),
  ]);
}

const skuColumns = (keys: readonly SkuKey[]) => [textArray(keys.map(({ tenant }) => tenant)), textArray(keys.map(({ sku }) => sku))];
const placeColumns = (places: readonly ClosingPlace[]) => [...skuColumns(places), textArray(places.map(({ locationId }) => locationId))];
