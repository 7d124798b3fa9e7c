import type { Pool, PoolClient } from 'pg';
import { endUnheldConflicts } from '../conflicts/conflict-table.js';
import type { ConflictStrategy } from '../channels/channel-settings.js';
import { inTransaction } from '@holdfast/kit';
import type { ChannelRef } from '../accounts/channel-ref.js';
import { endUnmappedDrift } from '../reconcile/unmapped-drift.js';
import type { MappingChange } from './mapping.dto.js';

export interface Mapping {
  readonly sku: string;
  /** Null takes the SKU off the channel. */
  readonly listingId: string | null;
  readonly conflictStrategy?: ConflictStrategy;
}

/** Listings that belong to a SKU which this change does not mention. */
export class ListingsTaken extends Error {
  constructor(readonly taken: readonly { readonly listingId: string; readonly sku: string }[]) {
    super('a listing is mapped to another SKU');
    this.name = 'ListingsTaken';
  }
}

const LOCK = `SELECT sku FROM channels.listing WHERE tenant = $1 AND channel_id = $2 AND (sku = ANY ($3) OR $4) ORDER BY sku FOR UPDATE`;

const UNMAP = `
  UPDATE channels.listing
     SET listing_id = NULL, conflict_strategy = NULL, due_at = NULL, forced = false, fault = NULL, attempts = 0,
         sent_quantity = NULL, sent_version = NULL, sent_at = NULL, shown_quantity = NULL, shown_parts = NULL, shown_at = NULL,
         confirmed_position = NULL, former_versions = NULL,
         urgent = false, unsure = false, memo = NULL, pending_reference = NULL, pending_check_at = NULL, pending_exclusive = false, conflict_id = NULL
   WHERE tenant = $1 AND channel_id = $2 AND listing_id IS NOT NULL`;

/** Frees the listings of SKUs that are removed or get another one, so that SKUs can trade listings in one call. */
const FREE = `${UNMAP} AND sku IN (
    SELECT m.sku FROM unnest($3::text[], $4::text[]) AS m (sku, listing_id) WHERE m.listing_id IS DISTINCT FROM listing.listing_id AND m.sku = listing.sku)
  RETURNING sku`;

const FREE_OTHERS = `${UNMAP} AND sku <> ALL ($3::text[]) RETURNING sku`;

const TAKEN = `
  SELECT listing_id AS "listingId", sku FROM channels.listing
   WHERE tenant = $1 AND channel_id = $2 AND listing_id = ANY ($3) AND sku <> ALL ($4) ORDER BY listing_id LIMIT 100`;

/** What the newest discovery that found the listing remembers of it. */
const MEMO = `
  SELECT f.memo FROM channels.discovery d JOIN channels.found_listing f ON f.tenant = d.tenant AND f.discovery_id = d.discovery_id
   WHERE d.tenant = $1 AND d.channel_id = $2 AND f.listing_id = m.listing_id ORDER BY d.created_at DESC LIMIT 1`;

/** The figure of a new mapping is sent at once, where one is known. Unchanged mappings are not sent. */
const MAP = `
  INSERT INTO channels.listing AS l (tenant, channel_id, sku, listing_id, conflict_strategy, memo)
  SELECT $1, $2, sku, listing_id, conflict_strategy, (${MEMO})
    FROM unnest($3::text[], $4::text[], $5::text[]) AS m (sku, listing_id, conflict_strategy)
   WHERE listing_id IS NOT NULL
   ORDER BY sku
  ON CONFLICT (tenant, channel_id, sku) DO UPDATE SET
    listing_id = excluded.listing_id,
    conflict_strategy = excluded.conflict_strategy,
    memo = CASE WHEN l.listing_id IS NULL THEN excluded.memo ELSE l.memo END,
    version = CASE WHEN l.listing_id IS NULL THEN nextval('channels.listing_version') ELSE l.version END,
    due_at = CASE WHEN l.listing_id IS NULL AND l.quantity IS NOT NULL THEN now() ELSE l.due_at END,
    urgent = CASE WHEN l.listing_id IS NULL AND coalesce(l.figure, l.quantity) = 0 THEN true ELSE l.urgent END
  RETURNING sku`;

/** Lines of orders that waited for a mapping are taken from stock now. */
const TAKE_ORDERS = `
  UPDATE channels.channel_order o SET due_at = now(), attempts = 0
   WHERE o.tenant = $1 AND o.channel_id = $2 AND EXISTS (
     SELECT 1 FROM channels.channel_order_line l
      WHERE l.tenant = $1 AND l.channel_id = $2 AND l.order_id = o.order_id AND l.sku IS NULL AND l.listing_id = ANY ($3))`;

/**
 * Changes mappings of one channel, all or none.
 * @param replace whether SKUs that are not named lose theirs @param by who asked, as the drift ledger names it @throws ListingsTaken
 */
export const changeMappings = (
  pool: Pool,
  channel: ChannelRef,
  mappings: readonly Mapping[],
  replace: boolean,
  by = 'mapping',
): Promise<MappingChange> => inTransaction(pool, (client) => apply(client, channel, mappings, replace, by));

async function apply(
  client: PoolClient,
  channel: ChannelRef,
  mappings: readonly Mapping[],
  replace: boolean,
  by: string,
): Promise<MappingChange> {
  const of = [channel.tenant, channel.channelId];
  const skus = mappings.map(({ sku }) => sku);
  const listingIds = mappings.map(({ listingId }) => listingId);
  const removedSkus = new Set(mappings.filter(({ listingId }) => listingId === null).map(({ sku }) => sku));

  await client.query(LOCK, [...of, skus, replace]);
  const others = replace ? await client.query(FREE_OTHERS, [...of, skus]) : undefined;
  const freed = await client.query<{ sku: string }>(FREE, [...of, skus, listingIds]);
  if (freed.rows.length + (others?.rows.length ?? 0) > 0) {
    await endUnheldConflicts(client, channel);
    await endUnmappedDrift(client, channel, by);
  }
  const taken = await client.query<{ listingId: string; sku: string }>(TAKEN, [...of, listingIds.filter((id) => id !== null), skus]);
  if (taken.rows.length > 0) throw new ListingsTaken(taken.rows);
  const mapped = await client.query(MAP, [...of, skus, listingIds, mappings.map(({ conflictStrategy }) => conflictStrategy ?? null)]);
  if (mapped.rows.length > 0) await client.query(TAKE_ORDERS, [...of, listingIds.filter((id) => id !== null)]);
  return {
    mapped: mapped.rows.length,
    removed: (others?.rows.length ?? 0) + freed.rows.filter(({ sku }) => removedSkus.has(sku)).length,
  };
}
