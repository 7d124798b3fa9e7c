import type { Position } from '@holdfast/event-store';

export type ProcessOutcome<State, Event> =
  | {
      readonly kind: 'accepted';
      /** Empty where all was as wished already. */
      readonly events: readonly Event[];
      /** Revision of the stream after these events. */
      readonly revision: number;
      /** Position of the newest event known of the stream; what a reader waits for to see this write. */
      readonly position: Position;
      /**
       * State at least as new as this command: later commands decided in the same turn may have changed it.
       * Read what you need before you await anything; do not keep it and never change it.
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
 * `newest`: with everything that is in the store. `known`: as this process last knew it, where it does; others may have written since, and
 * what is just being stored may be in it. Good for a guess that is checked later, as it costs no look into the store.
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
