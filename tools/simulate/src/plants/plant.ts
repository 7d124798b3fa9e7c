import type { EventStore } from '@holdfast/event-store';
import type { SkuCommand, SkuEvent, SkuState } from '@holdfast/inventory';
import type { SkuLedger, SnapshotStore, StreamDefinition } from '@holdfast/ledger';
import type { CheckpointStore, Reservations } from '@holdfast/reservation';
import type { Life } from '@holdfast/simulation';
import type { IntakeTables } from '../ingestion/kept-intake.js';

export type SkuStreams = StreamDefinition<SkuState, SkuCommand, SkuEvent>;
export type Decision = ReturnType<SkuStreams['decide']>;
export type Door = Pick<Reservations, 'reserve' | 'commit' | 'release' | 'extend'>;

/** A bug put around the product's code on purpose, to see that a run finds it. What is not named stays as it is. */
export interface Plant {
  readonly name: string;
  /** The mistake, as somebody might make it. */
  readonly mistake: string;
  readonly streams?: (real: SkuStreams) => SkuStreams;
  readonly store?: (real: EventStore, life: Life) => EventStore;
  readonly ledger?: (real: SkuLedger, life: Life) => SkuLedger;
  readonly snapshots?: (real: SnapshotStore) => SnapshotStore;
  readonly checkpoint?: (real: CheckpointStore) => CheckpointStore;
  readonly door?: (real: Door) => Door;
  readonly watchless?: true;
  /** What the ingestion service keeps in its database. */
  readonly tables?: (real: IntakeTables) => IntakeTables;
  /** The ledger as the ingestion service uses it. */
  readonly desk?: (real: SkuLedger) => SkuLedger;
  readonly offsetsFirst?: true;
}

type Decide = (state: SkuState, command: SkuCommand, real: SkuStreams['decide']) => Decision;

/** The real streams, decided on otherwise. */
export const deciding =
  (decide: Decide) =>
  (real: SkuStreams): SkuStreams => ({ ...real, decide: (state, command) => decide(state, command, real.decide) });
