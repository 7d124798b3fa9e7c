import { randomUUID } from 'node:crypto';
import { inTransaction, isUuid, type ProcessRef } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { FoundListing, ListingPage } from '../providers/read.js';
import type { KnownMappings, Match, Matched } from './match.js';

export type DiscoveryStatus = 'running' | 'done' | 'failed';

export interface Discovery extends ChannelRef {
  readonly discoveryId: string;
  readonly status: DiscoveryStatus;
  readonly cursor: string | null;
  readonly pages: number;
  readonly found: number;
  readonly total: number | null;
  readonly fault: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface ProposedListing {
  readonly listingId: string;
  readonly sku: string | null;
  readonly match: Match;
  readonly says: string | null;
  readonly channelSku: string | null;
  readonly barcode: string | null;
  readonly title: string | null;
  readonly quantity: number | null;
}

const COLUMNS = `tenant, discovery_id AS "discoveryId", channel_id AS "channelId", status, cursor, pages, found, total, fault,
  created_at AS "createdAt", finished_at AS "finishedAt"`;

/** Discoveries of one channel that are kept, newest first. */
const KEPT = 5;

const BEGIN = `INSERT INTO channels.discovery (tenant, discovery_id, channel_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`;
const FORGET = `
  DELETE FROM channels.discovery WHERE tenant = $1 AND discovery_id IN (
    SELECT discovery_id FROM channels.discovery WHERE tenant = $1 AND channel_id = $2 AND status <> 'running' ORDER BY created_at DESC OFFSET ${String(KEPT)})`;

const FOUND = `
  INSERT INTO channels.found_listing (tenant, discovery_id, listing_id, channel_sku, barcode, title, quantity, match, sku, says, memo)
  SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::text[], $10::text[], $11::jsonb[])
  ON CONFLICT (tenant, discovery_id, listing_id) DO NOTHING`;

/** Only the page after the one that was stored last: two drivers of one discovery cannot count a page twice. */
const TURN = `
  UPDATE channels.discovery
     SET cursor = $3, pages = pages + 1, total = coalesce($4, total), fault = NULL,
         found = (SELECT count(*) FROM channels.found_listing f WHERE f.tenant = $1 AND f.discovery_id = $2)
   WHERE tenant = $1 AND discovery_id = $2 AND status = 'running' AND pages = $5`;

/** One SKU is no proposal for two listings. */
const UNTWIN = `
  UPDATE channels.found_listing f
     SET match = 'ambiguous', sku = NULL, says = format('%s is proposed for %s listings', t.sku, t.listings)
    FROM (SELECT sku, count(*) AS listings FROM channels.found_listing
           WHERE tenant = $1 AND discovery_id = $2 AND match IN ('by_sku', 'by_barcode') GROUP BY sku HAVING count(*) > 1) t
   WHERE f.tenant = $1 AND f.discovery_id = $2 AND f.sku = t.sku AND f.match IN ('by_sku', 'by_barcode') AND f.says IS DISTINCT FROM 'is mapped already'`;

const END = `
  UPDATE channels.discovery SET status = $3, fault = $4, finished_at = now() WHERE tenant = $1 AND discovery_id = $2 AND status = 'running'`;

/** It is tried again; a discovery that cannot go on for a day has failed. */
const NOT_READ = `
  UPDATE channels.discovery SET fault = $3,
         status = CASE WHEN created_at < now() - interval '1 day' THEN 'failed' ELSE status END,
         finished_at = CASE WHEN created_at < now() - interval '1 day' THEN now() END
   WHERE tenant = $1 AND discovery_id = $2 AND status = 'running'`;

/** Running ones that nobody drives and whose next attempt is due. */
const DUE = `
  SELECT d.tenant, d.discovery_id::text AS id
    FROM channels.discovery d LEFT JOIN channels.process p ON p.kind = 'discovery' AND p.tenant = d.tenant AND p.id = d.discovery_id::text
   WHERE d.status = 'running' AND (p.lease_until IS NULL OR p.lease_until < now()) AND (p.next_attempt_at IS NULL OR p.next_attempt_at <= now())
   ORDER BY coalesce(p.next_attempt_at, d.created_at) LIMIT 16`;

const MAPPED = `
  SELECT sku, listing_id AS "listingId" FROM channels.listing
   WHERE tenant = $1 AND channel_id = $2 AND listing_id IS NOT NULL AND (listing_id = ANY ($3) OR sku = ANY ($4))`;

export class DiscoveryTable {
  constructor(private readonly pool: Pool) {}

  async begin({ tenant, channelId }: ChannelRef): Promise<string> {
    const id = randomUUID();
    await this.pool.query(BEGIN, [tenant, id, channelId]);
    await this.pool.query(FORGET, [tenant, channelId]);
    return id;
  }

