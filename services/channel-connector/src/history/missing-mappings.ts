import type { Pool, PoolClient } from 'pg';

export interface UnmappedSku {
  readonly tenant: string;
  readonly channelId: string;
  readonly sku: string;
}

/**
 * Counts that SKUs were skipped. Only channels that are set up here and sync by themselves miss a mapping.
 * @param unmapped SQL that gives tenant, channel_id and sku  @param asked SQL that says whether somebody asked for the push
 */
export const recordingMissing = (unmapped: string, asked: string): string => `
  INSERT INTO channels.history AS h (tenant, operation, outcome, channel_id, sku, detail)
  SELECT u.tenant, 'mapping_missing', 'skipped', u.channel_id, u.sku, 'no listing is mapped to this SKU'
    FROM ${unmapped} AS u (tenant, channel_id, sku)
    JOIN channels.channel c ON c.tenant = u.tenant AND c.channel_id = u.channel_id AND (c.sync_inventory OR ${asked})
   ORDER BY u.tenant, u.channel_id, u.sku
  ON CONFLICT (tenant, channel_id, sku) WHERE operation = 'mapping_missing'
  DO UPDATE SET at = now(), occurrences = least(h.occurrences, 2147483646) + 1`;

const RECORD = recordingMissing('unnest($1::text[], $2::text[], $3::text[])', '$4');

/** Counts that these SKUs were skipped: one row for each, bounded by the number of SKUs. @param asked whether somebody asked for the push */
export async function recordMissingMappings(database: Pool | PoolClient, skus: readonly UnmappedSku[], asked = false): Promise<void> {
  if (skus.length === 0) return;
  await database.query(RECORD, [
    skus.map(({ tenant }) => tenant),
    skus.map(({ channelId }) => channelId),
    skus.map(({ sku }) => sku),
    asked,
  ]);
}
