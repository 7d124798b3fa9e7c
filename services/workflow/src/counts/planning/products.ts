import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { Pool, PoolClient } from 'pg';
import type { Follower } from '../../following/follow-events.js';

const DESCRIBED = 'ProductDescribed';

/** Keeps what the lists and forms of counts say of a product. */
export const productFollower: Follower = {
  name: 'count-products',
  filter: { streamPrefixes: [STREAMS.stock.prefix], types: STREAMS.stock.storedTypes([DESCRIBED]) },
  apply: store,
};

export interface CountProduct {
  readonly sku: string;
  readonly name: string | null;
  readonly category: string | null;
  readonly barcode: string | null;
  readonly costMinor: number | null;
}

interface Described extends Partial<Omit<CountProduct, 'sku'>> {
  readonly tenant: string;
  readonly sku: string;
  readonly revision: number;
}

/** A description without a field leaves the one before as it was. */
const STORE = `
  INSERT INTO workflow.count_product AS p (tenant, sku, name, category, barcode, cost_minor, revision)
  SELECT tenant, sku, name, category, barcode, cost_minor, revision
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::int[])
      AS r (tenant, sku, name, category, barcode, cost_minor, revision)
   ORDER BY tenant, sku
  ON CONFLICT (tenant, sku) DO UPDATE SET
    name = coalesce(excluded.name, p.name), category = coalesce(excluded.category, p.category),
    barcode = coalesce(excluded.barcode, p.barcode), cost_minor = coalesce(excluded.cost_minor, p.cost_minor),
    revision = excluded.revision
  WHERE excluded.revision > p.revision`;

async function store(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  const rows = [...foldDescribed(events).values()].filter(saysSomething);
  if (rows.length === 0) return;
  await client.query(STORE, [
    rows.map(({ tenant }) => tenant),
    rows.map(({ sku }) => sku),
    rows.map(({ name }) => name ?? null),
    rows.map(({ category }) => category ?? null),
    rows.map(({ barcode }) => barcode ?? null),
    rows.map(({ costMinor }) => costMinor ?? null),
    rows.map(({ revision }) => revision),
  ]);
}

/** An ERP's first figure of a SKU makes a product of which nothing is known yet; no row says the same. */
const saysSomething = ({ name, category, barcode, costMinor }: Described): boolean =>
  name !== null || category !== null || barcode !== null || costMinor !== null;

/** One row a product: a statement may not touch one twice. */
function foldDescribed(events: readonly RecordedEvent[]): ReadonlyMap<string, Described> {
  const rows = new Map<string, Described>();
  for (const event of events) {
    const described = STREAMS.stock.decode(event);
    if (described.type !== DESCRIBED) continue;
    const { name, category, barcode, costMinor } = described;
    const known = rows.get(event.stream);
    rows.set(event.stream, {
      tenant: event.metadata.tenant,
      sku: STREAMS.stock.idOf(event),
      revision: event.revision,
      name: name ?? known?.name ?? null,
      category: category ?? known?.category ?? null,
      barcode: barcode ?? known?.barcode ?? null,
      costMinor: costMinor ?? known?.costMinor ?? null,
    });
  }
  return rows;
}

const FIND = `
  SELECT s.sku, p.name, p.category, p.barcode, p.cost_minor::float8 AS "costMinor"
    FROM unnest($2::text[]) AS s (sku) LEFT JOIN workflow.count_product p ON p.tenant = $1 AND p.sku = s.sku`;

/** Products by SKU, as the follower has stored them; one that is not known yet has no names. */
export class CountProducts {
  constructor(private readonly pool: Pool) {}

  async find(tenant: string, skus: readonly string[]): Promise<ReadonlyMap<string, CountProduct>> {
    const { rows } = await this.pool.query<CountProduct>(FIND, [tenant, skus]);
    return new Map(rows.map((row) => [row.sku, row]));
  }
}
