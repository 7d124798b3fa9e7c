import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import {
  evolveReplenishment,
  initialReplenishment,
  nextNight,
  type ReplenishmentOrder,
  type ReplenishmentState,
} from '@holdfast/warehouse';
import { ruleOfEvent, ruleStream, type RuleRef } from '../replenishment-streams.js';

interface Row extends RuleRef {
  readonly state: ReplenishmentState;
  readonly revision: number;
}

const KNOWN = `
  SELECT tenant, sku, location_id AS "locationId", state, revision FROM workflow.replenishment_rule
   WHERE (tenant, sku, location_id) IN (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]))
   ORDER BY tenant, sku, location_id FOR UPDATE`;

/** A rule that is new, or evaluated by runs from now on, is due by the next night. */
const STORE_RULES = `
  INSERT INTO workflow.replenishment_rule AS r (tenant, sku, location_id, method, mode, due_at, state, revision)
  SELECT tenant, sku, location_id, state #>> '{rule,method}', state #>> '{rule,mode}',
         CASE WHEN state #>> '{rule,mode}' IN ('approve', 'auto') THEN due_at END, state, revision
    FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::jsonb[], $6::int[])
      AS t (tenant, sku, location_id, due_at, state, revision)
   ORDER BY tenant, sku, location_id
  ON CONFLICT (tenant, sku, location_id) DO UPDATE SET
    method = excluded.method, mode = excluded.mode, state = excluded.state, revision = excluded.revision,
    due_at = CASE WHEN excluded.due_at IS NULL THEN NULL ELSE coalesce(r.due_at, excluded.due_at) END
  WHERE excluded.revision > r.revision`;

const STORE_ORDERS = `
  INSERT INTO workflow.replenishment AS r
         (tenant, order_id, sku, location_id, status, quantity, source_location_id, created_at, updated_at, record)
  SELECT tenant, record ->> 'orderId', sku, location_id, record ->> 'status', (record ->> 'quantity')::bigint,
         record #>> '{source,locationId}', to_timestamp((record ->> 'createdAt')::float8 / 1000),
         to_timestamp((record ->> 'updatedAt')::float8 / 1000), record
    FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) AS t (tenant, sku, location_id, record)
   ORDER BY tenant, record ->> 'orderId'
  ON CONFLICT (tenant, order_id) DO UPDATE SET
    status = excluded.status, quantity = excluded.quantity, updated_at = excluded.updated_at, record = excluded.record
  WHERE (excluded.record ->> 'version')::int > (r.record ->> 'version')::int`;

/** Folds events of rules into the rows of rules and orders. Events may come again. */
export async function storeRules(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  if (events.length === 0) return;
  const refs = [...new Map(events.map((event) => [event.stream, ruleOfEvent(event)])).values()];
  const known = await client.query<Row>(KNOWN, keysOf(refs));
  const rows = new Map(known.rows.map((row) => [ruleStream(row), row]));
  const orders = new Map<string, RuleRef & { readonly order: ReplenishmentOrder }>();
  for (const event of events) {
    const before = rows.get(event.stream);
    if (before !== undefined && event.revision <= before.revision) continue;
    const state = evolveReplenishment(before?.state ?? initialReplenishment(), STREAMS.replrule.decode(event), event.metadata.at);
    const ref = ruleOfEvent(event);
    for (const order of changedOrders(before?.state, state)) orders.set(`${event.stream}|${order.orderId}`, { ...ref, order });
    rows.set(event.stream, { ...ref, state, revision: event.revision });
  }
  await storeRows(client, [...rows.values()]);
  await storeOrders(client, [...orders.values()]);
}

/** An order that an event left alone is the same object. */
const changedOrders = (before: ReplenishmentState | undefined, after: ReplenishmentState): readonly ReplenishmentOrder[] => {
  const known = new Set(before?.orders);
  return after.orders.filter((order) => !known.has(order));
};

const keysOf = (refs: readonly RuleRef[]) => [
  refs.map(({ tenant }) => tenant),
  refs.map(({ sku }) => sku),
  refs.map(({ locationId }) => locationId),
];

async function storeRows(client: PoolClient, rows: readonly Row[]): Promise<void> {
  await client.query({
    name: 'store-replenishment-rules',
    text: STORE_RULES,
    values: [
      ...keysOf(rows),
      rows.map(({ state }) => new Date(nextNight(state.ruleUpdatedAt ?? 0))),
      rows.map(({ state }) => JSON.stringify(state)),
      rows.map(({ revision }) => revision),
    ],
  });
}

async function storeOrders(client: PoolClient, orders: readonly (RuleRef & { readonly order: ReplenishmentOrder })[]): Promise<void> {
  if (orders.length === 0) return;
  const values = [...keysOf(orders), orders.map(({ order }) => JSON.stringify(order))];
  await client.query({ name: 'store-replenishment-orders', text: STORE_ORDERS, values });
}
