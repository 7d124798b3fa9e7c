import { NO_STREAM, START } from '@holdfast/event-store';
import type { EventStore, Position, RecordedEvent } from '@holdfast/event-store';
import type { Snapshots } from '../snapshots/snapshots.js';
import type { ProcessedCommand, StreamDefinition } from './definition.js';

const PAGE_SIZE = 1_000;

/** State of a stream as of its newest known event. Only one turn at a time uses and changes it. */
export interface Folded<State> {
  state: State;
  revision: number;
  position: Position;
  /** Id of the newest event; empty for a stream without events. */
  eventId: string;
  snapshot: NewestSnapshot;
}

export interface NewestSnapshot {
  readonly revision: number;
  /** When this process took the snapshot, by `Timing.now`; far in the past when another process did. */
  readonly at: number;
}

const foundAt = (revision: number): NewestSnapshot => ({ revision, at: Number.NEGATIVE_INFINITY });

/** Builds states from streams. */
export class Folding<State, Command extends ProcessedCommand, Event extends { readonly type: string }> {
  constructor(
    private readonly store: EventStore,
    private readonly definition: StreamDefinition<State, Command, Event>,
    private readonly snapshots: Snapshots<State> | undefined,
  ) {}

  async load(stream: string): Promise<Folded<State>> {
    return (await this.fromSnapshot(stream)) ?? (await this.fromStart(stream));
  }

  /** Applies events that other processes appended since. Returns whether there were any. */
  async catchUp(stream: string, folded: Folded<State>): Promise<boolean> {
    const before = folded.revision;
    for (;;) {
      const page = await this.store.readStream(stream, { from: folded.revision + 1, limit: PAGE_SIZE });
      for (const event of page) this.apply(folded, event);
      if (page.length < PAGE_SIZE) return folded.revision > before;
    }
  }

  private async fromStart(stream: string): Promise<Folded<State>> {
    const folded = { state: this.definition.initial(), revision: NO_STREAM, position: START, eventId: '', snapshot: foundAt(NO_STREAM) };
    await this.catchUp(stream, folded);
    return folded;
  }

  /** Reads the event of the snapshot's revision again: when its id differs, the snapshot belongs to another history and is not used. */
  private async fromSnapshot(stream: string): Promise<Folded<State> | undefined> {
    const snapshot = await this.snapshots?.load(stream);
    if (!snapshot) return undefined;
    const { state, revision, eventId } = snapshot;
    const [newest, ...tail] = await this.store.readStream(stream, { from: revision, limit: PAGE_SIZE });
    if (newest?.id !== eventId) return undefined;
    const folded = { state, revision, position: newest.position, eventId, snapshot: foundAt(revision) };
    for (const event of tail) this.apply(folded, event);
    if (tail.length === PAGE_SIZE - 1) await this.catchUp(stream, folded);
    return folded;
  }

  private apply(folded: Folded<State>, event: RecordedEvent): void {
    folded.state = this.definition.evolve(folded.state, this.definition.codec.decode(event), event.metadata.at);
    folded.revision = event.revision;
    folded.position = event.position;
    folded.eventId = event.id;
  }
}
