import type { ProcessedCommand } from './definition.js';

/** A command that entered the queue of a stream. */
export interface ArrivedCommand {
  readonly tenant: string;
  readonly command: ProcessedCommand;
  /** Grows by one with every command of this processor, over all streams. */
  readonly arrival: number;
}

/** A command and the result that its turn gave it. */
export interface ServedCommand extends ArrivedCommand {
  readonly decision: 'accepted' | 'refused' | 'failed';
  /** Code of a refusal. */
  readonly code?: string;
  /** The events of the command; none when it was already satisfied. */
  readonly events: readonly { readonly type: string }[];
}

/** Figures of one turn. */
export interface TurnFigures {
  readonly stream: string;
  /** Of the stream after the turn. */
  readonly revision: number;
  readonly commands: number;
  readonly events: number;
  /** Times that it was decided again because another process appended first. */
  readonly conflicts: number;
  /** Milliseconds spent appending; 0 where nothing was appended. */
  readonly appendMs: number;
  /** Every command in the order of decisions. It is computed at the call, and only valid during `turn`. */
  served(): readonly ServedCommand[];
}

/** Called by the processor; must not throw. */
export interface ProcessorObserver {
  /** Commands that wait or are being decided, over all streams. */
  queued?(commands: number): void;
  turnEnded?(turn: TurnFigures): void;
  /** A command was refused because the queue was full. */
  turnedAway?(stream: string, command?: ArrivedCommand): void;
  /** The store could not be reached; the processor tries again. */
  storeUnavailable?(error: unknown): void;
  /** A snapshot could not be read or written; the stream is folded instead. */
  snapshotFailed?(error: unknown): void;
}
