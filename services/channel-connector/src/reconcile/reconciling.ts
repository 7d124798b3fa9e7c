import type { Pool } from 'pg';
import type { Accounts, OpenAccount } from '../accounts/open-account.js';
import { ACCOUNT_COLUMNS, type StoredAccount } from '../accounts/stored-account.js';
import type { AccountVerdict } from '../providers/write.js';
import type { DriftClass } from './classify.js';
import { confirmShown, seenIn } from './confirm-shown.js';
import { orderedSinceTold } from './explained-by-orders.js';
import { listingsNamed, mappedListings, type MappedListing } from './mapped-listings.js';
import { driftBetween, isDrifting, type Compared, type Treating } from './treating.js';
import { compareAgain, listingsUnderWay } from './under-way.js';

export interface Difference {
  readonly sku: string;
  readonly listingId: string;
  /** What we would send. */
  readonly ours: number;
  /** What the channel shows; null where it does not know the listing. */
  readonly theirs: number | null;
  readonly class: DriftClass;
}

export interface Reconciled {
  readonly compared: number;
  /** Listings that the channel did not tell. */
  readonly unread: number;
  readonly differences: readonly Difference[];
  /** Ids of listings whose lower figure may be a sale whose order is still to come. */
  readonly waiting: readonly string[];
}

/** The channel could not be read to the end. What was read is in the ledger, unless it was a dry run. */
export class ChannelNotRead extends Error {
  constructor(readonly verdict: Exclude<AccountVerdict, { readonly kind: 'ok' }>) {
    super(verdict.says);
    this.name = 'ChannelNotRead';
  }
}

export interface ReconcilingParts {
  readonly pool: Pool;
  readonly accounts: Accounts;
  readonly treating: Treating;
}

export interface ReconcileOptions {
  readonly dryRun: boolean;
  /** Who looks, as the ledger names it. */
  readonly by: string;
  /** Whether a person asked for it. */
  readonly isByHand: boolean;
  readonly stopped: AbortSignal;
}

/** Compares what a channel shows with what we would send, listing by listing, and writes down each difference before anything is done about it. */
export class Reconciling {
  constructor(private readonly parts: ReconcilingParts) {}

  /** Whether a channel of this kind can be read at all. */
  canRead(stored: StoredAccount): boolean {
    return this.parts.accounts.open(stored, AbortSignal.abort()).account.read !== undefined;
  }

  /** Whether a channel of this kind can be asked for orders. */
  canPoll(stored: StoredAccount): boolean {
    return this.parts.accounts.open(stored, AbortSignal.abort()).account.poll !== undefined;
  }

  /** @throws ChannelNotRead */
  async reconcile(stored: StoredAccount, options: ReconcileOptions): Promise<Reconciled> {
    const { pool } = this.parts;
    let channel = stored;
    let open = this.parts.accounts.open(channel, options.stopped);
    const differences: Difference[] = [];
    const waiting: string[] = [];
    let compared = 0;
    let unread = 0;
    for (let after = ''; !options.stopped.aborted;) {
      const size = readAtOnce(open);
      const ahead = Math.max(size, Math.min(size * PAGES_AT_ONCE, MOST_AHEAD));
      const page = await mappedListings(pool, channel, open.provider.mostUnits, after, ahead);
      for (let from = 0; from < page.length; from += size) {
        const listings = page.slice(from, from + size);
        const found = await compareWithChannel(pool, channel, open, listings);
        if (!options.dryRun) waiting.push(...(await this.treated(channel, found, options)));
        differences.push(...found.filter(isDrifting).map(differenceOf));
        compared += found.length;
        unread += listings.length - found.length;
      }
      after = page.at(-1)?.sku ?? after;
      if (page.length === ahead) continue;
      // The page is short because it is the last one, or because the channel was changed: the rest is read from the account of now.
      const now = await accountNow(pool, channel);
      if (now.revision === channel.revision) break;
      channel = now;
      open = this.parts.accounts.open(channel, options.stopped);
      if (open.account.read === undefined) throw new ChannelNotRead({ kind: 'failed', says: 'it is of another kind now', retryAfterMs: 0 });
    }
    if (options.stopped.aborted) throw new ChannelNotRead({ kind: 'failed', says: 'it took too long', retryAfterMs: 0 });
    return { compared, unread, differences, waiting };
  }

