import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { within } from '@holdfast/kit';
import { keyOf } from '../fold/row-source.js';
import type { StreamReader } from '../storage/sku-history.js';
import { SkuHistory } from './sku-history.js';

const PAGE = 500;
const LEAST_SIZE = 500;

export interface HistoriesLimits {
  /** Events in memory, over all histories; one history may have as many. */
  readonly events: number;
  /** How long a question waits for a long stream to be read. */
  readonly waitMs: number;
}

export const DEFAULT_HISTORIES_LIMITS: HistoriesLimits = { events: 1_200_000, waitMs: 1_000 };

/** The stream is being read for the first time and is long; ask again soon. */
export class HistoryLoading extends Error {
  constructor(readonly eventsRead: number) {
    super(`${String(eventsRead)} events were read so far`);
    this.name = 'HistoryLoading';
  }
}

/** The stream has more events than are kept in memory. */
export class HistoryTooLong extends Error {
  constructor(readonly mostEvents: number) {
    super(`the stream has more than ${String(mostEvents)} events`);
    this.name = 'HistoryTooLong';
  }
}

interface Kept {
  readonly stream: string;
  readonly history: SkuHistory;
  /** Whether it was read to the end once. */
  isWhole: boolean;
  /** Reads on to the newest event; undefined while nobody does. */
  running: Promise<void> | undefined;
  /** Begins after the running one, for those who came meanwhile: they must see what was stored before they came. */
  next: Promise<void> | undefined;
}

/** Histories of SKUs, read from their streams when somebody asks and kept while there is room; the one asked for longest ago goes first. */
export class Histories {
  private readonly kept = new Map<string, Kept>();
  /** Streams that are too long, by key. */
  private readonly tooLong = new Set<string>();

  constructor(
    private readonly store: StreamReader,
    private readonly limits: HistoriesLimits = DEFAULT_HISTORIES_LIMITS,
  ) {}

  /**
   * The history up to the newest event; with `knownAt`, at least all that was recorded up to then, which costs no read where it was read
   * before. A SKU that nobody knows has no events.
   * @throws HistoryLoading, HistoryTooLong, EventStoreUnavailable
   */
  async read(tenant: string, sku: string, knownAt?: number): Promise<SkuHistory> {
    const key = keyOf(tenant, sku);
    if (this.tooLong.has(key)) throw new HistoryTooLong(this.limits.events);
    const kept = this.keep(key, tenant, sku);
    const { history } = kept;
    if (isPast(history, knownAt)) return history;
    try {
      await within(this.limits.waitMs, this.follow(key, kept), () => new HistoryLoading(history.events));
    } catch (error) {
      if (error instanceof HistoryLoading && isPast(history, knownAt)) return history;
      throw error;
    }
    if (history.events === 0) this.kept.delete(key);
    return history;
  }

  /** Whether the history is in memory, but for its newest events. */
  holds(tenant: string, sku: string): boolean {
    const kept = this.kept.get(keyOf(tenant, sku));
    return kept !== undefined && kept.isWhole;
  }

  private keep(key: string, tenant: string, sku: string): Kept {
    const known = this.kept.get(key);
    this.kept.delete(key);
    const stream = STREAMS.stock.streamOf(tenant, sku);
    const kept = known ?? { stream, history: new SkuHistory(), isWhole: false, running: undefined, next: undefined };
    this.kept.set(key, kept);
    return kept;
  }

  private follow(key: string, kept: Kept): Promise<void> {
    if (kept.running === undefined) {
      kept.running = this.readOn(key, kept).finally(() => {
        kept.running = undefined;
      });
      return kept.running;
    }
    kept.next ??= kept.running
      .catch(() => undefined)
      .then(() => {
        kept.next = undefined;
        return this.follow(key, kept);
      });
    return kept.next;
  }

  private async readOn(key: string, kept: Kept): Promise<void> {
    const { stream, history } = kept;
    const page = (from: number): Promise<readonly RecordedEvent[]> => this.store.readStream(stream, { from, limit: PAGE });
    let events = await page(history.events);
    for (;;) {
      // The store reads the next page while this one is folded.
      const next = events.length < PAGE ? undefined : page(history.events + events.length);
      next?.catch(() => undefined);
      for (const event of events) history.add(event);
      this.makeRoom(key, history);
      if (next === undefined) {
        kept.isWhole = true;
        return;
      }
      events = await next;
    }
  }

  private makeRoom(key: string, history: SkuHistory): void {
    if (history.events > this.limits.events) {
      this.tooLong.add(key);
      this.kept.delete(key);
      throw new HistoryTooLong(this.limits.events);
    }
    let events = 0;
    for (const kept of this.kept.values()) events += sizeOf(kept);
    for (const [other, kept] of this.kept) {
      if (events <= this.limits.events) return;
      if (other === key) continue;
      events -= sizeOf(kept);
      this.kept.delete(other);
    }
  }
}

/** A short history takes as much memory as one of some hundred events. */
const sizeOf = ({ history }: Kept): number => Math.max(history.events, LEAST_SIZE);

const isPast = (history: SkuHistory, knownAt: number | undefined): boolean =>
  knownAt !== undefined && history.events > 0 && history.recordedAtOf(history.events - 1) > knownAt;
