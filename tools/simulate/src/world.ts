import { MemorySnapshots } from '@holdfast/ledger';
import { Faults, Random, SimulatedLog, SimulatedTopic, VirtualTime, type Exchange, type Moment } from '@holdfast/simulation';
import { TOPICS } from '@holdfast/contracts';
import { KeptIntake } from './ingestion/kept-intake.js';
import { KeptCheckpoint } from './memory-checkpoint.js';
import type { Plant } from './plants/plant.js';

export const TENANT = 'acme';
/** What people put on the shelves. */
export const SHELF_SKUS = ['ale', 'bun', 'cod'] as const;
/** What only an ERP puts there. */
export const ERP_SKU = 'dry';
/** Caps, floors, limits of holders and overbooking are set for this one, and nobody waits. */
export const LIMITED_SKU = 'cod';
/** Reservations may wait for deliveries of this one only, within limits, too. */
export const BACKORDER_SKU = 'bun';
export const CHANNELS = ['web', 'shop'] as const;
export const HOLDERS = ['eve', 'bob'] as const;
export const SKUS = [...SHELF_SKUS, ERP_SKU] as const;
export const LOCATIONS = [
  { locationId: 'HAM', name: 'Hamburg', kind: 'warehouse', priority: 1 },
  { locationId: 'BER', name: 'Berlin', kind: 'store', priority: 2 },
] as const;

const STARTS_AT = 1_700_000_000_000;

/** Everything that outlives a process: time, chance, what is stored, and what was said to callers. */
export class World {
  readonly time = new VirtualTime(STARTS_AT);
  readonly random: Random;
  readonly log = new SimulatedLog(this.time);
  readonly snapshots = new MemorySnapshots();
  readonly checkpoint = new KeptCheckpoint();
  readonly intake = new KeptIntake();
  readonly erpTopic = new SimulatedTopic(TOPICS.erpStock.name, 3, this.time);
  readonly deadLetters = new SimulatedTopic(TOPICS.erpStockDeadLetters.name, 1, this.time);
  readonly faults: Faults;
  readonly exchanges: Exchange[] = [];

  constructor(
    seed: number,
    readonly plant: Plant | undefined,
  ) {
    this.random = new Random(seed);
    const rates = { fails: 0.04, losesAnswer: 0.05, takesEffectLate: 0.02, slow: 0.04 };
    this.faults = new Faults(this.random.fork(), rates, () => this.time.now());
  }

  moment(): Moment {
    return { time: this.time.now(), head: this.log.head };
  }
}
