export interface ProcessorLimits {
  /** Most commands that wait for one stream. */
  readonly waitingPerStream: number;
  /** Most commands that wait altogether. */
  readonly waiting: number;
  /** A turn takes no further command once it has this many events: those of other streams wait for no longer append than this. */
  readonly eventsPerAppend: number;
  /** Most times a turn is decided again because another process was first. */
  readonly conflictRetries: number;
  /** How long an append whose outcome is unknown is sent again, and an unavailable store waited for. */
  readonly unavailableMs: number;
  /** Weight of all states kept: one for each, plus an eighth for each thing it holds; about 5 kB a unit. */
  readonly cacheWeight: number;
  /** A snapshot is written after this many events, or after half as many as the state holds things, whatever is more. */
  readonly snapshotEvery: number;
  /** Not sooner than so long after the one before: snapshots of what only grows took a fifth of the time of a stormed SKU. */
  readonly snapshotPauseMs: number;
  /** But at once after so many events, which take two thirds of a second to fold. */
  readonly snapshotAtLatest: number;
  /** Larger states are not written: copying them would hold everybody up for longer than a quarter of a second. */
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
