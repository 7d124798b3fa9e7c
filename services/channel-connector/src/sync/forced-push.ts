import type { Pool } from 'pg';

export interface ForcedListing {
  readonly channelId: string;
  readonly sku: string;
  readonly mapped: boolean;
  /** ATP that goes out; null while none is known. */
  readonly quantity: number | null;
}

/** Locks rows in the order used everywhere, then makes each mapped listing due under a new version. */
const FORCE = `
  WITH locked AS MATERIALIZED (
    SELECT channel_id, sku, listing_id, quantity FROM channels.listing
     WHERE tenant = $1 AND channel_id = ANY ($2) AND (CASE WHEN $3::text[] IS NULL THEN listing_id IS NOT NULL ELSE sku = ANY ($3) END)
     ORDER BY channel_id, sku FOR UPDATE
  ),
  forced AS (
    UPDATE channels.listing l
       SET forced = true, version = nextval('channels.listing_version'),
           due_at = CASE WHEN l.quantity IS NOT NULL THEN least(l.due_at, now() + $4::float8 * interval '1 millisecond') END
      FROM locked
     WHERE l.tenant = $1 AND l.channel_id = locked.channel_id AND l.sku = locked.sku AND l.listing_id IS NOT NULL
  )
  SELECT channel_id AS "channelId", sku, listing_id IS NOT NULL AS mapped, quantity::float8 AS quantity FROM locked`;

/**
 * Tells listings again, whether or not anything changed.
 * @param skus undefined for all that are mapped
 * @param delayMs how long to wait for a newer figure that is on its way
 */
export async function forcePush(
  pool: Pool,
  tenant: string,
  channelIds: readonly string[],
  skus: readonly string[] | undefined,
  delayMs: number,
): Promise<readonly ForcedListing[]> {
  if (channelIds.length === 0) return [];
  return (await pool.query<ForcedListing>(FORCE, [tenant, channelIds, skus ?? null, delayMs])).rows;
}
