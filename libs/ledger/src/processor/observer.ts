import type { ProcessedCommand } from './definition.js';

/** A command that came to the queue of a stream. */
export interface ArrivedCommand {
  readonly tenant: string;
  readonly command: ProcessedCommand;
  /** Counts up with every command that comes to this processor, whatever its stream. */
  readonly arrival: number;
}

/** A command as its turn dealt with it. */
export interface ServedCommand extends ArrivedCommand {
  readonly decision: 'accepted' | 'refused' | 'failed';
  /** Of a refusal. */
  readonly code?: string;
  /** Made for it; none where all was as wished already. */
  readonly events: readonly { readonly type: string }[];
}

/** What a turn did. */
export interface TurnFigures {
  readonly stream: string;
  /** Of the stream after the turn. */
  readonly revision: number;
  readonly commands: number;
  readonly events: number;
  /** Times it was decided again because another process was first. */
  readonly conflicts: number;
  /** Milliseconds spent appending; 0 where nothing was appended. */
  readonly appendMs: number;
  /** Every command in the order in which it was decided; made when asked for, during the call only. */
  served(): readonly ServedCommand[];
}

/** Is told what goes on; must not throw. */
export interface ProcessorObserver {
  /** Commands that wait or are under way, altogether. */
  queued?(commands: number): void;
  turnEnded?(turn: TurnFigures): void;
  /** A full queue turned a command away. */
  turnedAway?(stream: string, command?: ArrivedCommand): void;
  /** The store could not be reached; it is tried again. */
  storeUnavailable?(error: unknown): void;
  /** A snapshot could not be read or written; the stream is folded instead. */
  snapshotFailed?(error: unknown): void;
}
