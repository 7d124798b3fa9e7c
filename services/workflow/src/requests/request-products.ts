import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { int8Array, textArray } from '@holdfast/kit';
import type { Follower } from '../following/follow-events.js';

const DESCRIBED = 'ProductDescribed';

/** Learns names, categories, barcodes and costs of products, which lists of requests show. */
export const requestProductFollower: Follower = {
  name: 'stock-request-products',
  filter: { streamPrefixes: [STREAMS.stock.prefix], types: STREAMS.stock.storedTypes([DESCRIBED]) },
  apply: learn,
};

/** A description without a field leaves the one before as it was. */
const STORE = `
  INSERT INTO workflow.request_product AS p (tenant, sku, name, category, barcode, cost_minor, position)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[]) ORDER BY 1, 2
  ON CONFLICT (tenant, sku) DO UPDATE SET
    name = coalesce(excluded.name, p.name), category = coalesce(excluded.category, p.category),
    barcode = coalesce(excluded.barcode, p.barcode), cost_minor = coalesce(excluded.cost_minor, p.cost_minor), position = excluded.position
  WHERE excluded.position > p.position`;

interface Described {
  readonly tenant: string;
  readonly sku: string;
  readonly name?: string;
  readonly category?: string;
  readonly barcode?: string;
  readonly costMinor?: number;
  readonly position: bigint;
}

async function learn(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  const products = new Map<string, Described>();
  for (const event of events) {
    const { tenant } = event.metadata;
    const described = STREAMS.stock.decode(event);
    if (described.type !== DESCRIBED) continue;
    const { name, category, barcode, costMinor } = described;
    const fields = Object.entries({ name, category, barcode, costMinor }).filter(([, value]) => value !== undefined);
    const before = products.get(event.stream);
    products.set(event.stream, {
      ...before,
      ...Object.fromEntries(fields),
      tenant,
      sku: STREAMS.stock.idOf(event),
      position: event.position,
    });
  }
  // In one order, so that followers of several processes do not wait for each other in a circle.
  const rows = [...products.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  await client.query({
    name: 'store-request-products',
    text: STORE,
    values: [
      textArray(rows.map(({ tenant }) => tenant)),
      textArray(rows.map(({ sku }) => sku)),
      textArray(rows.map(({ name }) => name ?? null)),
      textArray(rows.map(({ category }) => category ?? null)),
      textArray(rows.map(({ barcode }) => barcode ?? null)),
      int8Array(rows.map(({ costMinor }) => costMinor ?? null)),
      int8Array(rows.map(({ position }) => position)),
    ],
  });
}
