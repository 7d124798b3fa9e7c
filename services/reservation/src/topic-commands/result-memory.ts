import type { WrittenResult } from './results.js';

/** The first result of a command, as it was published. */
export interface RememberedResult extends WrittenResult {
  readonly requestHash: string;
}

/** Keeps the first result of each command, longer than the topic keeps the command. */
export interface ResultMemory {
  find(commandId: string): Promise<RememberedResult | undefined>;
  /** Resolves once a result is durable, and returns the stored one: the result of another process where that was first. */
  remember(commandId: string, result: RememberedResult): Promise<RememberedResult>;
}
