/** A place in the global order of a store. Positions grow; only the Postgres adapter's have no gaps. */
export type Position = bigint;

/** The position before the first event. */
export const START: Position = -1n;

/** Revision of a stream that has no events. The first event of a stream has revision 0. */
export const NO_STREAM = -1;

export interface NewEvent {
  /** UUID. Derive it from the command's id, so that an append whose answer was lost can be sent again. */
  readonly id: string;
  /** Versioned name, the storage format: `ReservationPlaced.v1`. */
  readonly type: string;
  /** Plain JSON; no `undefined` inside arrays, no BigInt. */
  readonly data: unknown;
  readonly metadata: EventMetadata;
}

/** Who and what caused an event. `at` is epoch milliseconds of the command. */
export interface EventMetadata {
  readonly tenant: string;
  readonly at: number;
  readonly commandId: string;
  readonly actor?: string;
  readonly correlationId?: string;
}

export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  /** Epoch milliseconds at which the store wrote it. */
  readonly recordedAt: number;
}

export type AppendResult =
  | { readonly kind: 'appended'; readonly revision: number; readonly position: Position }
  /** The stream was not at the expected revision and does not hold these very events there. */
  | { readonly kind: 'conflict'; readonly expected: number; readonly actual: number };

export interface ReadStreamOptions {
  /** First revision wanted, inclusive; default 0 forwards, the newest backwards. */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
}

export interface EventFilter {
  /** Streams whose name starts with one of these. */
  readonly streamPrefixes?: readonly string[];
  /** Exact event types. Given together with prefixes, both must hold. */
  readonly types?: readonly string[];
}

export interface ReadAllOptions {
  /** Exclusive: events after this position. */
  readonly after: Position;
  readonly limit: number;
  readonly filter?: EventFilter;
}

export interface AllPage {
  readonly events: readonly RecordedEvent[];
  /** Everything up to here was looked at, whether it passed the filter or not; read on from it. */
  readonly position: Position;
  /** True when nothing lay behind this page as it was read. */
  readonly atEnd: boolean;
}

export interface SubscribeOptions {
  /** Exclusive checkpoint; `START` for everything. */
  readonly after: Position;
  readonly filter?: EventFilter;
  /** Most events in one call of the handler; default 500. */
  readonly batchSize?: number;
  /** Called with one batch at a time, in order; the next comes after it resolves. A rejected batch is given again after a pause. */
  readonly onBatch: (batch: SubscriptionBatch) => Promise<void>;
  /** Called on each fault that the subscription survives by itself (it subscribes again from its last position). */
  readonly onFault?: (error: unknown) => void;
}

export interface SubscriptionBatch {
  /** May be empty where only the checkpoint moved. */
  readonly events: readonly RecordedEvent[];
  /** Checkpoint to store once this batch has taken effect. */
  readonly position: Position;
  /** False while catching up on what was there when the subscription began. */
  readonly live: boolean;
}

export interface EventSubscription {
  /** Resolves when no handler runs any more. */
  stop(): Promise<void>;
}

/**
 * The log of everything that happened. Appends are atomic and durable once answered.
 * @throws EventStoreUnavailable when the outcome is a failure or unknown; an append may be sent again with the same ids and revision.
 */
export interface EventStore {
  /**
   * Stores all events or none. The same events (by id) at the same place are answered as appended.
   * @param expected revision of the newest event of the stream, `NO_STREAM` for none
   * @param events at most `MAX_EVENTS_PER_APPEND` and `MAX_APPEND_BYTES` of JSON together
   * @throws InvalidAppend when they can never be stored
   */
  append(stream: string, expected: number, events: readonly NewEvent[]): Promise<AppendResult>;
  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]>;
  readAll(options: ReadAllOptions): Promise<AllPage>;
  /** Position of the newest event, `START` for an empty store. */
  head(): Promise<Position>;
  subscribe(options: SubscribeOptions): EventSubscription;
  /** Rejects when the store does not answer within a second or two. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The store did not answer, or answered that it cannot now. */
export class EventStoreUnavailable extends Error {
  readonly code = 'event_store_unavailable';
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'EventStoreUnavailable';
  }
}

/** What the caller gave can never be stored: an empty type, an id that is no UUID, data that is no JSON, too large. */
export class InvalidAppend extends Error {
  readonly code = 'invalid_append';
  constructor(message: string) {
    super(message);
    this.name = 'InvalidAppend';
  }
}
