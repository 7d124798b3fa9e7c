import type { EventStore } from '@holdfast/event-store';
import type { SkuCommand, SkuEvent, SkuState } from '@holdfast/inventory';
import type { SkuLedger, SnapshotStore, StreamDefinition } from '@holdfast/ledger';
import type { CheckpointStore, Reservations } from '@holdfast/reservation';
import type { Life } from '@holdfast/simulation';
import type { Figures } from '../ingestion/kept-figures.js';
import type { IntakeTables } from '../ingestion/kept-intake.js';

export type SkuStreams = StreamDefinition<SkuState, SkuCommand, SkuEvent>;
export type Decision = ReturnType<SkuStreams['decide']>;
export type Handlers = Pick<Reservations, 'reserve' | 'commit' | 'release' | 'extend'>;

/** A deliberate bug around the product's code, to prove that a run finds it. Absent parts stay real. */
export interface Plant {
  readonly name: string;
  /** The mistake in words. */
  readonly mistake: string;
  /** Seed at which the search begins; 1 unless given. For mistakes that few seeds reveal. */
  readonly from?: number;
  /** Only another log of the same seed reveals it. */
  readonly changesLog?: true;
  readonly streams?: (real: SkuStreams) => SkuStreams;
  readonly store?: (real: EventStore, life: Life) => EventStore;
  readonly ledger?: (real: SkuLedger, life: Life) => SkuLedger;
  readonly snapshots?: (real: SnapshotStore) => SnapshotStore;
  readonly checkpoint?: (real: CheckpointStore) => CheckpointStore;
  readonly handlers?: (real: Handlers) => Handlers;
  readonly watchless?: true;
  /** The database of the ingestion service. */
  readonly tables?: (real: IntakeTables) => IntakeTables;
  /** The tables of the pollers. */
  readonly figures?: (real: Figures) => Figures;
  /** The ledger as the ingestion service uses it. */
  readonly ingestionLedger?: (real: SkuLedger) => SkuLedger;
  readonly offsetsFirst?: true;
  /** Only runs with lots reveal it. */
  readonly lots?: true;
}

type Decide = (state: SkuState, command: SkuCommand, real: SkuStreams['decide']) => Decision;

/** The real streams with another decide function. */
export const deciding =
  (decide: Decide) =>
  (real: SkuStreams): SkuStreams => ({ ...real, decide: (state, command) => decide(state, command, real.decide) });
