import { EventStoreUnavailable, InvalidAppend } from '@holdfast/event-store';
import type { EventStore } from '@holdfast/event-store';
import type { CommandContext } from '../port.js';
import type { SnapshotStore } from '../snapshots/snapshot-store.js';
import { Snapshots } from '../snapshots/snapshots.js';
import type { ProcessedCommand, StreamDefinition } from './definition.js';
import { Folding } from './folding.js';
import type { Folded } from './folding.js';
import { Lane } from './lane.js';
import type { Item } from './lane.js';
import { DEFAULT_LIMITS } from './limits.js';
import type { ProcessorLimits } from './limits.js';
import type { ProcessorObserver } from './observer.js';
import { StreamBusy } from './outcome.js';
import type { Freshness, KnownState, ProcessOutcome } from './outcome.js';
import { StateCache } from './state-cache.js';
import { systemTiming } from './timing.js';
import type { Timing } from './timing.js';
import { Turn } from './turn.js';
import type { TurnSurroundings } from './turn.js';

const RETRY_AFTER_MS = 250;
const THINGS_PER_WEIGHT = 8;
/**
 * Things that a snapshot may copy for each event since the last one. With two, a state that only grows is written each time it has doubled;
 * with four, snapshots cost more than the events.
 */
const THINGS_PER_EVENT = 2;

export interface StreamProcessorOptions {
  readonly eventStore: EventStore;
  /** Used when the definition has a snapshot codec; without it, streams are folded from their beginning. */
  readonly snapshots?: SnapshotStore;
  readonly observer?: ProcessorObserver;
  readonly limits?: Partial<ProcessorLimits>;
  readonly timing?: Timing;
}

/**
 * Decides commands on streams of one kind. Commands of a stream queue; a turn takes all that wait, decides them in order in memory, appends
 * all their events in one append at the expected revision, and answers. Any number of processes may decide on the same stream: the revision
 * check keeps them correct, and sending a stream to one process only saves conflicts.
 */
export class StreamProcessor<State, Command extends ProcessedCommand, Event extends { readonly type: string }> {
  private readonly lanes = new Map<string, Lane<Item<State, Command, Event>>>();
  private readonly working = new Set<Promise<void>>();
  private readonly states: StateCache<Folded<State>>;
  private readonly snapshots: Snapshots<State> | undefined;
  private readonly surroundings: TurnSurroundings<State, Command, Event>;
  private queued = 0;
  private arrivals = 0;

  constructor(
    private readonly definition: StreamDefinition<State, Command, Event>,
    options: StreamProcessorOptions,
  ) {
    const { eventStore: store, observer = {}, timing = systemTiming } = options;
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    const { snapshot } = definition;
    this.snapshots = snapshot && options.snapshots ? new Snapshots(options.snapshots, snapshot, observer) : undefined;
    this.states = new StateCache(limits.cacheWeight);
    this.surroundings = { store, definition, folding: new Folding(store, definition, this.snapshots), limits, timing, observer };
  }

  /**
   * @throws StreamBusy when the queue is full (nothing happened)
   * @throws EventStoreUnavailable when the outcome is unknown; send the same command again
   */
  execute(stream: string, tenant: string, command: Command, context: CommandContext = {}): Promise<ProcessOutcome<State, Event>> {
    return new Promise((resolve, reject) => {
      this.arrivals += 1;
      this.enqueue(stream, { kind: 'command', arrival: this.arrivals, tenant, command, context, resolve, reject });
    });
  }

  /**
   * State as of the newest event in the store, or with `known` as of the newest event this process knows. @throws StreamBusy,
   * EventStoreUnavailable
   */
  read(stream: string, freshness: Freshness = 'newest'): Promise<KnownState<State>> {
    // A running turn has taken the state out of the cache; then the reader waits for that turn.
    const known = freshness === 'known' ? this.states.peek(stream) : undefined;
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      this.enqueue(stream, {
        kind: 'reader',
        resolve: ({ state, revision, position }) => resolve({ state, revision, position }),
        reject,
      });
    });
  }

  /** Resolves when no command waits and no snapshot is being stored. */
  async drain(): Promise<void> {
    while (this.working.size > 0) await Promise.all(this.working);
    await this.snapshots?.settled();
  }

  private enqueue(stream: string, item: Item<State, Command, Event>): void {
    const { limits, observer } = this.surroundings;
    const lane = this.lanes.get(stream);
    if ((lane?.waiting ?? 0) >= limits.waitingPerStream || this.queued >= limits.waiting) {
      observer.turnedAway?.(stream, item.kind === 'command' ? item : undefined);
      item.reject(new StreamBusy(stream, RETRY_AFTER_MS));
      return;
    }
    this.count(1);
    if (lane) return lane.add(item);
    const opened = new Lane<Item<State, Command, Event>>();
    opened.add(item);
    this.lanes.set(stream, opened);
    const work: Promise<void> = this.work(stream, opened).finally(() => this.working.delete(work));
    this.working.add(work);
  }

  private async work(stream: string, lane: Lane<Item<State, Command, Event>>): Promise<void> {
    // Commands that arrive in the same tick join the first turn.
    await Promise.resolve();
    while (lane.waiting > 0) {
      await this.turn(stream, lane);
      // Callers that were answered read their state, and may send the next command, before the next turn changes it.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.lanes.delete(stream);
  }

  private async turn(stream: string, lane: Lane<Item<State, Command, Event>>): Promise<void> {
    const taken = lane.takeAll();
    try {
      const { folded, undecided, answer } = await new Turn(stream, this.surroundings).run(this.states.take(stream), taken);
      lane.putBack(undecided);
      lane.growTurns();
      this.keep(stream, folded);
      this.count(undecided.length - taken.length);
      answer();
    } catch (error) {
      this.fail(lane, taken, error);
    }
  }

  private fail(lane: Lane<Item<State, Command, Event>>, taken: readonly Item<State, Command, Event>[], error: unknown): void {
    if (error instanceof InvalidAppend && taken.length > 1) {
      // Too large for one append, or one of the events cannot be stored: smaller turns find out which.
      lane.shrinkTurns(taken.length);
      lane.putBack(taken);
      return;
    }
    // While the store is unavailable, the commands that still wait would fail too.
    const failed = error instanceof EventStoreUnavailable ? [...taken, ...lane.takeAll()] : taken;
    this.count(-failed.length);
    for (const item of failed) item.reject(error);
  }

  /** The state contains only stored events, so the next turn may start from it. */
  private keep(stream: string, folded: Folded<State>): void {
    const size = this.definition.size?.(folded.state) ?? 0;
    this.states.put(stream, folded, 1 + size / THINGS_PER_WEIGHT);
    if (!this.snapshots || !this.isSnapshotDue(folded, size)) return;
    const { state, revision, eventId } = folded;
    if (this.snapshots.save(stream, state, revision, eventId)) folded.snapshot = { revision, at: this.surroundings.timing.now() };
  }

  private isSnapshotDue({ revision, snapshot }: Folded<State>, size: number): boolean {
    const { limits, timing } = this.surroundings;
    const events = revision - snapshot.revision;
    if (size > limits.snapshotSize || events < Math.max(limits.snapshotEvery, size / THINGS_PER_EVENT)) return false;
    return events >= limits.snapshotAtLatest || timing.now() - snapshot.at >= limits.snapshotPauseMs;
  }

  private count(difference: number): void {
    this.queued += difference;
    this.surroundings.observer.queued?.(this.queued);
  }
}
