import { MemorySnapshots } from '@holdfast/ledger';
import { sliceBy } from '@holdfast/kit';
import { Faults, Random, SimulatedLog, SimulatedTopic, VirtualTime, type Exchange, type Moment } from '@holdfast/simulation';
import { TOPICS } from '@holdfast/contracts';
import { KeptFigures } from './ingestion/kept-figures.js';
import { KeptIntake } from './ingestion/kept-intake.js';
import { KeptCheckpoint } from './memory-checkpoint.js';
import type { ReadStock } from './ingestion/read-stock.js';
import type { Plant } from './plants/plant.js';

export const TENANT = 'acme';
/** SKUs whose stock people change through the ledger, without an ERP. */
export const MANUAL_SKUS = ['ale', 'bun', 'cod'] as const;
/** The SKU whose stock only an ERP changes. */
export const ERP_SKU = 'dry';
/** The SKU with caps, floors, limits per holder and overbooking; its reservations may not wait. */
export const LIMITED_SKU = 'cod';
/** The SKU whose reservations may wait for deliveries, also within limits. */
export const BACKORDER_SKU = 'bun';
/** The SKU with lots, in half of the runs. */
export const LOT_SKU = 'ale';
export const CHANNELS = ['web', 'shop'] as const;
export const HOLDERS = ['eve', 'bob'] as const;
export const SKUS = [...MANUAL_SKUS, ERP_SKU] as const;
export const LOCATIONS = [
  { locationId: 'HAM', name: 'Hamburg', kind: 'warehouse', priority: 1 },
  { locationId: 'BER', name: 'Berlin', kind: 'store', priority: 2 },
] as const;

const STARTS_AT = 1_700_000_000_000;

// Else a busy machine would cut long work in other places, and a seed would give another log.
sliceBy(() => 0);

/** Everything that outlives a process: time, randomness, storage, and the answers to callers. */
export class World {
  readonly time = new VirtualTime(STARTS_AT);
  readonly random: Random;
  readonly log = new SimulatedLog(this.time);
  readonly snapshots = new MemorySnapshots();
  readonly checkpoint = new KeptCheckpoint();
  readonly intake = new KeptIntake();
  readonly erpTopic = new SimulatedTopic(TOPICS.erpStock.name, 3, this.time);
  readonly figures = new KeptFigures(this.intake);
  readonly stockEvents = new SimulatedTopic(TOPICS.stockEvents.name, 2, this.time);
  readonly deadLetters = new SimulatedTopic(TOPICS.erpStockDeadLetters.name, 1, this.time);
  readonly faults: Faults;
  readonly exchanges: Exchange[] = [];
  /** What a poll of the ERP reads. */
  erpStock: () => ReadStock = () => ({ figures: [], asOf: this.time.now() - 1 });

  /** Whether one of the SKUs has lots. */
  readonly hasLots: boolean;

  constructor(
    seed: number,
    readonly plant: Plant | undefined,
  ) {
    this.hasLots = seed % 2 === 0 || plant?.lots === true;
    this.random = new Random(seed);
    const rates = { fails: 0.04, losesAnswer: 0.05, takesEffectLate: 0.02, slow: 0.04 };
    this.faults = new Faults(this.random.fork(), rates, () => this.time.now());
  }

  moment(): Moment {
    return { time: this.time.now(), head: this.log.head };
  }
}
