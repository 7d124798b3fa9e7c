import { holdfast } from '../app/holdfast.js';
import type { Change, StreamState, Told } from './changes.js';
import { followChanges } from './follow.js';
import { MatrixStore, ROW_NAME, type MatrixSnapshot } from './matrix-store.js';

export interface MatrixWanted {
  readonly by: MatrixSnapshot['by'];
  readonly locationId: string | undefined;
}

/** What a screen shows of a matrix besides its cells. A new object for every change of it. */
export interface MatrixStatus {
  readonly store: MatrixStore | undefined;
  readonly error: Error | undefined;
  readonly stream: StreamState;
  readonly paused: boolean;
  /** Changes that wait for the end of a pause. */
  readonly waiting: number;
  readonly complete: boolean;
  /** Position of the log that the figures reflect, decimal. */
  readonly position: string;
}

type CellListener = (row: number, column: number) => void;

const MAX_ROWS = 50_000;
/** New SKUs are read at most this often. */
const REREAD_AFTER_MS = 2_000;
/** The counts of the status are shown this often at most; cells are shown with every frame. */
const STATUS_EVERY_MS = 250;

/** A snapshot of the matrix, kept up to date by the stream. The stream is open before the snapshot is read, so nothing is missed. */
export class LiveMatrix {
  status: MatrixStatus = {
    ...{ store: undefined, error: undefined, stream: 'connecting', paused: false, waiting: 0, complete: true, position: '0' },
  };
  private readonly listeners = new Set<() => void>();
  private readonly cellListeners = new Set<CellListener>();
  /** What came while the snapshot was read or the screen paused. */
  private held: Change[] = [];
  private reading = false;
  private rereadTimer: ReturnType<typeof setTimeout> | undefined;
  private statusTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly leave: () => void;

  constructor(readonly wanted: MatrixWanted) {
    this.leave = followChanges((told) => this.take(told));
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  onCell(listener: CellListener): () => void {
    this.cellListeners.add(listener);
    return () => this.cellListeners.delete(listener);
  }

  pause(paused: boolean): void {
    this.change({ paused });
    if (!paused) this.applyHeld();
  }

  /** Reads everything again. */
  async read(): Promise<void> {
    if (this.reading) return;
    this.reading = true;
    this.held = [];
    try {
      const { by, locationId } = this.wanted;
      const query = { by, limit: MAX_ROWS, ...(locationId === undefined ? {} : { locationId }) };
      const { value, position } = await holdfast.views.matrix(query).answer();
      const store = new MatrixStore(value, locationId);
      this.change({ store, error: undefined, complete: value.complete, position: String(position ?? '0') });
    } catch (error) {
      this.change({ error: error instanceof Error ? error : new Error(String(error)) });
    } finally {
      this.reading = false;
      if (!this.status.paused) this.applyHeld();
    }
  }

  close(): void {
    clearTimeout(this.rereadTimer);
    clearTimeout(this.statusTimer);
    this.leave();
  }

  private take(told: Told): void {
    switch (told.kind) {
      case 'state':
        this.change({ stream: told.state });
        if (told.state === 'live' && this.status.store === undefined) void this.read();
        break;
      case 'reset':
        void this.read();
        break;
      case 'changes':
        this.takeChanges(told.changes, told.position);
        break;
      case 'signed-out':
        // The read meets the same refusal, and the shell asks to sign in again.
        void this.read();
        break;
      default:
        told satisfies never;
    }
  }

  private takeChanges(changes: readonly Change[], position: string): void {
    this.status = { ...this.status, position };
    if (this.reading || this.status.paused) {
      this.held.push(...changes);
      this.status = { ...this.status, waiting: this.held.length };
    } else this.apply(changes);
    this.statusTimer ??= setTimeout(() => {
      this.statusTimer = undefined;
      this.change({});
    }, STATUS_EVERY_MS);
  }

  private applyHeld(): void {
    const held = this.held;
    this.held = [];
    this.apply(held);
    this.change({ waiting: 0 });
  }

  private apply(changes: readonly Change[]): void {
    const { store } = this.status;
    if (store === undefined) return;
    const tell: CellListener = (row, column) => {
      for (const listener of this.cellListeners) listener(row, column);
    };
    for (const change of changes) {
      const row = store.applyHeld(change);
      if (row !== undefined) tell(row, ROW_NAME);
      const changed = store.apply(change);
      if (changed === 'unknown') this.rereadTimer ??= setTimeout(() => this.reread(), REREAD_AFTER_MS);
      else if (changed !== undefined) tell(...changed);
    }
  }

  private reread(): void {
    this.rereadTimer = undefined;
    void this.read();
  }

  private change(parts: Partial<MatrixStatus>): void {
    this.status = { ...this.status, ...parts };
    for (const listener of this.listeners) listener();
  }
}
