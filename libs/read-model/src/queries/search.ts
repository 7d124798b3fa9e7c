import type { Tables } from './tables.js';
import { containing } from './tables.js';

export const FOUND_KINDS = ['product', 'location', 'channel', 'order', 'reservation'] as const;
export type FoundKind = (typeof FOUND_KINDS)[number];

/** Something whose id, code or name was searched for. */
export interface Found {
  readonly kind: FoundKind;
  readonly id: string;
  readonly name: string | null;
  /** The text is its id or its barcode. */
  readonly exact: boolean;
}

/** Of each kind. */
const MOST = 8;

interface Source {
  readonly table: string;
  readonly id: string;
  readonly name: string;
  /** Is `$2`, the text itself. */
  readonly exact: string;
  /** Is like `$3`, the text somewhere; undefined where only the whole text is looked up: these rows are too many to be looked through. */
  readonly like?: string;
}

const SOURCES: Readonly<Record<FoundKind, Source>> = {
  product: {
    table: 'products',
    id: 'sku',
    name: 'name',
    exact: `(sku = $2 OR coalesce(barcode, '') = $2)`,
    like: '(sku ILIKE $3 OR name ILIKE $3 OR barcode ILIKE $3)',
  },
  location: {
    table: 'locations',
    id: 'location_id',
    name: 'name',
    exact: 'location_id = $2',
    like: '(location_id ILIKE $3 OR name ILIKE $3)',
  },
  channel: { table: 'channels', id: 'channel_id', name: 'name', exact: 'channel_id = $2', like: '(channel_id ILIKE $3 OR name ILIKE $3)' },
  order: { table: 'reservations', id: 'order_id', name: 'NULL', exact: 'order_id = $2' },
  reservation: { table: 'reservations', id: 'reservation_id', name: 'NULL', exact: 'reservation_id = $2' },
};

/** What is called so, of the kinds named: exact matches first, then those whose id begins with the text; at most eight of a kind. */
export async function search(tables: Tables, tenant: string, text: string, kinds: readonly FoundKind[]): Promise<readonly Found[]> {
  const found = await Promise.all(kinds.map((kind) => ofKind(tables, tenant, text, kind)));
  const all = found.flat();
  return [...all.filter(({ exact }) => exact), ...all.filter(({ exact }) => !exact)];
}

async function ofKind({ pool, schema }: Tables, tenant: string, text: string, kind: FoundKind): Promise<readonly Found[]> {
  const { table, id, name, exact, like } = SOURCES[kind];
  const { rows } = await pool.query<Omit<Found, 'kind'>>(
    `SELECT ${id} AS id, ${name} AS name, ${exact} AS exact FROM ${schema}.${table}
      WHERE tenant = $1 AND ${like === undefined ? exact : `(${exact} OR ${like})`}
      GROUP BY 1, 2, 3 ORDER BY exact DESC, starts_with(lower(${id}), lower($2)) DESC, id LIMIT ${MOST}`,
    like === undefined ? [tenant, text] : [tenant, text, containing(text)],
  );
  return rows.map((row) => ({ kind, ...row }));
}
