import type { Outcome } from '../../../providers/write.js';
import type { SeenListing } from '../../../reconcile/confirm-shown.js';
import { settled, type SettledListing } from '../../settled.js';
import type { DeliveryStore, DueListing, HeldChannel } from '../delivery-store.js';
import type { StoredListing, StoreSubject } from './subject.js';

const ONE = '00000000-0000-4000-8000-000000000001';
export const OTHER = '00000000-0000-4000-8000-000000000002';
export const shop = { tenant: 'demo', channelId: 'shop' };
export const MOST = 1_000;
export const accepted = { kind: 'accepted', reference: 'feed-1', checkAfterMs: 10_000, exclusive: false } as const;

export const entry = (listing: DueListing, outcome: Outcome): SettledListing => settled(listing, outcome, null);

/** A listing as a comparison saw it that was told its newest figure. */
export const seen = (sku: string, listingId: string, version: number, quantity: number, prior: number | null): SeenListing => ({
  sku,
  listingId,
  version: String(version),
  toldVersion: String(version),
  shown: { quantity, parts: [] },
  prior,
});

/** A store with one channel, and short words for what the contract does to it. */
export class StoreBench {
  private position = 0;

  private constructor(
    readonly subject: StoreSubject,
    readonly store: DeliveryStore,
  ) {}

  static async begin(subject: StoreSubject): Promise<StoreBench> {
    await subject.add(shop, { syncInventory: true, locations: [] });
    return new StoreBench(subject, subject.store(ONE));
  }

  /** The topic tells these figures. */
  async tell(quantities: Readonly<Record<string, number>>, channel = shop): Promise<void> {
    this.position += 1;
    const { position } = this;
    const figures = Object.entries(quantities).map(([sku, quantity]) => ({ ...channel, sku, quantity, parts: null }));
    await this.subject.figures(figures.map((figure) => ({ ...figure, position: String(position), version: position })));
  }

  /** Maps these SKUs, and the topic tells their figures. */
  async list(quantities: Readonly<Record<string, number>>, channel = shop): Promise<void> {
    const mappings = Object.keys(quantities).map((sku) => ({ sku, listingId: `L-${sku}` }));
    await this.subject.map(channel, mappings);
    await this.tell(quantities, channel);
  }

  /** Takes the channel. */
  async held(by = this.store, channel = shop): Promise<HeldChannel> {
    const taken = await by.leases.take(channel);
    if (taken === undefined) throw new Error('another process has the channel');
    return taken;
  }

  async due(): Promise<readonly DueListing[]> {
    return this.store.listings.due(await this.held(), MOST, MOST);
  }

  async dueSkus(): Promise<readonly string[]> {
    return (await this.due()).map(({ sku }) => sku);
  }

  async dueOne(sku = 'A'): Promise<DueListing> {
    const found = (await this.due()).find((one) => one.sku === sku);
    if (found === undefined) throw new Error(`${sku} is not due`);
    return found;
  }

  settle(listing: DueListing, outcome: Outcome): Promise<void> {
    return this.store.settlement.settle(shop, [entry(listing, outcome)], true);
  }

  listing(sku = 'A'): Promise<StoredListing> {
    return this.subject.listing(shop, sku);
  }
}
