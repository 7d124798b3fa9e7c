import { MemoryChannels, MemoryShared } from '@holdfast/channel-connector';
import { Sealer } from '@holdfast/kit';
import { Faults, Random, VirtualTime } from '@holdfast/simulation';
import { ChannelAuditor } from './audit/channel-auditor.js';
import { Network } from './network.js';
import type { ChannelPlant } from './plants/plant.js';
import type { Vendor } from './vendors/vendor.js';

export const TENANT = 'acme';
export const SKUS = ['ale', 'bun', 'cod', 'dry', 'elk', 'fig'] as const;
/** Figures at most this are scarce: a fall to them goes before others. */
export const LOW_THRESHOLD = 10;

const STARTS_AT = 1_700_000_000_000;
const RATES = { fails: 0.015, losesAnswer: 0.015, takesEffectLate: 0.005, slow: 0.03 } as const;

export const sealer = new Sealer('what a simulation seals with is no secret');

/** Everything that outlives a process: time, chance, what is stored, the vendors, and what the auditor saw. */
export class ChannelWorld {
  readonly time = new VirtualTime(STARTS_AT);
  readonly random: Random;
  readonly channels: MemoryChannels;
  readonly shared: MemoryShared;
  readonly database: Faults;
  readonly network: Network;
  readonly auditor: ChannelAuditor;
  readonly vendors = new Map<string, Vendor>();

  constructor(
    seed: number,
    readonly plant: ChannelPlant | undefined,
  ) {
    const now = (): number => this.time.now();
    this.random = new Random(seed);
    this.channels = new MemoryChannels(now);
    this.shared = new MemoryShared(now);
    this.database = new Faults(this.random.fork(), RATES, now);
    this.auditor = new ChannelAuditor(now, (channelId) => this.vendor(channelId));
    this.network = new Network(this.time, this.random.fork(), this.auditor, (channelId) => this.vendor(channelId));
  }

  vendor(channelId: string): Vendor {
    const found = this.vendors.get(channelId);
    if (found === undefined) throw new Error(`there is no vendor of ${channelId}`);
    return found;
  }

  storm(): void {
    this.database.storm();
    this.network.storm();
    for (const vendor of this.vendors.values()) vendor.storm();
  }

  calm(): void {
    this.database.calm();
    this.network.calm();
    for (const vendor of this.vendors.values()) vendor.calm();
  }
}
