import { startShopifySimulator, type ShopifyOptions, type ShopifySimulator } from '@holdfast/sandbox';
import type { Figure } from '../../src/providers/figures.js';
import type { ChannelEvent, HookReading } from '../../src/providers/inbound.js';
import type { Account, ProviderAccount } from '../../src/providers/provider.js';
import type { ShopifyCredentials } from '../../src/providers/shopify/credentials.js';
import { shopifyProvider } from '../../src/providers/shopify/provider.js';
import type { ShopifySettings } from '../../src/providers/shopify/settings.js';
import type { ListingWrite, Outcome } from '../../src/providers/write.js';
import { receiver, type Receiver } from '../hook-receiver.js';
import { testTime, testTools } from '../provider-tools.js';

type ShopifyAccount = Account<ShopifySettings, ShopifyCredentials>;

/** A shop of the sandbox with the provider opened on it, on one clock that passes when somebody waits. */
export class ShopifyShop {
  readonly tools: ReturnType<typeof testTools<ShopifySettings, ShopifyCredentials>>;
  readonly open: ProviderAccount;
  private version = 0;

  private constructor(
    readonly shop: ShopifySimulator,
    readonly account: ShopifyAccount,
    readonly time: ReturnType<typeof testTime>,
    readonly hooks: Receiver,
  ) {
    this.tools = testTools(shopifyProvider, account, time);
    this.open = shopifyProvider.open(account, this.tools.tools);
  }

  static async start(
    options: ShopifyOptions = {},
    change: (account: ShopifyAccount) => ShopifyAccount = (same) => same,
  ): Promise<ShopifyShop> {
    const time = testTime();
    const shop = await startShopifySimulator({ clock: { now: () => time.now(), after: () => undefined }, ...options });
    const hooks = await receiver();
    shop.sendHooksTo({ url: hooks.url });
    const account = change({
      tenant: 'acme',
      channelId: 'shop',
      settings: shop.account.settings as unknown as ShopifySettings,
      credentials: shop.account.credentials,
      locations: (shop.account.locations ?? []).slice(0, 1),
    });
    return new ShopifyShop(shop, account, time, hooks);
  }

  async close(): Promise<void> {
    await this.shop.close();
    await this.hooks.close();
  }

  place(name: string): string {
    return this.shop.account.locations?.find(({ locationId }) => locationId === name)?.remoteId ?? '';
  }

  /** A figure at BER alone. */
  at(quantity: number): Figure {
    return { quantity, parts: [{ remoteId: this.place('BER'), quantity }] };
  }

  wanted(listingId: string, quantity: number, known: number | null, more: Partial<ListingWrite> = {}): ListingWrite {
    this.version += 1;
    const shown = known === null ? null : this.at(known);
    return { listingId, sku: listingId, version: this.version, urgent: false, known: shown, memo: null, ...this.at(quantity), ...more };
  }

  async outcomes(...listings: readonly ListingWrite[]): Promise<readonly (Outcome['kind'] | undefined)[]> {
    const { outcomes } = await this.open.write(listings);
    return listings.map(({ listingId }) => outcomes.get(listingId)?.kind);
  }

  /** Figures at BER in the order of the listings. */
  shown(): readonly number[] {
    const place = this.place('BER');
    return this.shop.listings().flatMap(({ remoteId, quantity }) => (remoteId === place ? [quantity] : []));
  }

  calls(operation: string): number {
    return this.shop.log.of(operation).length;
  }

  /** What the provider reads out of the webhooks that came since the last time, sorted by topic. */
  async heard(): Promise<readonly ChannelEvent[]> {
    const readings = await this.readings();
    return readings.flatMap((reading) => (reading.kind === 'verified' ? reading.events : []));
  }

  async readings(): Promise<readonly HookReading[]> {
    await this.shop.hooksSent();
    const topic = (headers: Readonly<Record<string, string | undefined>>): string => headers['x-shopify-topic'] ?? '';
    const requests = this.hooks.taken().sort((a, b) => topic(b.headers).localeCompare(topic(a.headers)));
    const readings: HookReading[] = [];
    for (const request of requests) if (this.open.hook !== undefined) readings.push(await this.open.hook(request));
    return readings;
  }
}
