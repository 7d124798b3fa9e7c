import {
  Accounts,
  DEFAULT_TIMINGS,
  MemoryChannels,
  MemoryShared,
  memoryStore,
  PROVIDERS,
  providersByName,
  sealedCredentials,
  startDelivery,
  type Delivery,
  type Provider,
  type ProviderTools,
} from '@holdfast/channel-connector';
import { Sealer } from '@holdfast/kit';
import { VirtualTime, type SimulatorOptions, type VendorSimulator } from '@holdfast/sandbox';
import { VendorClient } from '@holdfast/vendor-http';

export interface VirtualDeliveryOptions {
  readonly start: (options: SimulatorOptions) => Promise<VendorSimulator>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly listings: number;
}

const TENANT = 'demo';
const CALL_TIMEOUT_MS = 600_000;
const sealer = new Sealer('what a bench seals with is no secret');
const skuOf = (index: number): string => `S${String(index).padStart(6, '0')}`;

/** The delivery with one channel at a simulated vendor, all on one virtual time: hours of a vendor's limits take as long as their calls. */
export class VirtualDelivery {
  private position = 0;

  private constructor(
    readonly vendor: VendorSimulator,
    private readonly time: VirtualTime,
    private readonly channels: MemoryChannels,
    private readonly delivery: Delivery,
    private readonly client: VendorClient,
    private readonly spending: Spending,
    private readonly count: number,
  ) {}

  static async start({ start, settings = {}, listings }: VirtualDeliveryOptions): Promise<VirtualDelivery> {
    const time = new VirtualTime();
    const vendor = await start({ clock: { now: time.now, after: (ms, action) => void time.after(ms, action) } });
    const ids = vendor.addListings(Array.from({ length: listings }, (_none, index) => ({ sku: skuOf(index), quantity: 1 })));
    const channels = new MemoryChannels(time.now);
    const channel = { tenant: TENANT, channelId: vendor.vendor };
    channels.add({
      ...channel,
      provider: vendor.vendor,
      settings: { ...vendor.account.settings, ...settings },
      credentials: sealedCredentials(sealer, channel, vendor.account.credentials),
      locations: (vendor.account.locations ?? []).slice(0, 1),
      revision: '1',
      syncInventory: true,
      lowThreshold: 0,
      conflictStrategy: 'master_wins',
    });
    const spending = new Spending();
    const shared = new MemoryShared(time.now);
    const client = new VendorClient({ allowPrivateAddresses: true }, CALL_TIMEOUT_MS);
    const accounts = new Accounts({
      shared: ({ channelId }) => shared.of(channelId),
      sealer,
      providers: providersByName(PROVIDERS.map((provider) => spending.counting(provider))),
      client: { until: (stopped) => time.holding(client.until(stopped)) },
      now: time.now,
      timers: time,
    });
    const delivery = startDelivery({
      store: memoryStore(channels, 'one', DEFAULT_TIMINGS),
      timings: DEFAULT_TIMINGS,
      accounts,
      observe: () => undefined,
      onFault: (error) => vendor.log.violation(`the delivery had a fault: ${String(error)}`),
      timers: time,
      random: () => 0.5,
    });
    const rig = new VirtualDelivery(vendor, time, channels, delivery, client, spending, listings);
    rig.store(() => 1);
    channels.map(
      channel,
      ids.map((listingId, index) => ({ sku: skuOf(index), listingId })),
    );
    return rig;
  }

  /** Gives every listing a new figure and waits until the shop shows all of them. @param halfway called once when half of the listings are told */
  async tellAll(quantity: (index: number) => number, halfway: () => void = () => undefined): Promise<Storm> {
    const [began, calls, throttled] = [this.time.now(), this.vendor.log.total, this.vendor.log.throttled];
    const spent = this.spending.begin();
    this.store(quantity);
    this.delivery.nudge();
    const wanted = new Map(Array.from({ length: this.count }, (_none, index) => [skuOf(index), quantity(index)]));
    await this.time.until(() => this.due() <= this.count / 2);
    halfway();
    await this.time.until(() => this.due() === 0 && this.shows(wanted));
    return {
      seconds: (this.time.now() - began) / 1_000,
      calls: this.vendor.log.total - calls,
      throttled: this.vendor.log.throttled - throttled,
      spent,
    };
  }

  async stop(): Promise<void> {
    await this.delivery.stop();
    await this.client.close();
    await this.vendor.close();
  }

  private store(quantity: (index: number) => number): void {
    this.position += 1;
    const [place] = this.vendor.account.locations ?? [];
    this.channels.store(
      Array.from({ length: this.count }, (_none, index) => ({
        tenant: TENANT,
        channelId: this.vendor.vendor,
        sku: skuOf(index),
        quantity: quantity(index),
        parts: place === undefined ? null : { [place.locationId]: quantity(index) },
        position: String(this.position),
        version: 1,
      })),
    );
  }

  private due(): number {
    return this.channels.listings({ tenant: TENANT, channelId: this.vendor.vendor }).filter(({ dueAt }) => dueAt !== null).length;
  }

  private shows(wanted: ReadonlyMap<string, number>): boolean {
    const place = this.vendor.account.locations?.[0]?.remoteId;
    return this.vendor
      .listings()
      .filter(({ remoteId }) => place === undefined || remoteId === place)
      .every(({ sku, quantity }) => wanted.get(sku) === quantity);
  }
}

export interface Storm {
  /** Of the virtual time. */
  readonly seconds: number;
  readonly calls: number;
  readonly throttled: number;
  /** Units of each of the vendor's limits. */
  readonly spent: ReadonlyMap<string, number>;
}

/** Sums what is spent of each limit. */
class Spending {
  private spent = new Map<string, number>();

  /** @returns what is spent from now on, until it is begun anew */
  begin(): ReadonlyMap<string, number> {
    this.spent = new Map();
    return this.spent;
  }

  /** The provider as it is, with accounts whose spending is summed. */
  counting(provider: Provider): Provider {
    return { ...provider, open: (account, tools) => provider.open(account, { ...tools, budget: this.around(tools.budget) }) };
  }

  private around(budget: ProviderTools['budget']): ProviderTools['budget'] {
    return {
      take: async (spends, options) => {
        const taken = await budget.take(spends, options);
        if (taken) for (const { limit, units } of spends) this.add(limit, units);
        return taken;
      },
      left: (limit, options) => budget.left(limit, options),
      report: (limits) => {
        for (const { limit, returned } of limits) this.add(limit, -(returned ?? 0));
        return budget.report(limits);
      },
    };
  }

  private add(limit: string, units: number): void {
    this.spent.set(limit, (this.spent.get(limit) ?? 0) + units);
  }
}
