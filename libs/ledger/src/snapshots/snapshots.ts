import { within } from '@holdfast/kit';
import { createHash } from 'node:crypto';
import type { SnapshotCodec } from '../processor/definition.js';
import type { ProcessorObserver } from '../processor/observer.js';
import { jsonInSlices } from './slices.js';
import type { SnapshotStore } from './snapshot-store.js';

const MAX_SAVING = 8;
const LOAD_TIMEOUT_MS = 2_000;

const digestOf = (json: string): string => createHash('sha256').update(json).digest('hex');

export interface Restored<State> {
  readonly state: State;
  readonly revision: number;
  readonly eventId: string;
}

/** Writes and reads snapshots of one kind of stream. Whatever fails here costs time, never truth. */
export class Snapshots<State> {
  private readonly saving = new Set<Promise<void>>();

  constructor(
    private readonly store: SnapshotStore,
    private readonly codec: SnapshotCodec<State>,
    private readonly observer: ProcessorObserver,
  ) {}

  async load(stream: string): Promise<Restored<State> | undefined> {
    try {
      const snapshot = await within(LOAD_TIMEOUT_MS, this.store.load(stream), () => new Error('the snapshot store does not answer'));
      if (snapshot?.version !== this.codec.version) return undefined;
      if (digestOf(snapshot.json) !== snapshot.digest) throw new Error(`the snapshot of ${stream} is damaged`);
      const state = this.codec.read(JSON.parse(snapshot.json));
      return { state, revision: snapshot.revision, eventId: snapshot.eventId };
    } catch (error) {
      this.observer.snapshotFailed?.(error);
      return undefined;
    }
  }

  /** Copies the state at once; writes and stores it in the background. False when too many are under way already. */
  save(stream: string, state: State, revision: number, eventId: string): boolean {
    if (this.saving.size >= MAX_SAVING) return false;
    const saved = this.write(stream, revision, eventId, state)
      .catch((error: unknown) => this.observer.snapshotFailed?.(error))
      .finally(() => this.saving.delete(saved));
    this.saving.add(saved);
    return true;
  }

  /** Resolves when nothing is being stored any more. */
  async settled(): Promise<void> {
    await Promise.all(this.saving);
  }

  /** The copy is made before the first await: the state goes on changing. */
  private async write(stream: string, revision: number, eventId: string, state: State): Promise<void> {
    const { json, digest } = await jsonInSlices(this.codec.write(state));
    await this.store.save(stream, { revision, eventId, version: this.codec.version, digest, json });
  }
}
