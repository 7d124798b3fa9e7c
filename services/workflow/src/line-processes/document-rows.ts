import type { PoolClient } from 'pg';
import type { RecordedEvent } from '@holdfast/event-store';

/** The columns of a table of documents; what a kind of document lists beside them follows in `more`. */
export const documentTable = (table: string): readonly string[] => [
  `CREATE TABLE ${table} (
    tenant text NOT NULL,
    id text NOT NULL,
    under_way boolean NOT NULL,
    reference text,
    updated_at timestamptz NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, id)
  )`,
  `CREATE INDEX ON ${table} (updated_at) WHERE under_way`,
];

/** What an event says of its document. */
export interface DocumentChange {
  readonly id: string;
  readonly underWay: boolean;
  /** Name that the caller gave it; undefined leaves it as it was. */
  readonly reference?: string | undefined;
}

const store = (table: string): string => `
  INSERT INTO ${table} AS d (tenant, id, under_way, reference, updated_at, revision)
  SELECT tenant, id, under_way, reference, to_timestamp(at / 1000), revision
    FROM unnest($1::text[], $2::text[], $3::boolean[], $4::text[], $5::float8[], $6::int[])
      AS r (tenant, id, under_way, reference, at, revision)
   ORDER BY tenant, id
  ON CONFLICT (tenant, id) DO UPDATE SET
    under_way = excluded.under_way, reference = coalesce(excluded.reference, d.reference), updated_at = excluded.updated_at,
    revision = excluded.revision
  WHERE excluded.revision > d.revision`;

/** Keeps which documents are under way. Events may come again. */
export async function storeDocuments(
  client: PoolClient,
  table: string,
  events: readonly RecordedEvent[],
  changeOf: (event: RecordedEvent) => DocumentChange,
): Promise<void> {
  if (events.length === 0) return;
  const rows = new Map<string, DocumentChange & { readonly tenant: string; readonly at: number; readonly revision: number }>();
  for (const recorded of events) {
    const change = changeOf(recorded);
    const reference = change.reference ?? rows.get(recorded.stream)?.reference;
    const { tenant, at } = recorded.metadata;
    rows.set(recorded.stream, { ...change, reference, tenant, at, revision: recorded.revision });
  }
  const changed = [...rows.values()];
  await client.query({
    name: `store ${table}`,
    text: store(table),
    values: [
      changed.map(({ tenant }) => tenant),
      changed.map(({ id }) => id),
      changed.map(({ underWay }) => underWay),
      changed.map(({ reference }) => reference ?? null),
      changed.map(({ at }) => at),
      changed.map(({ revision }) => revision),
    ],
  });
}