  async find(tenant: string, discoveryId: string): Promise<Discovery | undefined> {
    if (!isUuid(discoveryId)) return undefined;
    const sql = `SELECT ${COLUMNS} FROM channels.discovery WHERE tenant = $1 AND discovery_id = $2`;
    return (await this.pool.query<Discovery>(sql, [tenant, discoveryId])).rows[0];
  }

  async due(): Promise<readonly ProcessRef[]> {
    return (await this.pool.query<ProcessRef>(DUE)).rows;
  }

  async mappingsOf({ tenant, channelId }: ChannelRef, listingIds: readonly string[], skus: readonly string[]): Promise<KnownMappings> {
    const { rows } = await this.pool.query<{ sku: string; listingId: string }>(MAPPED, [tenant, channelId, listingIds, skus]);
    return {
      skuOf: new Map(rows.map(({ sku, listingId }) => [listingId, sku])),
      listingOf: new Map(rows.map(({ sku, listingId }) => [sku, listingId])),
    };
  }

  /** Stores a page with its matches, and where the next one begins, in one transaction. */
  async store({ tenant, discoveryId, pages }: Discovery, page: ListingPage, matches: readonly Matched[]): Promise<void> {
    const { listings } = page;
    const of = (value: (listing: FoundListing) => unknown): unknown[] => listings.map(value);
    await inTransaction(this.pool, async (client) => {
      await client.query(FOUND, [
        tenant,
        discoveryId,
        of(({ listingId }) => listingId),
        of(({ sku }) => sku),
        of(({ barcode }) => barcode),
        of(({ title }) => title),
        of(({ figure }) => figure?.quantity ?? null),
        matches.map(({ match }) => match),
        matches.map(({ sku }) => sku),
        matches.map(({ says }) => says),
        of(({ memo }) => (memo === undefined ? null : JSON.stringify(memo))),
      ]);
      await client.query(TURN, [tenant, discoveryId, page.next, page.total, pages]);
    });
  }

  /** Says why the next page could not be read now. */
  async notRead({ tenant, discoveryId }: Discovery, fault: string): Promise<void> {
    await this.pool.query(NOT_READ, [tenant, discoveryId, fault]);
  }

  async end({ tenant, discoveryId }: Discovery, status: 'done' | 'failed', fault: string | null): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      if (status === 'done') await client.query(UNTWIN, [tenant, discoveryId]);
      await client.query(END, [tenant, discoveryId, status, fault]);
    });
  }

  /** @param match undefined for every listing */
  async proposals(
    { tenant, discoveryId }: Discovery,
    match: Match | undefined,
    page: { readonly offset: number; readonly pageSize: number },
  ): Promise<{ readonly listings: readonly ProposedListing[]; readonly total: number }> {
    const where = `tenant = $1 AND discovery_id = $2 AND ($3::text IS NULL OR match = $3)`;
    const { rows } = await this.pool.query<ProposedListing>(
      `SELECT listing_id AS "listingId", sku, match, says, channel_sku AS "channelSku", barcode, title, quantity::float8 AS quantity
         FROM channels.found_listing WHERE ${where} ORDER BY listing_id OFFSET $4 LIMIT $5`,
      [tenant, discoveryId, match ?? null, page.offset, page.pageSize],
    );
    const counted = await this.pool.query<{ total: number }>(`SELECT count(*)::int AS total FROM channels.found_listing WHERE ${where}`, [
      tenant,
      discoveryId,
      match ?? null,
    ]);
    return { listings: rows, total: counted.rows[0]?.total ?? 0 };
  }

  /** Listings whose product is certain, and which are not mapped yet. */
  async certain({ tenant, discoveryId }: Discovery): Promise<readonly { readonly listingId: string; readonly sku: string }[]> {
    const sql = `
      SELECT listing_id AS "listingId", sku FROM channels.found_listing
       WHERE tenant = $1 AND discovery_id = $2 AND match IN ('by_sku', 'by_barcode') AND sku IS NOT NULL AND says IS DISTINCT FROM 'is mapped already'
       ORDER BY sku`;
    return (await this.pool.query<{ listingId: string; sku: string }>(sql, [tenant, discoveryId])).rows;
  }

  async named({ tenant, discoveryId }: Discovery, listingIds: readonly string[]): Promise<readonly ProposedListing[]> {
    const sql = `
      SELECT listing_id AS "listingId", sku, match, says, channel_sku AS "channelSku", barcode, title, quantity::float8 AS quantity
        FROM channels.found_listing WHERE tenant = $1 AND discovery_id = $2 AND listing_id = ANY ($3)`;
    return (await this.pool.query<ProposedListing>(sql, [tenant, discoveryId, listingIds])).rows;
  }
}
