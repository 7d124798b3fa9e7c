import { holdfast } from '../app/holdfast.js';
import type { Change, StreamState, Told } from './changes.js';
import { followChanges } from './follow.js';
import { MatrixStore, ROW_NAME, type MatrixSnapshot } from './matrix-store.js';
import { Rereads } from './rereads.js';

export interface MatrixWanted {
  readonly by: MatrixSnapshot['by'];
  readonly locationId: string | undefined;
}

/** What a screen shows of a matrix besides its cells. A new object for every change of it. */
export interface MatrixStatus {
  readonly store: MatrixStore | undefined;
  /** Why the newest snapshot could not be read; it is tried again. */
  readonly error: Error | undefined;
  readonly stream: StreamState;
  readonly paused: boolean;
  /** Changes that wait for the end of a pause. */
  readonly waiting: number;
  /** Since when the figures may be behind, epoch milliseconds; undefined while they are kept up. */
  readonly staleSince: number | undefined;
  /** Position of the log that the figures reflect, decimal. */
  readonly position: string;
}

/** Where the figures come from. */
export interface MatrixSource {
  follow(listener: (told: Told) => void): () => void;
  read(wanted: MatrixWanted, limit: number): Promise<{ readonly value: MatrixSnapshot; readonly position: bigint | undefined }>;
}

type CellListener = (row: number, column: number) => void;

const MAX_ROWS = 50_000;
/** The counts of the status are shown this often at most; cells are shown with every frame. */
const STATUS_EVERY_MS = 250;

const OF_HOLDFAST: MatrixSource = {
  follow: followChanges,
  read: ({ by, locationId }, limit) => holdfast.views.matrix({ by, limit, ...(locationId === undefined ? {} : { locationId }) }).answer(),
};

/** A snapshot of the matrix, kept up to date by the stream. The stream is open before the snapshot is read, so nothing is missed. */
export class LiveMatrix {
  status: MatrixStatus = {
    ...{ store: undefined, error: undefined, stream: 'connecting', paused: false, waiting: 0, staleSince: undefined, position: '0' },
  };
  private readonly listeners = new Set<() => void>();
  private readonly cellListeners = new Set<CellListener>();
  private readonly rereads = new Rereads(() => void this.read());
  /** What came while the snapshot was read or the screen paused. */
  private held: Change[] = [];
  private reading = false;
  /** Changes may have been missed since the snapshot that is shown. */
  private missed = false;
  private statusTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly leave: () => void;

  constructor(
    readonly wanted: MatrixWanted,
    private readonly source: MatrixSource = OF_HOLDFAST,
  ) {
    this.leave = source.follow((told) => this.take(told));
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  onCell(listener: CellListener): () => void {
    this.cellListeners.add(listener);
    return () => this.cellListeners.delete(listener);
  }

  /** What is shown stays as it is until the pause ends; then it catches up. */
  pause(paused: boolean): void {
    this.change({ paused });
    if (paused) this.age(Date.now());
    else if (this.missed || this.rereads.wanted) void this.read();
    else this.applyHeld();
  }

  /** Reads everything again: now, or after what is being read or the pause. */
  async read(): Promise<void> {
    if (this.rereads.closed) return;
    if (this.reading || (this.status.paused && this.status.store !== undefined)) {
      this.rereads.wanted = true;
      return;
    }
    this.reading = true;
    this.rereads.begin();
    this.missed = false;
    const before = this.held.length;
    try {
      const { value, position } = await this.source.read(this.wanted, MAX_ROWS);
      const store = new MatrixStore(value, this.wanted.locationId);
      this.held.splice(0, before);
      this.rereads.done(store);
      this.change({ store, error: undefined, position: String(position ?? '0') });
    } catch (error) {
      this.missed = true;
      this.age(Date.now());
      this.change({ error: error instanceof Error ? error : new Error(String(error)) });
      this.rereads.failed();
    }
    this.reading = false;
    // First what is held: the next read counts what it holds, to drop just that once it has its snapshot.
    this.applyHeld();
    if (this.rereads.wanted) void this.read();
  }

  close(): void {
    this.rereads.close();
    clearTimeout(this.statusTimer);
    this.leave();
  }

  private take(told: Told): void {
    switch (told.kind) {
      case 'state':
        this.change({ stream: told.state });
        if (told.state === 'lost') this.age(told.heardAt);
        if (told.state === 'live' && this.status.store === undefined && !this.reading) void this.read();
        this.keptUp();
        break;
      case 'reset':
        this.missed = true;
        void this.read();
        break;
      case 'changes':
        this.takeChanges(told.changes, told.position);
        break;
      case 'signed-out':
        // The read meets the same refusal, and the shell asks to sign in again. Then the stream begins anew with `reset`.
        this.missed = true;
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

  /** Applies what waits, unless a read or a pause goes on: their end applies it. */
  private applyHeld(): void {
    if (this.reading || this.status.paused) return;
    const held = this.held;
    this.held = [];
    this.apply(held);
    this.change({ waiting: 0 });
    this.keptUp();
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
      if (changed === 'unknown') this.rereads.lacks(change);
      else if (changed !== undefined) tell(...changed);
    }
  }

  /** The figures are no longer kept up, from a time on. */
  private age(since: number): void {
    if (this.status.staleSince === undefined) this.change({ staleSince: since });
  }

  /** The figures are those of now again, where nothing was missed and nothing waits. */
  private keptUp(): void {
    const { stream, paused, staleSince } = this.status;
    if (staleSince !== undefined && stream === 'live' && !paused && !this.missed && !this.reading) this.change({ staleSince: undefined });
  }

  private change(parts: Partial<MatrixStatus>): void {
    this.status = { ...this.status, ...parts };
    for (const listener of this.listeners) listener();
  }
}
