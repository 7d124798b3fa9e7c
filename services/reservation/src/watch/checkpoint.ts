import type { Position } from '@holdfast/event-store';
import type { OpenWork, OpenWorkChange } from './open-work.js';

export interface Restored {
  readonly items: readonly OpenWork[];
  /** Everything up to here is in the items. */
  readonly position: Position;
}

/** Where the watch keeps what is open, so that a restart need not read the whole log. Several instances share it. */
export interface CheckpointStore {
  /** Undefined before the first save. */
  load(): Promise<Restored | undefined>;
  /** All of it or nothing. */
  save(changes: readonly OpenWorkChange[], position: Position): Promise<void>;
}
