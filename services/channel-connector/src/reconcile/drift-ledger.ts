import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import { polledWaits } from '../polling/orders-known.js';
import type { DriftAction } from './action-on.js';
import type { DriftClass } from './classify.js';
import { LISTED_MS, type OpenDrift } from './order-wait.js';

export interface Drift {
  readonly sku: string;
  readonly listingId: string;
  readonly class: DriftClass;
  readonly expected: number | null;
  readonly observed: number | null;
  /** What is done about it now; null where nothing is. */
  readonly action: DriftAction;
}

export interface DriftEntry {
  readonly channelId: string;
  readonly sku: string;
  readonly listingId: string;
  readonly class: DriftClass;
  readonly expected: number | null;
  readonly observed: number | null;
  readonly detectedAt: Date;
  readonly resolvedAt: Date | null;
  readonly resolution: string | null;
  readonly resolvedBy: string | null;
}

/** Entries kept of each tenant once they are resolved. */
const KEPT_DAYS = 90;

/** An open entry of another class, or with another figure, ends where the new one begins. */
const SUPERSEDE = `
  UPDATE channels.drift d SET resolved_at = now(), resolution = 'changed', resolved_by = $4
    FROM jsonb_to_recordset($3::jsonb) AS s ("listingId" text, class text, observed bigint)
   WHERE d.tenant = $1 AND d.channel_id = $2 AND d.listing_id = s."listingId" AND d.resolved_at IS NULL
     AND (d.class <> s.class OR d.observed IS DISTINCT FROM s.observed)`;

const RECORD = `
  INSERT INTO channels.drift AS d (tenant, channel_id, sku, listing_id, class, expected, observed, resolution)
  SELECT $1, $2, s.sku, s."listingId", s.class, s.expected, s.observed, s.action
    FROM jsonb_to_recordset($3::jsonb) AS s (sku text, "listingId" text, class text, expected bigint, observed bigint, action text)
  ON CONFLICT (tenant, channel_id, listing_id) WHERE resolved_at IS NULL
  DO UPDATE SET expected = excluded.expected, resolution = coalesce(excluded.resolution, d.resolution)
  RETURNING d.id || ' ' || extract(epoch FROM d.detected_at) AS name, d.listing_id AS "listingId"`;

const RESOLVE = `
  UPDATE channels.drift SET resolved_at = now(), resolution = coalesce(resolution, CASE WHEN class IN ('late', 'vendor_lag') THEN 'arrived' ELSE 'agrees again' END),
         resolved_by = $4
   WHERE tenant = $1 AND channel_id = $2 AND listing_id = ANY ($3) AND resolved_at IS NULL`;

const OPEN_SINCE = `
  SELECT d.listing_id AS "listingId", d.observed::float8 AS observed, extract(epoch FROM now() - seen.since)::float8 * 1000 AS "ageMs",
         coalesce(p.orders_until >= seen.since + $4::float8 * interval '1 millisecond' AND work.is_done, false) AS "isPolled",
         coalesce(p.orders_sure_until >= seen.since AND work.is_done, false) AS "isSure"
    FROM channels.drift d LEFT JOIN channels.polling p USING (tenant, channel_id)
    LEFT JOIN channels.listing l ON l.tenant = d.tenant AND l.channel_id = d.channel_id AND l.sku = d.sku AND l.listing_id = d.listing_id
   CROSS JOIN LATERAL (SELECT greatest(d.detected_at, l.sent_at) AS since) seen
   CROSS JOIN LATERAL (
     SELECT NOT ${polledWaits('d.tenant', 'd.channel_id')} AND NOT EXISTS (
       SELECT FROM channels.channel_order o JOIN channels.channel_order_line line USING (tenant, channel_id, order_id)
        WHERE o.tenant = d.tenant AND o.channel_id = d.channel_id AND o.due_at IS NOT NULL AND line.listing_id = d.listing_id) AS is_done) work
   WHERE d.tenant = $1 AND d.channel_id = $2 AND d.listing_id = ANY ($3) AND d.resolved_at IS NULL`;

const COLUMNS = `channel_id AS "channelId", sku, listing_id AS "listingId", class, expected::float8 AS expected, observed::float8 AS observed,
  detected_at AS "detectedAt", resolved_at AS "resolvedAt", resolution, resolved_by AS "resolvedBy"`;

const WHERE = `tenant = $1 AND ($2::text IS NULL OR channel_id = $2) AND ($3::text IS NULL OR class = $3)
  AND ($4::boolean IS NULL OR (resolved_at IS NULL) = $4)`;

/** Every difference that a reconcile found, with what became of it. */
export class DriftLedger {
  constructor(private readonly pool: Pool) {}

  /** Called before anything is done about them. @param by who looked @returns the open entries' names by listing: equal for an entry that goes on, and never used again */
  async record({ tenant, channelId }: ChannelRef, drifts: readonly Drift[], by: string): Promise<ReadonlyMap<string, string>> {
    if (drifts.length === 0) return new Map();
    await this.pool.query(SUPERSEDE, [tenant, channelId, JSON.stringify(drifts), by]);
    const { rows } = await this.pool.query<{ name: string; listingId: string }>(RECORD, [tenant, channelId, JSON.stringify(drifts)]);
    return new Map(rows.map(({ name, listingId }) => [listingId, name]));
  }

  /** These listings agree with us. */
  async agree({ tenant, channelId }: ChannelRef, listingIds: readonly string[], by: string): Promise<void> {
    if (listingIds.length > 0) await this.pool.query(RESOLVE, [tenant, channelId, listingIds, by]);
  }

  /** Open entries of these listings, with how long each has been open, and what is known of orders since. */
  async openSince({ tenant, channelId }: ChannelRef, listingIds: readonly string[]): Promise<ReadonlyMap<string, OpenDrift>> {
    if (listingIds.length === 0) return new Map();
    const { rows } = await this.pool.query<OpenDrift & { readonly listingId: string }>(OPEN_SINCE, [
      tenant,
      channelId,
      listingIds,
      LISTED_MS,
    ]);
    return new Map(rows.map(({ listingId, ...open }) => [listingId, open]));
  }

  async page(
    tenant: string,
    filter: { readonly channelId: string | undefined; readonly class: DriftClass | undefined; readonly open: boolean | undefined },
    page: { readonly offset: number; readonly pageSize: number },
  ): Promise<{ readonly entries: readonly DriftEntry[]; readonly total: number }> {
    const values = [tenant, filter.channelId ?? null, filter.class ?? null, filter.open ?? null];
    const sql = `SELECT ${COLUMNS} FROM channels.drift WHERE ${WHERE} ORDER BY detected_at DESC, id DESC OFFSET $5 LIMIT $6`;
    const { rows } = await this.pool.query<DriftEntry>(sql, [...values, page.offset, page.pageSize]);
    const counted = await this.pool.query<{ total: number }>(`SELECT count(*)::int AS total FROM channels.drift WHERE ${WHERE}`, values);
    return { entries: rows, total: counted.rows[0]?.total ?? 0 };
  }

  async trim(): Promise<void> {
    await this.pool.query(`DELETE FROM channels.drift WHERE resolved_at < now() - ${String(KEPT_DAYS)} * interval '1 day'`);
  }
}
