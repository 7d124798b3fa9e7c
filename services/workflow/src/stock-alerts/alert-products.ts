import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { PoolClient } from 'pg';
import type { Follower } from '../following/follow-events.js';
import { sayAlerts } from './alert-message.js';
import { weigh } from './weighing.js';

const DESCRIBED = 'ProductDescribed';

/** Learns each product's threshold and category from its description, and weighs the SKU against them at once. */
export const alertProductFollower = (wakePublisher: () => void, now: () => number): Follower => ({
  name: 'alert-products',
  filter: { streamPrefixes: [STREAMS.stock.prefix], types: STREAMS.stock.storedTypes([DESCRIBED]) },
  apply: async (client, events) => {
    const described = newestDescriptions(events);
    if (described.length === 0) return;
    await storeDescriptions(client, described);
    await sayAlerts(client, await weigh(client, await placesOf(client, described), now()));
  },
  applied: wakePublisher,
});

interface Described {
  readonly tenant: string;
  readonly sku: string;
  readonly threshold: At<number> | undefined;
  readonly category: At<string> | undefined;
}

/** A value, and where in the log it was said. */
interface At<Value> {
  readonly value: Value;
  readonly position: bigint;
}

/** A description without a threshold or a category leaves the one before as it was. */
function newestDescriptions(events: readonly RecordedEvent[]): readonly Described[] {
  const newest = new Map<string, Described>();
  for (const event of events) {
    const described = STREAMS.stock.decode(event);
    if (described.type !== DESCRIBED) continue;
    const before = newest.get(event.stream);
    const { position, metadata } = event;
    const said = <Value>(value: Value | undefined): At<Value> | undefined => (value === undefined ? undefined : { value, position });
    const threshold = said(described.lowStockThreshold) ?? before?.threshold;
    const category = said(described.category) ?? before?.category;
    if (threshold === undefined && category === undefined) continue;
    newest.set(event.stream, { tenant: metadata.tenant, sku: STREAMS.stock.idOf(event), threshold, category });
  }
  return [...newest.values()];
}

const STORE = `
  INSERT INTO workflow.stock_alert AS a (tenant, sku, threshold, threshold_position, category, category_position)
  SELECT tenant, sku, threshold, threshold_position, category, category_position
    FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[])
      AS t (tenant, sku, threshold, threshold_position, category, category_position)
   ORDER BY tenant, sku
  ON CONFLICT (tenant, sku, location_id) DO UPDATE SET
    threshold = CASE WHEN excluded.threshold_position > a.threshold_position THEN excluded.threshold ELSE a.threshold END,
    threshold_position = greatest(excluded.threshold_position, a.threshold_position),
    category = CASE WHEN excluded.category_position > a.category_position THEN excluded.category ELSE a.category END,
    category_position = greatest(excluded.category_position, a.category_position)
  WHERE excluded.threshold_position > a.threshold_position OR excluded.category_position > a.category_position`;
/** Of what was never said. */
const NOWHERE = '-1';

async function storeDescriptions(client: PoolClient, described: readonly Described[]): Promise<void> {
  await client.query({
    name: 'store-alert-products',
    text: STORE,
    values: [
      described.map(({ tenant }) => tenant),
      described.map(({ sku }) => sku),
      described.map(({ threshold }) => threshold?.value ?? null),
      described.map(({ threshold }) => threshold?.position.toString() ?? NOWHERE),
      described.map(({ category }) => category?.value ?? null),
      described.map(({ category }) => category?.position.toString() ?? NOWHERE),
    ],
  });
}

const PLACES = `
  SELECT t.tenant, t.sku, coalesce(s.location_id, '') AS "locationId" FROM unnest($1::text[], $2::text[]) AS t (tenant, sku)
    LEFT JOIN workflow.stock s ON s.tenant = t.tenant AND s.sku = t.sku`;

/** With the category, rules for one location may cover the SKU or cover it no more. */
async function placesOf(client: PoolClient, described: readonly Described[]) {
  const values = [described.map(({ tenant }) => tenant), described.map(({ sku }) => sku)];
  return (await client.query<{ tenant: string; sku: string; locationId: string }>(PLACES, values)).rows;
}
