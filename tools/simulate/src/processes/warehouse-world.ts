import { EventStoreUnavailable } from '@holdfast/event-store';
import { LeaseLost, ProcessBusy } from '@holdfast/kit';
import { MemorySnapshots, StreamBusy } from '@holdfast/ledger';
import { Faults, Random, SimulatedLog, VirtualTime } from '@holdfast/simulation';
import { Problem } from '@holdfast/platform';
import { DatabaseUnavailable } from '../ingestion/kept-intake.js';
import { KeptLeases } from './leases.js';
import type { ProcessPlant } from './plants.js';

export const TENANT = 'acme';
export const SKUS = ['ale', 'bun'] as const;
export const [FROM, TO] = ['HAM', 'BER'] as const;

const STARTS_AT = 1_700_000_000_000;
const RATES = { fails: 0.04, losesAnswer: 0.05, takesEffectLate: 0.02, slow: 0.04 } as const;

/** Everything that outlives a process of the workflow service: time, randomness, storage, and what people asked for. */
export class WarehouseWorld {
  readonly time = new VirtualTime(STARTS_AT);
  readonly random: Random;
  readonly log = new SimulatedLog(this.time);
  readonly snapshots = new MemorySnapshots();
  readonly leases = new KeptLeases(this.time);
  readonly faults: Faults;
  /** Transfers and batches that somebody started. */
  readonly transferIds: string[] = [];
  readonly batchIds: string[] = [];
  /** Errors that nobody declared. */
  readonly failures: string[] = [];
  answers = 0;

  constructor(
    seed: number,
    readonly plant: ProcessPlant | undefined,
  ) {
    this.random = new Random(seed);
    this.faults = new Faults(this.random.fork(), RATES, () => this.time.now());
  }

  /** Remembers an error that nobody declared. */
  readonly undeclared = (error: unknown): void => {
    if (DECLARED.some((declared) => error instanceof declared) || (error instanceof Problem && error.status < 500)) return;
    this.failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
}

/** Errors after which the caller sends the same again. */
const DECLARED = [EventStoreUnavailable, DatabaseUnavailable, StreamBusy, LeaseLost, ProcessBusy] as const;
