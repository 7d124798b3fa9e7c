import { csvRow } from '@holdfast/kit';
import type { Pool } from 'pg';

const COLUMNS = ['sku', 'channelId', 'listingId', 'conflictStrategy'] as const;
const ROWS_AT_ONCE = 1_000;

const PAGE = `
  SELECT sku, channel_id AS "channelId", listing_id AS "listingId", conflict_strategy AS "conflictStrategy" FROM channels.listing
   WHERE tenant = $1 AND listing_id IS NOT NULL AND (channel_id, sku) > ($2, $3) AND ($4::text IS NULL OR channel_id = $4)
   ORDER BY channel_id, sku LIMIT $5`;

type Row = Readonly<Record<(typeof COLUMNS)[number], string | null>>;

/** Mappings as CSV in the columns of imports, piece by piece. @param channelId null for all channels */
export async function* exportedMappings(pool: Pool, tenant: string, channelId: string | null): AsyncGenerator<string> {
  yield csvRow([...COLUMNS]);
  for (let after: readonly [string, string] = ['', '']; ;) {
    const { rows } = await pool.query<Row>(PAGE, [tenant, ...after, channelId, ROWS_AT_ONCE]);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => csvRow(COLUMNS.map((name) => row[name] ?? ''))).join('');
    after = [last.channelId ?? '', last.sku ?? ''];
  }
}
