import { ProcessTable, watchdog, type Chore, type ProcessRef, type ProcessTimes } from '@holdfast/kit';
import { productsNamed, rowsOnceThere, tablesIn, type NamedProduct, type ProductNames } from '@holdfast/read-model';
import type { Pool } from 'pg';
import type { Accounts } from '../accounts/open-account.js';
import type { ChannelTable } from '../channels/channel-table.js';
import { MAX_FOUND_LISTINGS } from '../limits.js';
import type { ListingPage } from '../providers/read.js';
import type { DiscoveryTable, Discovery } from './discovery-table.js';
import { matchListing, type Matched } from './match.js';

export const PROCESS_TABLE = 'channels.process';

export const PROCESS_TIMES: ProcessTimes = { leaseMs: 30_000, patienceMs: 0, retry: { firstMs: 1_000, mostMs: 60_000 } };

/** A channel that could not be read now; the watchdog goes on from the page where it stopped. */
class NotReadNow extends Error {}

export interface DiscoveringParts {
  readonly pool: Pool;
  readonly table: DiscoveryTable;
  readonly channels: ChannelTable;
  readonly accounts: Accounts;
  readonly onFault: (error: unknown) => void;
}

/** Reads a channel's listings page by page. Where a page was stored, another process can go on after it. */
export class Discovering {
  private readonly processes: ProcessTable;
  private readonly stopping = new AbortController();
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(private readonly parts: DiscoveringParts) {
    this.processes = new ProcessTable(parts.pool, PROCESS_TABLE, 'discovery', PROCESS_TIMES);
  }

  /** Begins in the background. */
  start(ref: ProcessRef): void {
    const work: Promise<unknown> = this.drive(ref)
      .catch(this.parts.onFault)
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  /** Drives what a crash, or a channel that was away, left halfway. */
  readonly chore = (everyMs: number): Chore =>
    watchdog({
      name: 'discoveries',
      everyMs,
      due: () => this.parts.table.due(),
      drive: (ref) => this.drive(ref),
      onFault: this.parts.onFault,
    });

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled([...this.underWay]);
  }

  private drive(ref: ProcessRef): Promise<void> {
    return this.processes.hold(ref, async (lease) => {
      for (;;) {
        lease.check();
        const discovery = await this.parts.table.find(ref.tenant, ref.id);
        if (discovery?.status !== 'running' || this.stopping.signal.aborted) return;
        if (discovery.pages > 0 && discovery.cursor === null) return this.parts.table.end(discovery, 'done', null);
        await this.nextPage(discovery);
      }
    });
  }

  private async nextPage(discovery: Discovery): Promise<void> {
    const { table, channels, accounts } = this.parts;
    if (discovery.found >= MAX_FOUND_LISTINGS)
      return table.end(discovery, 'failed', `the channel has more than ${String(MAX_FOUND_LISTINGS)} listings`);
    const stored = await channels.account(discovery);
    if (stored === undefined) return table.end(discovery, 'failed', 'the channel was removed');
    const { account } = accounts.open(stored, this.stopping.signal);
    if (account.list === undefined) return table.end(discovery, 'failed', 'a channel of this kind cannot be read');
    const page = await account.list(discovery.cursor);
    if (page.account.kind === 'unauthorized' || page.account.kind === 'gone') return table.end(discovery, 'failed', page.account.says);
    if (page.account.kind !== 'ok') throw new NotReadNow(page.account.says);
    await table.store(discovery, page, await this.matched(discovery, page));
  }

  private async matched(discovery: Discovery, { listings }: ListingPage): Promise<readonly Matched[]> {
    const given = (values: readonly (string | null)[]): readonly string[] => values.filter((value) => value !== null);
    const skus = given(listings.map(({ sku }) => sku));
    const names = { skus, barcodes: given(listings.map(({ barcode }) => barcode)) };
    const products = await this.productsNamed(discovery.tenant, names);
    const listingIds = listings.map(({ listingId }) => listingId);
    const mappings = await this.parts.table.mappingsOf(
      discovery,
      listingIds,
      products.map(({ sku }) => sku),
    );
    return listings.map((listing) => matchListing(listing, products, mappings));
  }

  /** Products in the tables of the projection. Until it has run for the first time there are none. */
  private productsNamed(tenant: string, names: ProductNames): Promise<readonly NamedProduct[]> {
    return rowsOnceThere(productsNamed(tablesIn(this.parts.pool), tenant, names), []);
  }
}
