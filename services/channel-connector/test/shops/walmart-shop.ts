import { startWalmartSimulator, type WalmartOptions, type WalmartSimulator } from '@holdfast/sandbox';
import type { ProviderAccount } from '../../src/providers/provider.js';
import { WalmartCredentials } from '../../src/providers/walmart/credentials.js';
import { walmartProvider } from '../../src/providers/walmart/provider.js';
import { WalmartSettings } from '../../src/providers/walmart/settings.js';
import type { ListingWrite, WriteResult } from '../../src/providers/write.js';
import { testTime, testTools } from '../provider-tools.js';

export interface WalmartShopOptions {
  readonly vendor?: WalmartOptions;
  readonly settings?: Partial<WalmartSettings>;
  /** Ship nodes that the channel maps; all by default. */
  readonly mapped?: readonly string[];
  /** Whether the channel knows the secret of the webhooks. Default true. */
  readonly secret?: boolean;
}

/** A simulated Walmart with the provider's account on it; both live on a clock that only moves when somebody waits. */
export class WalmartShop {
  private version = 0;

  private constructor(
    readonly walmart: WalmartSimulator,
    readonly account: ProviderAccount,
    readonly time: ReturnType<typeof testTime>,
    readonly tools: ReturnType<typeof testTools<WalmartSettings, WalmartCredentials>>,
  ) {}

  static async open({ vendor = {}, settings = {}, mapped, secret = true }: WalmartShopOptions = {}): Promise<WalmartShop> {
    const time = testTime();
    const clock = { now: () => time.now(), after: (ms: number, action: () => void) => void time.wait(ms).then(action) };
    const walmart = await startWalmartSimulator({ clock, ...vendor });
    const locations = (walmart.account.locations ?? []).filter(({ remoteId }) => mapped === undefined || mapped.includes(remoteId));
    const credentials = Object.assign(new WalmartCredentials(), walmart.account.credentials);
    if (!secret) Reflect.deleteProperty(credentials, 'webhookSecret');
    const set = {
      tenant: 'demo',
      channelId: 'walmart',
      settings: Object.assign(new WalmartSettings(), walmart.account.settings, settings),
      credentials,
      locations,
    };
    const tools = testTools(walmartProvider, set, time);
    return new WalmartShop(walmart, walmartProvider.open(set, tools.tools), time, tools);
  }

  /** A write of one figure, or of one per ship node. */
  listing(listingId: string, figure: number | Readonly<Record<string, number>>, more: Partial<ListingWrite> = {}): ListingWrite {
    this.version += 1;
    const parts = typeof figure === 'number' ? [] : Object.entries(figure).map(([remoteId, quantity]) => ({ remoteId, quantity }));
    const quantity = typeof figure === 'number' ? figure : parts.reduce((sum, part) => sum + part.quantity, 0);
    const known = { known: null, memo: null };
    return { listingId, sku: listingId, quantity, parts, version: this.version, urgent: quantity === 0, ...known, ...more };
  }

  /** What shoppers see, by SKU and ship node. */
  shown(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.walmart.listings().map(({ sku, remoteId, quantity }) => [`${sku}@${remoteId ?? ''}`, quantity]));
  }
}

export const kindsOf = ({ outcomes }: WriteResult): Readonly<Record<string, string>> =>
  Object.fromEntries([...outcomes].map(([listingId, { kind }]) => [listingId, kind]));
