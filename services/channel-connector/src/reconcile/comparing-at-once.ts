import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { Accounts } from '../accounts/open-account.js';
import type { StoredAccount } from '../accounts/stored-account.js';
import type { ChannelTable } from '../channels/channel-table.js';
import { confirmShown, seenIn } from './confirm-shown.js';
import { listingsToCompare } from './mapped-listings.js';
import { ChannelNotRead, compareWithChannel, readAtOnce } from './reconciling.js';
import { scheduleWrites } from './scheduled-writes.js';
import type { Compared, Treating } from './treating.js';
import { compareAgain, UNDER_WAY_MS, type ComparedLater } from './under-way.js';

export interface ComparingParts {
  readonly pool: Pool;
  readonly channels: ChannelTable;
  readonly accounts: Accounts;
  readonly treating: Treating;
}

/** What these comparisons are called in the drift ledger. */
const BY = 'hook';
/** Listings of a channel that cannot be read now are looked at again after this. */
const NOT_READ_MS = 30_000;
/** What waits for the comparison waits so long for it to end, or to be made again. */
const HELD_MS = 60_000;

const CHANNELS = `
  SELECT l.tenant, l.channel_id AS "channelId" FROM channels.listing l JOIN channels.channel c USING (tenant, channel_id)
   WHERE l.compare_at <= now() AND NOT c.gone GROUP BY l.tenant, l.channel_id ORDER BY min(l.compare_at) LIMIT $1`;

const DONE = `
  UPDATE channels.listing SET compare_at = NULL
   WHERE tenant = $1 AND channel_id = $2 AND listing_id = ANY ($3) AND compare_at <= $4::timestamptz`;

/** Channels that told figures which are none of ours, longest waiting first. */
export async function dueForComparing(pool: Pool, most: number): Promise<readonly ChannelRef[]> {
  return (await pool.query<ChannelRef>(CHANNELS, [most])).rows;
}

/**
 * Compares the listings whose channel told a figure that is none of ours, as a reconcile compares all. The channel is read, since what it told
 * may be older than what it shows.
 */
export async function compareAtOnce(parts: ComparingParts, channel: ChannelRef, stopping: AbortSignal, check: () => void): Promise<void> {
  const { pool, channels, accounts } = parts;
  const stored = await channels.account(channel);
  if (stored === undefined) return;
  const open = accounts.open(stored, stopping);
  while (!stopping.aborted) {
    check();
    const now = (await pool.query<{ now: string }>('SELECT now()::text AS now')).rows[0]?.now ?? '';
    const listings = await listingsToCompare(pool, stored, open.provider.mostUnits, now, readAtOnce(open));
    if (listings.length === 0) return;
    await scheduleWrites(
      pool,
      stored,
      listings.map((listing) => ({ listing, due: 'held', ms: HELD_MS })),
    );
    const again = await compareWithChannel(pool, stored, open, listings).then(
      async (compared) => {
        check();
        await confirmShown(pool, stored, seenIn(compared));
        return treated(parts, stored, compared);
      },
      (error: unknown): readonly ComparedLater[] => {
        if (!(error instanceof ChannelNotRead)) throw error;
        return listings.map(({ listingId }) => ({ listingId, ms: NOT_READ_MS }));
      },
    );
    const ids = listings.map(({ listingId }) => listingId);
    await pool.query(DONE, [channel.tenant, channel.channelId, ids, now]);
    await compareAgain(pool, channel, again);
  }
}

/** What is on its way needs no entry: most figures that a hook tells are seen while others follow. It is only let go on its way. */
async function treated(
  { pool, treating }: ComparingParts,
  channel: StoredAccount,
  compared: readonly Compared[],
): Promise<readonly ComparedLater[]> {
  const underWay = compared.filter(({ isUnderWay }) => isUnderWay).map(({ listing: { listingId } }) => ({ listingId, ms: UNDER_WAY_MS }));
  const late = compared.filter(({ drift, isUnderWay, isExplained }) => drift === 'late' && !isUnderWay && !isExplained);
  await scheduleWrites(
    pool,
    channel,
    late.map(({ listing }) => ({ listing, due: 'now' })),
  );
  const rest = compared
    .map((one): Compared => (one.isExplained ? { ...one, drift: undefined } : one))
    .filter(({ drift }) => drift !== 'late' && drift !== 'vendor_lag');
  return [...underWay, ...(await treating.treat(channel, rest, { by: BY, isByHand: false })).again];
}
