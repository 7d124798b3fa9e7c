import { startEbaySimulator, type EbayOptions, type EbaySimulator } from '@holdfast/sandbox';
import { EbayCredentials } from '../../src/providers/ebay/credentials.js';
import { ebayProvider } from '../../src/providers/ebay/provider.js';
import { EbaySettings } from '../../src/providers/ebay/settings.js';
import type { ProviderAccount } from '../../src/providers/provider.js';
import type { ListingWrite, WriteResult } from '../../src/providers/write.js';
import { testTime, testTools } from '../provider-tools.js';

export interface EbayShopOptions {
  readonly vendor?: EbayOptions;
  readonly settings?: Partial<EbaySettings>;
  /** Places that the channel maps; none by default. */
  readonly places?: readonly string[];
}

let channels = 0;

/** A simulated eBay with the provider's account on it; both live on a clock that only moves when somebody waits. */
export class EbayShop {
  private version = 0;

  private constructor(
    readonly ebay: EbaySimulator,
    readonly account: ProviderAccount,
    readonly time: ReturnType<typeof testTime>,
    readonly tools: ReturnType<typeof testTools<EbaySettings, EbayCredentials>>,
  ) {}

  static async open({ vendor = {}, settings = {}, places = [] }: EbayShopOptions = {}): Promise<EbayShop> {
    const time = testTime();
    const clock = { now: () => time.now(), after: (ms: number, action: () => void) => void time.wait(ms).then(action) };
    const ebay = await startEbaySimulator({ clock, ...vendor });
    // What a process remembers of a channel must not pass from one spec to the next.
    channels += 1;
    const set = {
      tenant: 'demo',
      channelId: `ebay-${String(channels)}`,
      settings: Object.assign(new EbaySettings(), ebay.account.settings, settings),
      credentials: Object.assign(new EbayCredentials(), ebay.account.credentials),
      locations: places.map((remoteId) => ({ locationId: remoteId, remoteId })),
    };
    const tools = testTools(ebayProvider, set, time);
    return new EbayShop(ebay, ebayProvider.open(set, tools.tools), time, tools);
  }

  listing(listingId: string, quantity: number, more: Partial<ListingWrite> = {}): ListingWrite {
    this.version += 1;
    const known = { known: null, memo: null };
    return { listingId, sku: listingId, quantity, parts: [], version: this.version, urgent: quantity === 0, ...known, ...more };
  }

  shown(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.ebay.listings().map(({ sku, quantity }) => [sku, quantity]));
  }

  bulkCalls(): number {
    return this.ebay.log.of('bulkUpdatePriceQuantity').length;
  }
}

export const kindsOf = ({ outcomes }: WriteResult): Readonly<Record<string, string>> =>
  Object.fromEntries([...outcomes].map(([listingId, { kind }]) => [listingId, kind]));
