import type { EventCodec } from '@holdfast/contracts';
import type { Decision } from '@holdfast/inventory';

/** What every command carries: its time (epoch milliseconds) and the id that makes a repeat recognisable. */
export interface ProcessedCommand {
  readonly at: number;
  readonly commandId: string;
}

/** Writes a state as plain JSON and reads it back. A snapshot of another version is ignored: the stream is folded instead. */
export interface SnapshotCodec<State> {
  readonly version: number;
  write(state: State): unknown;
  read(json: unknown): State;
}

/** Describes one kind of stream: its state, its decisions and how events change the state. */
export interface StreamDefinition<State, Command extends ProcessedCommand, Event extends { readonly type: string }> {
  readonly initial: () => State;
  readonly decide: (state: State, command: Command, tenant?: string) => Decision<Event>;
  /** May change the state in place; `at` is the time of the command that caused the event. */
  readonly evolve: (state: State, event: Event, at: number) => State;
  readonly codec: EventCodec<Event>;
  /** Without it streams are always folded from their beginning. */
  readonly snapshot?: SnapshotCodec<State>;
  /** Rough count of the things a state holds; decides how much is cached and how often a snapshot pays. Default 0. */
  readonly size?: (state: State) => number;
}
