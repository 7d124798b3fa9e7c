import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { ConflictStrategy } from '../channels/channel-settings.js';
import { figureToSend } from '../delivery/figure-to-send.js';
import type { PlacedFigure } from '../mappings/desired-figures.js';
import type { Figure, Part } from '../providers/figures.js';
import type { MappedLocation } from '../providers/provider.js';
import type { ToldListing } from './classify.js';

/** A mapped listing with everything that its comparison needs. */
export interface MappedListing extends ToldListing {
  readonly sku: string;
  readonly listingId: string;
  readonly figure: Figure;
  /** What it should have shown before, place by place, of a channel that maps places: whatever is known of it, it may have been told. */
  readonly earlierPlaces: readonly Figure[];
  readonly strategy: ConflictStrategy;
  /** Of the figure that it should show, and of the one that was told last. */
  readonly version: string;
  readonly toldVersion: string | null;
  /** What it was last seen showing; null where nothing is known. */
  readonly shown: Figure | null;
}

interface Row extends Omit<MappedListing, 'figure' | 'wanted' | 'earlier' | 'earlierPlaces' | 'shown'> {
  /** Figures that it should have shown, newest first. */
  readonly recent: readonly number[];
  readonly recentPlaces: readonly PlacedFigure[];
  readonly quantity: number;
  readonly parts: Readonly<Record<string, number>> | null;
  readonly shownQuantity: number | null;
  readonly shownParts: readonly Part[] | null;
}

type MappedChannel = ChannelRef & { readonly locations: readonly MappedLocation[] };

/** What is read of the account must not be held against listings of another one that the channel has since. */
type OfAccount = MappedChannel & { readonly revision: string };

const mapped = (which: string): string => `
  SELECT l.sku, l.listing_id AS "listingId", l.quantity::float8 AS quantity, l.parts, l.recent::float8[] AS recent, l.recent_places AS "recentPlaces",
         l.sent_quantity::float8 AS told, l.prior_quantity::float8 AS prior, l.version, l.sent_version AS "toldVersion",
         l.shown_quantity::float8 AS "shownQuantity", l.shown_parts AS "shownParts",
         l.sent_version IS DISTINCT FROM l.version AS "isDue", l.pending_reference IS NOT NULL AS "isPending",
         l.pending_reference IS NULL AND l.shown_quantity IS NULL AS "isUndone",
         coalesce(l.conflict_strategy, c.conflict_strategy) AS strategy
    FROM channels.listing l JOIN channels.channel c USING (tenant, channel_id)
   WHERE l.tenant = $1 AND l.channel_id = $2 AND l.listing_id IS NOT NULL AND l.quantity IS NOT NULL AND c.revision = coalesce($3, c.revision)
     AND ${which} LIMIT $5`;

const PAGE = mapped('l.sku > $4 ORDER BY l.sku');
const NAMED = mapped('l.listing_id = ANY ($4) ORDER BY l.sku');
const ONE = mapped('l.listing_id = $4');
const TO_COMPARE = mapped('l.compare_at <= $4::timestamptz ORDER BY l.compare_at');

/**
 * What each listing was told or may have been told, newest first; a day back, which is as far as a message can be late. A failure that names its
 * figure may be a lost answer.
 */
const EARLIER = `
  SELECT listing_id AS "listingId", array_agg(quantity::float8 ORDER BY id DESC) AS figures
    FROM channels.history
   WHERE tenant = $1 AND channel_id = $2 AND sku = ANY ($3) AND operation = 'inventory_push' AND outcome IN ('ok', 'error')
     AND quantity IS NOT NULL AND at > now() - interval '1 day'
   GROUP BY listing_id`;

/** Figures that are compared, of those told before. */
const MOST_EARLIER = 20;

/** None where the channel was changed since. @param after the SKU after which the page begins */
export const mappedListings = (
  pool: Pool,
  channel: OfAccount,
  mostUnits: number,
  after: string,
  limit: number,
): Promise<readonly MappedListing[]> => found(pool, channel, mostUnits, PAGE, [channel.revision, after, limit]);

/** Listings that are due to be compared at the time of the database, as it writes times; none where the channel was changed since. */
export const listingsToCompare = (
  pool: Pool,
  channel: OfAccount,
  mostUnits: number,
  at: string,
  limit: number,
): Promise<readonly MappedListing[]> => found(pool, channel, mostUnits, TO_COMPARE, [channel.revision, at, limit]);

/** Of the listings that are named those that are mapped; none where the channel was changed since. */
export const listingsNamed = (
  pool: Pool,
  channel: OfAccount,
  mostUnits: number,
  listingIds: readonly string[],
): Promise<readonly MappedListing[]> => found(pool, channel, mostUnits, NAMED, [channel.revision, listingIds, listingIds.length]);

/** What we would send to the listing now, by place; undefined where it is not mapped, or nothing is known of its SKU. */
export const figureNow = async (pool: Pool, channel: MappedChannel, listingId: string): Promise<Figure | undefined> =>
  (await found(pool, channel, Number.MAX_SAFE_INTEGER, ONE, [null, listingId, 1]))[0]?.figure;

async function found(
  pool: Pool,
  { tenant, channelId, locations }: MappedChannel,
  mostUnits: number,
  sql: string,
  values: readonly unknown[],
): Promise<readonly MappedListing[]> {
  const { rows } = await pool.query<Row>(sql, [tenant, channelId, ...values]);
  if (rows.length === 0) return [];
  const told = await pool.query<{ listingId: string; figures: readonly number[] }>(EARLIER, [
    tenant,
    channelId,
    rows.map(({ sku }) => sku),
  ]);
  const earlier = new Map(told.rows.map(({ listingId, figures }) => [listingId, figures.slice(0, MOST_EARLIER)]));
  return rows.map(({ quantity, parts, recent, recentPlaces, shownQuantity, shownParts, ...row }) => {
    const figure = figureToSend(quantity, parts, locations, mostUnits);
    // The first of them is the newest figure itself.
    const before = (earlier.get(row.listingId) ?? []).filter((units, index) => index > 0 || units !== row.told);
    const sentPerhaps = recent.map((units) => Math.min(units, mostUnits));
    const earlierPlaces = recentPlaces.map((one) => figureToSend(one.quantity, one.parts, locations, mostUnits));
    const shown = shownQuantity === null ? null : { quantity: shownQuantity, parts: shownParts ?? [] };
    return { ...row, figure, wanted: figure.quantity, earlier: [...before, ...sentPerhaps], earlierPlaces, shown };
  });
}
