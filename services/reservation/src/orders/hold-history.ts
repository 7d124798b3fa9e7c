import { STREAMS } from '@holdfast/contracts';
import type { EventStore, RecordedEvent } from '@holdfast/event-store';
import {
  reservationEffect,
  type EventOfReservation,
  type ExplainedTake,
  type PastCommit,
  type SkuEvent,
  type Take,
} from '@holdfast/inventory';
import { stockStream, type SkuRef } from '@holdfast/ledger';
import { pastCommit, type Since } from './past-commit.js';

/** What a SKU's stream says of a hold that the SKU's state has forgotten. */
export interface PastHold {
  readonly outcome: 'open' | 'committed' | 'released' | 'expired' | 'reversed';
  readonly placed: Extract<SkuEvent, { type: 'ReservationPlaced' }>;
  /** Units taken when it was placed, or later where they waited. */
  readonly sources: readonly ExplainedTake[];
  /** Units that wait for supply still. */
  readonly waitingUnits: number;
  /** Units that were released while the rest stayed held. */
  readonly releasedUnits: number;
  readonly expiresAt: number;
  /** What still stands, by the id of the commit. */
  readonly commits: ReadonlyMap<string, readonly Take[]>;
}

const PAGE = 1_000;

/** Looks up holds in the streams of their SKUs, newest events first. */
export class HoldHistory {
  constructor(private readonly store: EventStore) {}

  /**
   * @param most how many of the SKU's newest events to look at; all when not given, for a hold that must be there
   * @returns undefined where the hold was not placed in these
   */
  async find(ref: SkuRef, reservationId: string, most = Number.POSITIVE_INFINITY): Promise<PastHold | undefined> {
    const found: EventOfReservation[] = [];
    let left = most;
    let from: number | undefined;
    while (left > 0) {
      const page = await this.page(ref, from, Math.min(PAGE, left));
      for (const recorded of page) {
        const event = STREAMS.stock.decode(recorded);
        if (!('reservationId' in event) || event.reservationId !== reservationId) continue;
        found.push(event);
        if (event.type === 'ReservationPlaced') return fold(event, found.reverse());
      }
      const oldest = page.at(-1);
      if (oldest === undefined || oldest.revision === 0) return undefined;
      from = oldest.revision - 1;
      left -= page.length;
    }
    return undefined;
  }

  /**
   * What the SKU's stream says of a commit that its state has forgotten.
   * @returns undefined where there is no such commit, or where it was taken back
   */
  async findCommit(ref: SkuRef, commitId: string, orderId: string): Promise<PastCommit | undefined> {
    const since: Since[] = [];
    let from: number | undefined;
    for (;;) {
      const page = await this.page(ref, from, PAGE);
      for (const recorded of page) {
        const event = STREAMS.stock.decode(recorded);
        if (event.type === 'ReservationCommitReversed' && event.commitId === commitId) return undefined;
        if (event.type === 'ReservationCommitted' && event.commitId === commitId) {
          return pastCommit(event, recorded.metadata.at, since, orderId);
        }
        if (event.type === 'StockIssued' || event.type === 'LevelReported' || event.type === 'LotRenamed') since.push(event);
      }
      const oldest = page.at(-1);
      if (oldest === undefined || oldest.revision === 0) return undefined;
      from = oldest.revision - 1;
    }
  }

  private page(ref: SkuRef, from: number | undefined, limit: number): Promise<readonly RecordedEvent[]> {
    return this.store.readStream(stockStream(ref), { direction: 'backwards', limit, ...(from === undefined ? {} : { from }) });
  }
}

/** @param events of the hold, oldest first, its placement among them */
function fold(placed: PastHold['placed'], events: readonly EventOfReservation[]): PastHold {
  let outcome: PastHold['outcome'] = 'open';
  let { expiresAt } = placed;
  let waitingUnits = 0;
  let releasedUnits = 0;
  const sources: ExplainedTake[] = [];
  const commits = new Map<string, readonly Take[]>();
  for (const event of events) {
    const { taken, committed, reversed, ended, ...changed } = reservationEffect(event);
    ({ expiresAt = expiresAt, waitingUnits = waitingUnits } = changed);
    if (taken !== undefined) sources.push(...taken);
    if (committed !== undefined) commits.set(committed.commitId, committed.takes);
    releasedUnits += changed.releasedUnits ?? 0;
    if (ended !== undefined) outcome = ended;
    if (reversed === undefined) continue;
    commits.delete(reversed.commitId);
    if (outcome === 'committed') outcome = 'reversed';
  }
  return { outcome, placed, sources, waitingUnits: outcome === 'open' ? waitingUnits : 0, releasedUnits, expiresAt, commits };
}
