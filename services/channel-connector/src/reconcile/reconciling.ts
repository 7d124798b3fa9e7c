import { randomUUID } from 'node:crypto';
import { Problem } from '@holdfast/platform';
import type { Pool } from 'pg';
import type { Accounts, OpenAccount } from '../accounts/open-account.js';
import type { StoredAccount } from '../accounts/stored-account.js';
import type { ChannelFigures } from '../conflicts/channel-figure.js';
import type { ConflictTable } from '../conflicts/conflict-table.js';
import { sameFigure } from '../delivery/figure-to-send.js';
import type { Figure } from '../providers/figures.js';
import type { AccountVerdict } from '../providers/write.js';
import { actionOn } from './action-on.js';
import { driftOf } from './classify.js';
import type { Drift, DriftLedger } from './drift-ledger.js';
import { mappedListings, type MappedListing } from './mapped-listings.js';
import { tellAgain } from './tell-again.js';

export interface Difference {
  readonly sku: string;
  readonly listingId: string;
  /** What we would send. */
  readonly ours: number;
  /** What the channel shows; null where it does not know the listing. */
  readonly theirs: number | null;
  readonly class: Drift['class'];
}

export interface Reconciled {
  readonly compared: number;
  /** Listings that the channel did not tell. */
  readonly unread: number;
  readonly differences: readonly Difference[];
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
  readonly ledger: DriftLedger;
  readonly conflicts: ConflictTable;
  readonly figures: ChannelFigures;
  /** For so long a lower figure at the channel may be a sale whose order is still to come. */
  readonly settlesMs: number;
  readonly wakeDelivery: () => void;
}

export interface ReconcileOptions {
  readonly dryRun: boolean;
  /** Who looks, as the ledger names it. */
  readonly by: string;
  readonly stopped: AbortSignal;
}

/** Compares what a channel shows with what we would send, listing by listing, and writes down each difference before anything is done about it. */
export class Reconciling {
  constructor(private readonly parts: ReconcilingParts) {}

  /** Whether a channel of this kind can be read at all. */
  canRead(stored: StoredAccount): boolean {
    return this.parts.accounts.open(stored, AbortSignal.abort()).account.read !== undefined;
  }

  /** @throws ChannelNotRead */
  async reconcile(stored: StoredAccount, options: ReconcileOptions): Promise<Reconciled> {
    const { pool } = this.parts;
    const open = this.parts.accounts.open(stored, options.stopped);
    const size = Math.max(1, Math.min(MOST_READ_AT_ONCE, open.account.batch({ due: 0, urgent: 0 })));
    const differences: Difference[] = [];
    let compared = 0;
    let unread = 0;
    for (let after = ''; !options.stopped.aborted;) {
      const page = await mappedListings(pool, stored, open.provider.mostUnits, after, size * PAGES_AT_ONCE);
      for (let from = 0; from < page.length; from += size) {
        const found = await this.comparePage(stored, open, page.slice(from, from + size), options);
        differences.push(...found.differences);
        compared += found.compared;
        unread += found.unread;
      }
      const last = page.at(-1);
      if (last === undefined || page.length < size * PAGES_AT_ONCE) break;
      after = last.sku;
    }
    if (options.stopped.aborted) throw new ChannelNotRead({ kind: 'failed', says: 'it took too long', retryAfterMs: 0 });
    return { compared, unread, differences };
  }

  /** The channel's figure becomes ours. Where it cannot be booked, a person has to decide. */
  private async makeOurs(channel: StoredAccount, listing: MappedListing, shown: Figure, by: string): Promise<void> {
    const wanted = { channel, sku: listing.sku, figure: shown, ours: listing.figure, bookingId: randomUUID(), actor: by };
    await this.parts.figures.book(wanted).catch(async (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      await this.parts.conflicts.open(channel, [{ ...keyOfListing(listing), ours: listing.wanted, theirs: shown }]);
    });
  }

  private async comparePage(
    channel: StoredAccount,
    { account }: OpenAccount,
    listings: readonly MappedListing[],
    { dryRun, by }: ReconcileOptions,
  ): Promise<Reconciled> {
    if (account.read === undefined) return { compared: 0, unread: listings.length, differences: [] };
    const { account: verdict, figures } = await account.read(listings.map(({ listingId }) => listingId));
    if (verdict.kind !== 'ok') throw new ChannelNotRead(verdict);
    const read = listings.filter(({ listingId }) => figures.has(listingId));
    const compared = read.map((listing) => {
      const shown = figures.get(listing.listingId) ?? null;
      const agrees = shown !== null && sameFigure(listing.figure, shown);
      const found = agrees ? undefined : driftOf(listing, shown?.quantity ?? null);
      // Units at the wrong places with the right sum are as wrong as another sum.
      const drift = found ?? (agrees || shown === null || shown.quantity !== listing.wanted ? undefined : 'foreign_edit');
      return { listing, shown, drift };
    });
    const drifting = compared.flatMap(({ listing, shown, drift }) => (drift === undefined ? [] : [{ listing, shown, drift }]));
    const differences = drifting.map(({ listing, shown, drift }) => ({
      sku: listing.sku,
      listingId: listing.listingId,
      ours: listing.wanted,
      theirs: shown?.quantity ?? null,
      class: drift,
    }));
    if (!dryRun) {
      const since = await this.parts.ledger.openSince(
        channel,
        drifting.map(({ listing }) => listing.listingId),
      );
      const entries = drifting.map(({ listing, shown, drift }): Drift => {
        const theirs = shown?.quantity ?? 0;
        const open = since.get(listing.listingId);
        const isSettled = this.parts.settlesMs === 0 || (open?.observed === theirs && open.ageMs >= this.parts.settlesMs);
        const action = actionOn({ class: drift, strategy: listing.strategy, ours: listing.wanted, theirs, isSettled });
        return { ...keyOfListing(listing), class: drift, expected: listing.wanted, observed: shown?.quantity ?? null, action };
      });
      await this.parts.ledger.record(channel, entries, by);
      const withAction = (action: Drift['action']) => drifting.filter((_one, index) => entries[index]?.action === action);
      const open = withAction('waits for a decision').flatMap(({ listing, shown }) =>
        shown === null ? [] : [{ ...keyOfListing(listing), ours: listing.wanted, theirs: shown }],
      );
      await this.parts.conflicts.open(channel, open);
      for (const { listing, shown } of withAction('made ours')) if (shown !== null) await this.makeOurs(channel, listing, shown, by);
      const again = withAction('told again');
      const agreeing = compared.filter(({ drift }) => drift === undefined).map(({ listing }) => listing.listingId);
      await this.parts.ledger.agree(channel, agreeing, by);
      const shownOf = again.flatMap(({ listing, shown }) =>
        shown === null ? [] : [{ listingId: listing.listingId, sku: listing.sku, shown }],
      );
      if (shownOf.length > 0) await tellAgain(this.parts.pool, channel, shownOf);
      this.parts.wakeDelivery();
    }
    return { compared: read.length, unread: listings.length - read.length, differences };
  }
}

const keyOfListing = ({ sku, listingId }: MappedListing) => ({ sku, listingId });

const MOST_READ_AT_ONCE = 250;
const PAGES_AT_ONCE = 4;
