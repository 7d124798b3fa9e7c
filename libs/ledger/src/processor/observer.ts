/** Figures of a turn, for metrics. */
export interface TurnFigures {
  readonly commands: number;
  readonly events: number;
  /** Times it was decided again because another process was first. */
  readonly conflicts: number;
  /** Milliseconds spent appending; 0 where nothing was appended. */
  readonly appendMs: number;
}

/** Is told what goes on; must not throw. */
export interface ProcessorObserver {
  /** Commands that wait or are under way, altogether. */
  queued?(commands: number): void;
  turnEnded?(turn: TurnFigures): void;
  /** A full queue turned a command away. */
  turnedAway?(stream: string): void;
  /** The store could not be reached; it is tried again. */
  storeUnavailable?(error: unknown): void;
  /** A snapshot could not be read or written; the stream is folded instead. */
  snapshotFailed?(error: unknown): void;
}
