import type { Change } from './changes.js';
import type { MatrixStore } from './matrix-store.js';

/** New SKUs and channels are read at most this often. */
const REREAD_AFTER_MS = 2_000;
/** What a snapshot lacked a moment ago is not looked for again before this. */
const ABSENT_MS = 60_000;
const MAX_ABSENT = 10_000;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 30_000;

const keyOf = (change: Change): string =>
  JSON.stringify([change.kind, change.sku, change.kind === 'channel' ? change.channelId : change.locationId]);

/** When a matrix is read again: soon for rows and columns that it lacks, at growing pauses after a failure. */
export class Rereads {
  /** Wished for while it could not be done; `begin` forgets it. */
  wanted = false;
  /** Nothing is read any more. */
  closed = false;
  private readonly lacking = new Map<string, Change>();
  private readonly absent = new Set<string>();
  private absentSince = 0;
  private retryMs = FIRST_RETRY_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly read: () => void) {}

  /** A change came for which there is no row or no column. */
  lacks(change: Change): void {
    if (Date.now() - this.absentSince > ABSENT_MS || this.absent.size > MAX_ABSENT) {
      this.absent.clear();
      this.absentSince = Date.now();
    }
    const key = keyOf(change);
    if (this.absent.has(key)) return;
    this.lacking.set(key, change);
    this.plan(REREAD_AFTER_MS);
  }

  begin(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.wanted = false;
  }

  /** @param store of the new snapshot: what it still lacks is not looked for again for a while */
  done(store: MatrixStore): void {
    this.retryMs = FIRST_RETRY_MS;
    for (const [key, change] of this.lacking) if (store.lacks(change)) this.absent.add(key);
    this.lacking.clear();
  }

  failed(): void {
    this.plan(this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private plan(ms: number): void {
    if (this.closed) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.read();
    }, ms);
  }
}
