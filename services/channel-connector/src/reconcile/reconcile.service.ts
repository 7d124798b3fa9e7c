import { ProcessBusy, ProcessTable } from '@holdfast/kit';
import { paginationOf, Problem, type Page } from '@holdfast/platform';
import { MAX_FAULT_LENGTH } from '@holdfast/vendor-http';
import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { StoredAccount } from '../accounts/stored-account.js';
import { unknownChannel } from '../channels/channels.service.js';
import type { ChannelTable } from '../channels/channel-table.js';
import { PROCESS_TABLE, PROCESS_TIMES } from '../discovery/discovering.js';
import { notReadable } from '../discovery/discovery.service.js';
import type { KeptStock, PulledStock } from '../kept-stock/kept-stock.js';
import { ordersKnown } from '../polling/orders-known.js';
import { MAX_DIFFERENCES, MAX_UNKNOWN_LISTINGS } from '../limits.js';
import type { DriftLedger } from './drift-ledger.js';
import type { DriftPage, DriftQuery, KeptStockView, PulledView, ReconciledView } from './reconcile.dto.js';
import { ChannelNotRead, type Reconciled, type ReconcileOptions, type Reconciling } from './reconciling.js';
import { claimDue, noteReadable } from './schedule.js';
import { endUnmappedDrift } from './unmapped-drift.js';

/** Who reconciles by the clock, as the ledger names it. */
const SCHEDULE = 'schedule';
/** A request waits so long for a channel to be read; what takes longer is the schedule's. */
const BY_HAND_MS = 55_000;
/** Of that time, so long for a poll of orders: more than the pause that a vendor asks for between two. */
const ORDERS_MS = 15_000;
/** The schedule's own reading: a vendor's limits may make it slow. */
const SCHEDULED_MS = 3_600_000;

/** Why the channel could not be reconciled when its time had come; null where it was. */
const ENDED = `
  UPDATE channels.channel SET reconcile_fault = left($3, ${String(MAX_FAULT_LENGTH)})
   WHERE tenant = $1 AND channel_id = $2 AND reconcile_fault IS DISTINCT FROM left($3, ${String(MAX_FAULT_LENGTH)})`;

export interface ReconcileParts {
  readonly pool: Pool;
  readonly channels: ChannelTable;
  readonly reconciling: Reconciling;
  readonly kept: KeptStock;
  readonly ledger: DriftLedger;
  readonly now: () => number;
}

export class ReconcileService {
  private readonly processes: ProcessTable;

  constructor(private readonly parts: ReconcileParts) {
    this.processes = new ProcessTable(parts.pool, PROCESS_TABLE, 'reconcile', PROCESS_TIMES);
  }

  /** @throws Problem 404 `unknown_channel`, 409 `channel_not_readable`, `reconcile_running`, 503 `channel_not_read` */
  async byHand(channel: ChannelRef, dryRun: boolean, actor: string): Promise<ReconciledView> {
    return this.reading(channel, async (stored, stopped) =>
      view(await this.run(stored, { dryRun, by: actor, isByHand: true, stopped }), dryRun),
    );
  }

  /** Reconciles the channel, and books the stock that it keeps itself. @throws Problem as `byHand` */
  async pull(channel: ChannelRef, dryRun: boolean, actor: string): Promise<PulledView> {
    return this.reading(channel, async (stored, stopped) => {
      const reconciled = view(await this.run(stored, { dryRun, by: actor, isByHand: true, stopped }), dryRun);
      const kept = await this.holding(stored, dryRun, () => this.parts.kept.pull(stored, dryRun, actor, stopped));
      return { ...reconciled, kept: kept === undefined ? null : keptView(kept) };
    });
  }

  private async reading<View>(channel: ChannelRef, work: (stored: StoredAccount, stopped: AbortSignal) => Promise<View>): Promise<View> {
    const stored = (await this.parts.channels.account(channel)) ?? unknownChannel(channel.channelId);
    if (!this.parts.reconciling.canRead(stored)) throw notReadable(stored.provider);
    try {
      return await work(stored, AbortSignal.timeout(BY_HAND_MS));
    } catch (error) {
      if (error instanceof ProcessBusy) throw new Problem(409, 'reconcile_running', 'The channel is being reconciled already');
      if (!(error instanceof ChannelNotRead)) throw error;
      throw new Problem(503, 'channel_not_read', 'The channel could not be read to the end', { details: [{ says: error.verdict.says }] });
    }
  }

