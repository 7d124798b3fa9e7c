export interface ProcessorLimits {
  /** Most commands that wait for one stream. */
  readonly waitingPerStream: number;
  /** Most commands that wait over all streams. */
  readonly waiting: number;
  /** A turn takes no further command once it has this many events. It bounds how long commands of other streams wait for an append. */
  readonly eventsPerAppend: number;
  /** Most times that a turn is decided again because another process appended first. */
  readonly conflictRetries: number;
  /** How long an append with an unknown outcome is repeated, and how long an unavailable store is waited for. */
  readonly unavailableMs: number;
  /** Weight of all cached states: 1 for each, plus an eighth for each thing it holds; one unit is about 5 kB. */
  readonly cacheWeight: number;
  /** A snapshot is written after this many events, or after half as many events as the state holds things, whichever is more. */
  readonly snapshotEvery: number;
  /**
   * Shortest time between two snapshots: without it, snapshots of a state that only grows took a fifth of the processing time of a hot SKU.
   */
  readonly snapshotPauseMs: number;
  /** After this many events a snapshot is written in any case; they take two thirds of a second to fold. */
  readonly snapshotAtLatest: number;
  /** Larger states get no snapshot: copying them would block the event loop for longer than a quarter of a second. */
  readonly snapshotSize: number;
}

export const DEFAULT_LIMITS: ProcessorLimits = {
  waitingPerStream: 2_000,
  waiting: 50_000,
  eventsPerAppend: 256,
  conflictRetries: 40,
  unavailableMs: 15_000,
  cacheWeight: 50_000,
  snapshotEvery: 500,
  snapshotPauseMs: 10_000,
  snapshotAtLatest: 50_000,
  snapshotSize: 300_000,
};
