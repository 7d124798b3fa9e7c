import { sqlIsKeptByChannel } from '@holdfast/inventory';
import type { ChannelRow } from '../fold/rows.js';
import { channelRow } from '../storage/read-rows.js';
import type { StoredChannel } from '../storage/read-rows.js';
import type { Tables } from './tables.js';

/** Enabled channels of a tenant by id; a channel of the connector's own that was disabled promises nothing and is left out. */
export async function findChannels(tables: Tables, tenant: string): Promise<readonly ChannelRow[]> {
  const text = `SELECT * FROM ${tables.schema}.channels WHERE tenant = $1 AND enabled ORDER BY channel_id`;
  const { rows } = await tables.pool.query<StoredChannel>({ name: `${tables.schema}.channels of a tenant`, text, values: [tenant] });
  return rows.map(channelRow);
}

/** An enabled channel of a tenant. */
export async function findChannel(tables: Tables, tenant: string, channelId: string): Promise<ChannelRow | undefined> {
  const text = `SELECT * FROM ${tables.schema}.channels WHERE tenant = $1 AND channel_id = $2 AND enabled`;
  const { rows } = await tables.pool.query<StoredChannel>({ name: `${tables.schema}.channel`, text, values: [tenant, channelId] });
  return rows[0] === undefined ? undefined : channelRow(rows[0]);
}

/** What a channel may promise of one SKU. */
export interface ChannelAtpView {
  readonly sku: string;
  readonly channelId: string;
  readonly atp: number;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly updatedAt: number;
}

/** What each channel may promise of the SKUs named. */
export async function findChannelAtp(
  tables: Tables,
  tenant: string,
  filter: { readonly skus: readonly string[]; readonly channelId?: string },
): Promise<readonly ChannelAtpView[]> {
  const { rows } = await tables.pool.query<{ sku: string; channel_id: string; atp: string; version: string; updated_at: Date }>(
    `SELECT sku, channel_id, atp, version, updated_at FROM ${tables.schema}.channel_atp
     WHERE tenant = $1 AND sku = ANY ($2) AND ($3::text IS NULL OR channel_id = $3) ORDER BY sku, channel_id`,
    [tenant, filter.skus, filter.channelId ?? null],
  );
  return rows.map((row) => ({
    sku: row.sku,
    channelId: row.channel_id,
    atp: Number(row.atp),
    version: Number(row.version),
    updatedAt: row.updated_at.getTime(),
  }));
}

export interface ChannelSummary {
  readonly channelId: string;
  readonly products: number;
  /** Units of these SKUs that may not leave. */
  readonly held: number;
  readonly atp: number;
  readonly ok: number;
  readonly low: number;
  readonly critical: number;
}

/** Per channel: over how many SKUs it sells, what it may promise in all, and how many are scarce. */
export async function summariseChannels(tables: Tables, tenant: string): Promise<readonly ChannelSummary[]> {
  interface Stored {
    readonly channel_id: string;
    readonly products: string;
    readonly held: string;
    readonly atp: string;
    readonly critical: string;
    readonly low: string;
  }
  const { rows } = await tables.pool.query<Stored>(
    `WITH held AS (SELECT sku, sum(held) AS held FROM ${tables.schema}.stock
                   WHERE tenant = $1 AND held > 0 AND NOT ${sqlIsKeptByChannel('location_id')} GROUP BY sku)
     SELECT c.channel_id, count(a.sku) AS products, coalesce(sum(h.held), 0) AS held, coalesce(sum(a.atp), 0) AS atp,
            count(*) FILTER (WHERE a.atp <= c.critical_threshold) AS critical,
            count(*) FILTER (WHERE a.atp > c.critical_threshold AND a.atp <= c.low_threshold) AS low
     FROM ${tables.schema}.channels c
     LEFT JOIN ${tables.schema}.channel_atp a ON a.tenant = c.tenant AND a.channel_id = c.channel_id
     LEFT JOIN held h ON h.sku = a.sku COLLATE "C"
     WHERE c.tenant = $1 AND c.enabled GROUP BY c.channel_id ORDER BY c.channel_id`,
    [tenant],
  );
  return rows.map((row) => {
    const [products, critical, low] = [Number(row.products), Number(row.critical), Number(row.low)];
    const [held, atp] = [Number(row.held), Number(row.atp)];
    return { channelId: row.channel_id, products, held, atp, critical, low, ok: products - critical - low };
  });
}
