import { ProcessDriver, type Chore, type Lease, type ProcessRef, type ProcessTimes } from '@holdfast/kit';
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
  private readonly driver: ProcessDriver;

  constructor(private readonly parts: DiscoveringParts) {
    this.driver = new ProcessDriver({
      pool: parts.pool,
      table: PROCESS_TABLE,
      kind: 'discovery',
      times: PROCESS_TIMES,
      due: () => parts.table.due(),
      drive: (ref, lease, stopping) => this.drive(ref, lease, stopping),
      onFault: parts.onFault,
    });
  }

  /** Begins in the background. */
  start(ref: ProcessRef): void {
    void this.driver.start(ref);
  }

  /** Drives what a crash, or a channel that was away, left halfway. */
  readonly chore = (everyMs: number): Chore => this.driver.chore('discoveries', everyMs);

  stop(): Promise<void> {
    return this.driver.stop();
  }

  private async drive(ref: ProcessRef, lease: Lease, stopping: AbortSignal): Promise<void> {
    for (;;) {
      lease.check();
      const discovery = await this.parts.table.find(ref.tenant, ref.id);
      if (discovery?.status !== 'running' || stopping.aborted) return;
      if (discovery.pages > 0 && discovery.cursor === null) return this.parts.table.end(discovery, 'done', null);
      await this.nextPage(discovery, stopping);
    }
  }

  private async nextPage(discovery: Discovery, stopping: AbortSignal): Promise<void> {
    const { table, channels, accounts } = this.parts;
    if (discovery.found >= MAX_FOUND_LISTINGS)
      return table.end(discovery, 'failed', `the channel has more than ${String(MAX_FOUND_LISTINGS)} listings`);
    const stored = await channels.account(discovery);
    if (stored === undefined) return table.end(discovery, 'failed', 'the channel was removed');
    const { account } = accounts.open(stored, stopping);
    if (account.list === undefined) return table.end(discovery, 'failed', 'a channel of this kind cannot be read');
    const page = await account.list(discovery.cursor);
    if (page.account.kind === 'unauthorized' || page.account.kind === 'gone') return table.end(discovery, 'failed', page.account.says);
    if (page.account.kind !== 'ok') {
      await table.notRead(discovery, page.account.says);
      throw new NotReadNow(page.account.says);
    }
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