  /** Compares once more the listings that wait for an order. @returns the whole as it is then; as before where a listing could not be read again */
  async again(channel: StoredAccount, before: Reconciled, options: ReconcileOptions): Promise<Reconciled> {
    const { pool } = this.parts;
    const open = this.parts.accounts.open(channel, options.stopped);
    const size = readAtOnce(open);
    const compared = new Set<string>();
    const differences: Difference[] = [];
    const waiting: string[] = [];
    for (let from = 0; from < before.waiting.length; from += size) {
      const ids = before.waiting.slice(from, from + size);
      const listings = await listingsNamed(pool, channel, open.provider.mostUnits, ids);
      const found = await compareWithChannel(pool, channel, open, listings).catch((error: unknown) => {
        if (error instanceof ChannelNotRead) return undefined;
        throw error;
      });
      if (found === undefined) break;
      for (const { listing } of found) compared.add(listing.listingId);
      waiting.push(...(await this.treated(channel, found, options)));
      differences.push(...found.filter(isDrifting).map(differenceOf));
    }
    return {
      ...before,
      differences: [...before.differences.filter(({ listingId }) => !compared.has(listingId)), ...differences],
      waiting: [...before.waiting.filter((listingId) => !compared.has(listingId)), ...waiting],
    };
  }

  /** Acts on what was found. @returns ids of listings that wait for an order */
  private async treated(channel: StoredAccount, found: readonly Compared[], options: ReconcileOptions): Promise<readonly string[]> {
    const { pool, treating } = this.parts;
    await confirmShown(pool, channel, seenIn(found));
    const { again, waiting } = await treating.treat(channel, found, options);
    await compareAgain(pool, channel, again);
    return waiting;
  }
}

const ACCOUNT = `SELECT ${ACCOUNT_COLUMNS} FROM channels.channel WHERE tenant = $1 AND channel_id = $2`;

/** @throws ChannelNotRead where the channel was removed meanwhile */
async function accountNow(pool: Pool, { tenant, channelId }: StoredAccount): Promise<StoredAccount> {
  const found = (await pool.query<StoredAccount>(ACCOUNT, [tenant, channelId])).rows[0];
  if (found === undefined) throw new ChannelNotRead({ kind: 'gone', says: 'the channel was removed' });
  return found;
}

/** Listings that are read and compared in one go. */
export const readAtOnce = ({ account }: Pick<OpenAccount, 'account'>): number =>
  account.readsAtOnce ?? Math.max(1, Math.min(MOST_READ_AT_ONCE, account.batch({ due: 0, urgent: 0 })));

/** @returns one entry for each listing that the channel told; of a channel that cannot be read, what it was last seen showing @throws ChannelNotRead */
export async function compareWithChannel(
  pool: Pool,
  channel: StoredAccount,
  { account }: OpenAccount,
  listings: readonly MappedListing[],
): Promise<readonly Compared[]> {
  const read = await account.read?.(listings.map(({ listingId }) => listingId));
  if (read !== undefined && read.account.kind !== 'ok') throw new ChannelNotRead(read.account);
  const compared = listings.flatMap((listing) => {
    const shown = read === undefined ? (listing.shown ?? undefined) : read.figures.get(listing.listingId);
    return shown === undefined ? [] : [{ listing, shown, drift: driftBetween(listing, shown), isUnderWay: false, isExplained: false }];
  });
  const drifting = compared.filter(isDrifting);
  const underWay = await listingsUnderWay(
    pool,
    channel,
    drifting.map(({ listing }) => listing),
  );
  const lower = drifting.filter(({ listing, shown }) => shown !== null && listing.told !== null && shown.quantity < listing.told);
  const ordered = await orderedSinceTold(
    pool,
    channel,
    lower.map(({ listing }) => listing.listingId),
  );
  return compared.map((one) => {
    const isUnderWay = one.shown !== null && isDrifting(one) && underWay.has(one.listing.listingId);
    if (isUnderWay) return { ...one, drift: 'late', isUnderWay };
    const units = ordered.get(one.listing.listingId) ?? 0;
    const isExplained = isDrifting(one) && units > 0 && one.shown?.quantity === (one.listing.told ?? 0) - units;
    return isExplained ? { ...one, drift: 'late', isExplained } : one;
  });
}

const differenceOf = ({ listing, shown, drift }: Compared & { readonly drift: DriftClass }): Difference => ({
  sku: listing.sku,
  listingId: listing.listingId,
  ours: listing.wanted,
  theirs: shown?.quantity ?? null,
  class: drift,
});

const MOST_READ_AT_ONCE = 250;
const PAGES_AT_ONCE = 4;
/** Listings that are in memory at once, unless one read takes more. */
const MOST_AHEAD = 1_000;
