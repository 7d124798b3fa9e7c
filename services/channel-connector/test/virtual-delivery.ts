import type { SimulatorOptions, VendorSimulator } from '@holdfast/sandbox';
import { startDelivery, type Delivery } from '../src/delivery/delivery.js';
import { MemoryChannels } from '../src/delivery/store/memory/memory-channels.js';
import { memoryStore } from '../src/delivery/store/memory/memory-store.js';
import { DEFAULT_TIMINGS } from '../src/delivery/timings.js';
import type { Provider } from '../src/providers/provider.js';
import type { Budget } from '../src/providers/tools.js';
import { testBudget, testHttp, testTokens } from './provider-tools.js';
import { VirtualTime } from './virtual-time.js';

export interface VirtualDeliveryOptions {
  readonly provider: Provider;
  readonly start: (options: SimulatorOptions) => Promise<VendorSimulator>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly listings: number;
}

const skuOf = (index: number): string => `S${String(index).padStart(6, '0')}`;

/** The delivery with one channel at a simulated vendor, all on one virtual time: hours of a vendor's limits take as long as their calls. */
export class VirtualDelivery {
  private constructor(
    readonly time: VirtualTime,
    readonly vendor: VendorSimulator,
    private readonly channels: MemoryChannels,
    private readonly delivery: Delivery,
    private readonly spending: Spending,
    private readonly count: number,
    private readonly mapped: string | undefined,
  ) {}

  static async start({ provider, start, settings = {}, listings }: VirtualDeliveryOptions): Promise<VirtualDelivery> {
    const time = new VirtualTime();
    const clock = { now: time.now, after: (ms: number, action: () => void) => void time.after(ms, action) };
    const vendor = await start({ clock });
    const ids = vendor.addListings(Array.from({ length: listings }, (_none, index) => ({ sku: skuOf(index), quantity: 1 })));
    const channels = new MemoryChannels(time.now);
    const stored = {
      tenant: 'demo',
      channelId: vendor.vendor,
      provider: provider.name,
      settings: { ...vendor.account.settings, ...settings },
      credentials: '',
      locations: (vendor.account.locations ?? []).slice(0, 1),
      revision: '1',
      syncInventory: true,
      lowThreshold: 0,
      conflictStrategy: 'master_wins',
    } as const;
    channels.add(stored);
    const account = {
      ...stored,
      settings: Object.assign(new provider.settings(), stored.settings),
      credentials: Object.assign(new provider.credentials(), vendor.account.credentials),
    };
    const http = time.holding(testHttp());
    const spending = new Spending(testBudget(provider.limits(account.settings), time));
    const tokens = testTokens(provider, account, http, time);
    const open = provider.open(account, { http, tokens, budget: spending, now: time.now, newId: () => newId() });
    const delivery = startDelivery({
      store: memoryStore(channels, 'one', DEFAULT_TIMINGS),
      timings: DEFAULT_TIMINGS,
      accounts: { open: () => ({ provider, account: open }) },
      observe: () => undefined,
      onFault: (error) => vendor.log.violation(`the delivery had a fault: ${String(error)}`),
      timers: time,
      random: () => 0.5,
    });
    const rig = new VirtualDelivery(time, vendor, channels, delivery, spending, listings, stored.locations[0]?.locationId);
    rig.store(() => 1);
    channels.map(
      stored,
      ids.map((listingId, index) => ({ sku: skuOf(index), listingId })),
    );
    return rig;
  }

  /** Gives every listing a new figure and waits until the shop shows all of them. @returns what it took */
  async tellAll(quantity: (index: number) => number): Promise<Storm> {
    const [began, calls, throttled] = [this.time.now(), this.vendor.log.total, this.vendor.log.throttled];
    const spent = this.spending.begin();
    this.store(quantity);
    this.delivery.nudge();
    const wanted = new Map(Array.from({ length: this.count }, (_none, index) => [skuOf(index), quantity(index)]));
    await this.time.until(() => this.isTold() && this.shows(wanted));
    const seconds = (this.time.now() - began) / 1_000;
    return {
      seconds,
      calls: this.vendor.log.total - calls,
      throttled: this.vendor.log.throttled - throttled,
      spent: (limit) => spent.get(limit) ?? 0,
    };
  }

  async stop(): Promise<void> {
    await this.delivery.stop();
    await this.vendor.close();
  }

  private position = 0;

  private store(quantity: (index: number) => number): void {
    this.position += 1;
    this.channels.store(
      Array.from({ length: this.count }, (_none, index) => ({
        tenant: 'demo',
        channelId: this.vendor.vendor,
        sku: skuOf(index),
        quantity: quantity(index),
        parts: this.mapped === undefined ? null : { [this.mapped]: quantity(index) },
        position: String(this.position),
        version: 1,
      })),
    );
  }

  private isTold(): boolean {
    return this.channels.listings({ tenant: 'demo', channelId: this.vendor.vendor }).every(({ dueAt }) => dueAt === null);
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
  /** Units of one of the vendor's limits. */
  spent(limit: string): number;
}

let ids = 0;
const newId = (): string => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`;

/** A budget that sums what was spent of each limit. */
class Spending implements Budget {
  private spent = new Map<string, number>();

  constructor(private readonly budget: Budget) {}

  /** @returns what is spent from now on, until it is begun anew */
  begin(): ReadonlyMap<string, number> {
    this.spent = new Map();
    return this.spent;
  }

  take: Budget['take'] = async (spends, options) => {
    const taken = await this.budget.take(spends, options);
    if (taken) for (const { limit, units } of spends) this.add(limit, units);
    return taken;
  };

  left: Budget['left'] = (limit, options) => this.budget.left(limit, options);

  report: Budget['report'] = (limits) => {
    for (const { limit, returned } of limits) this.add(limit, -(returned ?? 0));
    return this.budget.report(limits);
  };

  private add(limit: string, units: number): void {
    this.spent.set(limit, (this.spent.get(limit) ?? 0) + units);
  }
}
