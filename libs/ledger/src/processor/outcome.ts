import type { Position } from '@holdfast/event-store';

export type ProcessOutcome<State, Event> =
  | {
      readonly kind: 'accepted';
      /** Empty when the command was already satisfied. */
      readonly events: readonly Event[];
      /** Revision of the stream after these events. */
      readonly revision: number;
      /** Position of the newest known event of the stream; a reader that waits for it sees this write. */
      readonly position: Position;
      /**
       * State at least as new as this command: later commands of the same turn may have changed it. Use it before the next await; do not
       * keep it and never change it.
       */
      readonly state: State;
    }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly details: Readonly<Record<string, unknown>>;
      readonly position: Position;
      readonly state: State;
    };

export interface KnownState<State> {
  readonly state: State;
  readonly revision: number;
  readonly position: Position;
}

/**
 * `newest`: with every event in the store. `known`: as this process last knew it, without a read of the store. Other processes may have
 * appended since, and it may contain events of the running turn. Use it for an estimate that a later command checks.
 */
export type Freshness = 'newest' | 'known';

/** The queue of a stream is full: nothing happened; try again after `retryAfterMs`. */
export class StreamBusy extends Error {
  readonly code: string = 'stream_busy';
  constructor(
    readonly stream: string,
    readonly retryAfterMs: number,
    message = `too many commands wait for ${stream}`,
  ) {
    super(message);
    this.name = 'StreamBusy';
  }
}
