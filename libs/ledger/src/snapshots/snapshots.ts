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

/** Writes and reads snapshots of one kind of stream. A failure here only costs time: the stream is folded instead. */
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

  /** Copies the state at once; serialises and stores it in the background. Returns false when too many are being written. */
  save(stream: string, state: State, revision: number, eventId: string): boolean {
    if (this.saving.size >= MAX_SAVING) return false;
    const saved = this.write(stream, revision, eventId, state)
      .catch((error: unknown) => this.observer.snapshotFailed?.(error))
      .finally(() => this.saving.delete(saved));
    this.saving.add(saved);
    return true;
  }

  /** Resolves when no snapshot is being stored. */
  async settled(): Promise<void> {
    await Promise.all(this.saving);
  }

  /** The copy is made before the first await, because the caller goes on changing the state. */
  private async write(stream: string, revision: number, eventId: string, state: State): Promise<void> {
    const { json, digest } = await jsonInSlices(this.codec.write(state));
    await this.store.save(stream, { revision, eventId, version: this.codec.version, digest, json });
  }
}
