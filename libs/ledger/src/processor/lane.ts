import type { CommandContext } from '../port.js';
import type { KnownState, ProcessOutcome } from './outcome.js';

interface Waiting {
  readonly reject: (error: unknown) => void;
}

export interface WaitingCommand<State, Command, Event> extends Waiting {
  readonly kind: 'command';
  readonly arrival: number;
  readonly tenant: string;
  readonly command: Command;
  readonly context: CommandContext;
  readonly resolve: (outcome: ProcessOutcome<State, Event>) => void;
}

/** A reader queues like a command that changes nothing, so it never sees events that are not stored yet. */
export interface WaitingReader<State> extends Waiting {
  readonly kind: 'reader';
  readonly resolve: (known: KnownState<State>) => void;
}

export type Item<State, Command, Event> = WaitingCommand<State, Command, Event> | WaitingReader<State>;

/** The queue of one stream, in order of arrival. */
export class Lane<Entry extends Waiting> {
  private entries: Entry[] = [];
  /** Commands that a turn may take; lowered after an append that was too large. */
  private turnSize = Number.POSITIVE_INFINITY;

  get waiting(): number {
    return this.entries.length;
  }

  add(entry: Entry): void {
    this.entries.push(entry);
  }

  takeAll(): readonly Entry[] {
    if (this.entries.length <= this.turnSize) {
      const all = this.entries;
      this.entries = [];
      return all;
    }
    return this.entries.splice(0, this.turnSize);
  }

  /** Puts entries that were not decided back to the front. */
  putBack(entries: readonly Entry[]): void {
    if (entries.length > 0) this.entries = [...entries, ...this.entries];
  }

  /** Halves the size of the next turns after one that was too large for an append; it grows again with success. */
  shrinkTurns(tooMany: number): void {
    this.turnSize = Math.max(1, Math.floor(tooMany / 2));
  }

  growTurns(): void {
    this.turnSize *= 2;
  }
}
