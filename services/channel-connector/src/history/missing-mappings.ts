import type { Pool, PoolClient } from 'pg';

export interface UnmappedSku {
  readonly tenant: string;
  readonly channelId: string;
  readonly sku: string;
}

/**
 * Queries of a WITH that count that SKUs were skipped. Only channels that are set up here and sync by themselves miss a mapping. Known rows
 * are updated, not upserted: an upsert takes a new id each time, whether it inserts or not.
 * @param unmapped SQL that gives tenant, channel_id and sku @param asked SQL that says whether the push was requested
 */
export const recordingMissing = (unmapped: string, asked: string): string => `
  missing AS MATERIALIZED (
    SELECT u.tenant, u.channel_id, u.sku
      FROM ${unmapped} AS u (tenant, channel_id, sku)
      JOIN channels.channel c ON c.tenant = u.tenant AND c.channel_id = u.channel_id AND (c.sync_inventory OR ${asked})),
  known AS MATERIALIZED (
    SELECT h.id, h.tenant, h.channel_id, h.sku FROM channels.history h JOIN missing USING (tenant, channel_id, sku)
     WHERE h.operation = 'mapping_missing' ORDER BY h.tenant, h.channel_id, h.sku FOR UPDATE OF h),
  counted AS (
    UPDATE channels.history h SET at = now(), occurrences = least(h.occurrences, 2147483646) + 1 FROM known WHERE h.id = known.id),
  added AS (
    INSERT INTO channels.history AS h (tenant, operation, outcome, channel_id, sku, detail)
    SELECT tenant, 'mapping_missing', 'skipped', channel_id, sku, 'no listing is mapped to this SKU' FROM missing
     WHERE NOT EXISTS (SELECT 1 FROM known k WHERE k.tenant = missing.tenant AND k.channel_id = missing.channel_id AND k.sku = missing.sku)
     ORDER BY tenant, channel_id, sku
    ON CONFLICT (tenant, channel_id, sku) WHERE operation = 'mapping_missing'
    DO UPDATE SET at = now(), occurrences = least(h.occurrences, 2147483646) + 1)`;

const RECORD = `WITH ${recordingMissing('unnest($1::text[], $2::text[], $3::text[])', '$4')} SELECT`;

/** Counts that these SKUs were skipped: one row for each, bounded by the number of SKUs. @param asked whether the push was requested */
export async function recordMissingMappings(database: Pool | PoolClient, skus: readonly UnmappedSku[], asked = false): Promise<void> {
  if (skus.length === 0) return;
  await database.query(RECORD, [
    skus.map(({ tenant }) => tenant),
    skus.map(({ channelId }) => channelId),
    skus.map(({ sku }) => sku),
    asked,
  ]);
}
