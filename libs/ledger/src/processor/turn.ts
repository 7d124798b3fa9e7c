import { EventStoreUnavailable } from '@holdfast/event-store';
import type { AppendResult, EventStore, NewEvent } from '@holdfast/event-store';
import type { ProcessedCommand, StreamDefinition } from './definition.js';
import type { Folded, Folding } from './folding.js';
import type { Item } from './lane.js';
import type { ProcessorLimits } from './limits.js';
import type { ProcessorObserver, ServedCommand } from './observer.js';
import { StreamBusy } from './outcome.js';
import { plan, servedOf } from './plan.js';
import type { Decided } from './plan.js';
import { backOff } from './timing.js';
import type { Timing } from './timing.js';

const CONFLICT_PAUSE = { firstMs: 1, mostMs: 50 };
const UNAVAILABLE_PAUSE = { firstMs: 20, mostMs: 1_000 };

export interface TurnSurroundings<State, Command extends ProcessedCommand, Event extends { readonly type: string }> {
  readonly store: EventStore;
  readonly definition: StreamDefinition<State, Command, Event>;
  readonly folding: Folding<State, Command, Event>;
  readonly limits: ProcessorLimits;
  readonly timing: Timing;
  readonly observer: ProcessorObserver;
}

export interface TurnResult<State, Command, Event> {
  readonly folded: Folded<State>;
  /** Answers all commands of the turn. Call it once the cache has the state for the next turn. */
  readonly answer: () => void;
  readonly undecided: readonly Item<State, Command, Event>[];
}

/** Decides the waiting commands of one stream and stores their events in one append. */
export class Turn<State, Command extends ProcessedCommand, Event extends { readonly type: string }> {
  private readonly deadline: number;
  private conflicts = 0;
  private appendMs = 0;

  constructor(
    private readonly stream: string,
    private readonly surroundings: TurnSurroundings<State, Command, Event>,
  ) {
    this.deadline = surroundings.timing.now() + surroundings.limits.unavailableMs;
  }

  /**
   * @param cached the state as this process last knew it; it is changed even when the turn fails, so drop it then
   * @param items the commands that wait now; a command that arrives while the state is loaded must not be refused on that older state
   * @throws EventStoreUnavailable when the outcome is unknown, StreamBusy when other processes always appended first (nothing happened)
   */
  async run(cached: Folded<State> | undefined, items: readonly Item<State, Command, Event>[]): Promise<TurnResult<State, Command, Event>> {
    const { definition, folding, limits } = this.surroundings;
    let fresh = cached === undefined;
    let taken = items;
    let folded = cached ?? (await this.load());
    for (;;) {
      const { decided, undecided, events, state } = plan(this.stream, definition, folded, taken, limits.eventsPerAppend);
      if (events.length > 0) {
        const result = await this.append(folded.revision, events);
        if (result.kind === 'conflict') {
          taken = [...decided.map(({ item }) => item), ...undecided];
          folded = await this.reload();
          fresh = true;
          continue;
        }
        const { revision, position } = result;
        folded = { state, revision, position, eventId: events.at(-1)?.id ?? '', snapshot: folded.snapshot };
      } else if (!fresh) {
        // Another process may have appended: a refusal, or "already satisfied", needs the newest state.
        fresh = true;
        if (await this.patiently(() => folding.catchUp(this.stream, folded))) {
          taken = [...decided.map(({ item }) => item), ...undecided];
          continue;
        }
      }
      this.report(decided, events.length, folded.revision);
      const answered = folded;
      return { folded, undecided, answer: () => decided.forEach(({ answer }) => answer(answered)) };
    }
  }

  private load(): Promise<Folded<State>> {
    return this.patiently(() => this.surroundings.folding.load(this.stream));
  }

  /** The state contains events that were not stored, so it is dropped and loaded again. */
  private async reload(): Promise<Folded<State>> {
    const { limits, timing } = this.surroundings;
    this.conflicts += 1;
    if (this.conflicts > limits.conflictRetries) throw new StreamBusy(this.stream, CONFLICT_PAUSE.mostMs * 2);
    if (this.conflicts > 1) await backOff(timing, this.conflicts - 1, CONFLICT_PAUSE);
    return await this.load();
  }

  /** The same append is repeated until its outcome is known. */
  private async append(expected: number, events: readonly NewEvent[]): Promise<AppendResult> {
    const { store, timing } = this.surroundings;
    const began = timing.now();
    const result = await this.patiently(() => store.append(this.stream, expected, events));
    this.appendMs += timing.now() - began;
    return result;
  }

  private async patiently<T>(work: () => Promise<T>): Promise<T> {
    const { timing, observer } = this.surroundings;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof EventStoreUnavailable)) throw error;
        observer.storeUnavailable?.(error);
        if (timing.now() >= this.deadline) throw error;
        await backOff(timing, attempt + 1, UNAVAILABLE_PAUSE);
      }
    }
  }

  private report(decided: readonly Decided<State, Command, Event>[], events: number, revision: number): void {
    const { stream, conflicts, appendMs } = this;
    const served = (): readonly ServedCommand[] => servedOf(decided);
    this.surroundings.observer.turnEnded?.({ stream, revision, commands: decided.length, events, conflicts, appendMs, served });
  }
}