  /** Reconciles channels whose time has come, one after the other. @param everyMs of a channel that has no interval of its own */
  async scheduled(everyMs: number, stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      const claimed = await claimDue(this.parts.pool, everyMs);
      if (claimed === undefined) return;
      const canRead = this.parts.reconciling.canRead(claimed);
      if (canRead !== claimed.isRead) await noteReadable(this.parts.pool, claimed, canRead);
      if (!claimed.isDue || !canRead) continue;
      const stopped = AbortSignal.any([stopping, AbortSignal.timeout(SCHEDULED_MS)]);
      await this.whole(claimed, stopped).catch((error: unknown) => this.failed(claimed, error, stopping));
    }
  }

  /** A channel that is away, or that somebody reconciles by hand, comes again after its interval. */
  private async failed(channel: ChannelRef, error: unknown, stopping: AbortSignal): Promise<void> {
    if (error instanceof ProcessBusy) return;
    if (!(error instanceof ChannelNotRead)) throw error;
    if (!stopping.aborted) await this.ended(channel, `the channel cannot be read: ${error.verdict.says}`);
  }

  /** Listings are compared, and the stock that the channel keeps itself is booked. */
  private async whole(stored: StoredAccount, stopped: AbortSignal): Promise<void> {
    await this.run(stored, { dryRun: false, by: SCHEDULE, isByHand: false, stopped });
    await this.holding(stored, false, () => this.parts.kept.pull(stored, false, SCHEDULE, stopped));
  }

  private async ended({ tenant, channelId }: ChannelRef, fault: string | null): Promise<void> {
    await this.parts.pool.query(ENDED, [tenant, channelId, fault]);
  }

  async drift(tenant: string, query: DriftQuery, page: Page): Promise<DriftPage> {
    const filter = { channelId: query.channelId, class: query.class, open: query.open };
    const { entries, total } = await this.parts.ledger.page(tenant, filter, page);
    const now = this.parts.now();
    return {
      drift: entries.map(({ detectedAt, resolvedAt, ...entry }) => ({
        ...entry,
        detectedAt: detectedAt.toISOString(),
        resolvedAt: resolvedAt?.toISOString() ?? null,
        ageMs: Math.max(0, (resolvedAt?.getTime() ?? now) - detectedAt.getTime()),
      })),
      pagination: paginationOf(page, total),
    };
  }

  private async run(stored: StoredAccount, options: ReconcileOptions): Promise<Reconciled> {
    const { reconciling, pool } = this.parts;
    const { dryRun, by } = options;
    const reconciled = await this.holding(stored, dryRun, async () =>
      this.afterOrders(stored, await reconciling.reconcile(stored, options), options),
    );
    if (dryRun) return reconciled;
    // A mapping may have gone between the reading of its listing and the entry about it.
    await endUnmappedDrift(pool, stored, by);
    await this.ended(stored, null);
    return reconciled;
  }

  /**
   * By hand: a lower figure that was read before orders were polled is explained by one of them, or it is an edit. So orders are polled after the reading,
   * and what waits for them is compared again.
   */
  private async afterOrders(stored: StoredAccount, first: Reconciled, options: ReconcileOptions): Promise<Reconciled> {
    const { pool, reconciling } = this.parts;
    if (!options.isByHand || first.waiting.length === 0 || !reconciling.canPoll(stored)) return first;
    return (await ordersKnown(pool, stored, ORDERS_MS, options.stopped)) ? reconciling.again(stored, first, options) : first;
  }

  /** One process at a time changes anything. */
  private holding<Result>({ tenant, channelId }: StoredAccount, dryRun: boolean, work: () => Promise<Result>): Promise<Result> {
    return dryRun ? work() : this.processes.hold({ tenant, id: channelId }, work);
  }
}

const view = ({ compared, unread, differences, waiting }: Reconciled, dryRun: boolean): ReconciledView => ({
  dryRun,
  compared,
  unread,
  differing: differences.length,
  differences: differences.slice(0, MAX_DIFFERENCES),
  waiting: waiting.length,
});

const keptView = ({ locationId, compared, differences, unknown, says }: PulledStock): KeptStockView => ({
  locationId,
  compared,
  differing: differences.length,
  differences: differences.slice(0, MAX_DIFFERENCES),
  unknown: unknown.slice(0, MAX_UNKNOWN_LISTINGS),
  says,
});
