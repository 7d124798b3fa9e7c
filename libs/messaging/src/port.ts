/** How a topic is laid out. Both adapters create what is missing and refuse to change the count of partitions. */
export interface TopicDefinition {
  readonly name: string;
  readonly partitions: number;
  /** Compacted topics keep the newest message of each key; the others drop messages older than `retentionMs`. */
  readonly cleanup: 'compact' | 'delete';
  readonly retentionMs?: number;
}

export interface OutgoingMessage {
  /** Messages of one key keep their order. */
  readonly key: string;
  /** UTF-8 JSON; null is a tombstone on a compacted topic. */
  readonly value: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface IncomingMessage extends OutgoingMessage {
  readonly topic: string;
  readonly partition: number;
  /** Decimal; grows within a partition. */
  readonly offset: string;
  /** Epoch milliseconds at which the bus took it. */
  readonly timestamp: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Messages of one partition of one topic, in order. */
export interface MessageBatch {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly IncomingMessage[];
  /** Sends one message of this batch to the dead-letter topic with its reason; the rest goes on. */
  reject(message: IncomingMessage, reason: RejectReason): void;
}

export interface RejectReason {
  /** Stable code, e.g. `not_json`, `schema_violation`. */
  readonly code: string;
  /** Names the field and the fix. */
  readonly message: string;
}

export interface ConsumeOptions {
  /** Members of a group share the partitions. */
  readonly group: string;
  readonly topics: readonly string[];
  /** Where a group without stored offsets begins; default `earliest`. */
  readonly from?: 'earliest' | 'latest';
  readonly batchSize?: number;
  /** Where rejected messages go. Without it a rejection is an error. */
  readonly deadLetterTopic?: string;
  /** The same per topic, where they differ; wins over `deadLetterTopic`. */
  readonly deadLetterTopics?: Readonly<Record<string, string>>;
  /**
   * Offsets are stored after it resolved and the rejected ones were published. When it throws, the batch comes again after a growing pause;
   * at least once, so effects must be idempotent (see `Inbox`). Where a dead-letter topic is set and the error is no transient one
   * (`transient: true`, a code ending in `_unavailable`, a lost connection), the batch is split after `retry.attempts` tries until the
   * message that always throws stands alone; that one becomes a dead letter. Transient errors are retried for ever.
   */
  readonly onBatch: (batch: MessageBatch) => Promise<void>;
  readonly retry?: RetryOptions;
  readonly onFault?: (error: unknown) => void;
}

/** How often and how patiently a failing batch is tried. */
export interface RetryOptions {
  /** Tries of a whole batch, and of a message that fails alone, before it is split or given up; default 5. */
  readonly attempts?: number;
  /** Pause before the second try; doubles with each further one; default 200. */
  readonly firstPauseMs?: number;
  /** Longest pause; default 5,000. */
  readonly maxPauseMs?: number;
}

/** Reads without a group: every caller sees every message. */
export interface TailOptions {
  readonly topics: readonly string[];
  /** `earliest`, `latest`, or the next offset wanted per partition as given by an earlier tail's `nextOffsets`. */
  readonly from: 'earliest' | 'latest' | Readonly<Record<string, string>>;
  readonly onMessages: (messages: readonly IncomingMessage[], nextOffsets: Readonly<Record<string, string>>) => Promise<void>;
  readonly onFault?: (error: unknown) => void;
}

export interface BusSubscription {
  /** Resolves when no handler runs any more and the group was left. */
  stop(): Promise<void>;
}

/** A reader without a group. */
export interface BusTail extends BusSubscription {
  /** Next offset wanted per `topic/partition`, after what the handler took: another tail goes on from here. */
  nextOffsets(): Readonly<Record<string, string>>;
}

export interface Bus {
  ensureTopics(topics: readonly TopicDefinition[]): Promise<void>;
  /** Resolves once every message is stored durably (acks of all replicas). @throws BusUnavailable; then some may have been stored. */
  publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void>;
  consume(options: ConsumeOptions): Promise<BusSubscription>;
  /** Keys of `nextOffsets` are `topic/partition`. */
  tail(options: TailOptions): Promise<BusTail>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The engine cannot be reached or is closed; the same call may succeed later. */
export class BusUnavailable extends Error {
  readonly code = 'bus_unavailable';
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'BusUnavailable';
  }
}

/** The topic does not exist; `ensureTopics` creates it. */
export class UnknownTopic extends Error {
  readonly code = 'unknown_topic';
  constructor(topic: string) {
    super(`There is no topic ${topic}: create it with ensureTopics first.`);
    this.name = 'UnknownTopic';
  }
}

/** A topic exists with another count of partitions than the definition asks for. */
export class TopicMismatch extends Error {
  readonly code = 'topic_mismatch';
  constructor(topic: string, found: number, wanted: number) {
    super(`Topic ${topic} has ${found} partitions, ${wanted} are wanted: changing the count would break the order of keys.`);
    this.name = 'TopicMismatch';
  }
}
