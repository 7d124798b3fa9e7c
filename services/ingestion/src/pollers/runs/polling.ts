import { LeaseLost, ProcessBusy, ProcessDriver, type Chore, type Lease, type ProcessRef, type ProcessTimes } from '@holdfast/kit';
import type { Pool } from 'pg';
import { PROCESS_TABLE } from '../../database/0002-imports.migration.js';
import type { ErpAccounts, OpenErp } from '../connections/erp-accounts.js';
import type { PollerTable, StoredPoller } from '../connections/poller-table.js';
import { FigureReader, skusWithUnits, type CatalogueUnits, type Figure, type Figures } from '../figures/figures-of.js';
import type { FigureTable } from '../figures/figure-table.js';
import type { ErpFault, StockPage } from '../port.js';
import { readingOf, type LevelPublisher } from '../figures/level-publisher.js';
import { POLL, type RunTable, type StoredRun } from './run-table.js';

const TIMES: ProcessTimes = { leaseMs: 30_000, patienceMs: 0, retry: { firstMs: 500, mostMs: 15_000 } };
/** Connections that one process polls at the same time. */
const MOST_AT_ONCE = 8;
/** How often a page is asked for before its run fails. */
const MOST_ATTEMPTS = 5;
/** After so many failed runs in a row the circuit breaker is open: the next run asks for its page once. */
export const BREAKER_FAILURES = 3;
/** A run waits so long for an ERP that asks to be left alone; a longer wait ends the run. */
const MOST_WAIT_MS = 60_000;
/** Refused credentials are tried this seldom: ERPs lock users whose password fails too often. */
const CREDENTIALS_PAUSE_MS = 900_000;
/** Figures that are told at once without being in a page. */
const PORTION = 5_000;

/** A page that could not be read now; the run goes on from it. */
class NotReadNow extends Error {}

export interface PollingParts {
  readonly pool: Pool;
  readonly pollers: PollerTable;
  readonly runs: RunTable;
  readonly figures: FigureTable;
  readonly accounts: ErpAccounts;
  readonly levels: LevelPublisher;
  /** Units of measure of products, in the catalogue. */
  readonly catalogue: {
    hasUnits(tenant: string): Promise<boolean>;
    unitsOf(tenant: string, skus: readonly string[]): Promise<CatalogueUnits>;
  };
  readonly onFault: (error: unknown) => void;
}

/** Reads ERPs page by page. Where a page was taken in, another process can go on after it. */
export class Polling {
  private readonly driver: ProcessDriver;
  private readonly driven = new Set<string>();

  constructor(private readonly parts: PollingParts) {
    this.driver = new ProcessDriver({
      pool: parts.pool,
      table: PROCESS_TABLE,
      kind: POLL,
      times: TIMES,
      due: () => parts.runs.left(),
      drive: (ref, lease, stopping) => this.driveToAnEnd(ref, lease, stopping),
      onFault: (error) => {
        if (!(error instanceof NotReadNow || error instanceof ProcessBusy)) parts.onFault(error);
      },
    });
  }

  /** Begins in the background. */
  start(ref: ProcessRef): void {
    if (this.driven.has(ref.id)) return;
    this.driven.add(ref.id);
    void this.driver.start(ref).then(() => this.driven.delete(ref.id));
  }

  /** Begins polls that are due, and goes on with those that a crash, or an ERP that was away, left halfway. */
  chore(everyMs: number): Chore {
    return {
      name: 'polls',
      everyMs,
      run: async () => {
        for (const ref of await this.parts.runs.left()) if (this.hasRoom()) this.start(ref);
        if (this.hasRoom()) for (const ref of await this.parts.runs.beginDue(MOST_AT_ONCE - this.driven.size)) this.start(ref);
      },
    };
  }

  stop(): Promise<void> {
    return this.driver.stop();
  }

  private hasRoom(): boolean {
    return this.driven.size < MOST_AT_ONCE;
  }

  /** A fault of ours ends a run after as many attempts as one of the ERP. */
  private async driveToAnEnd(ref: ProcessRef, lease: Lease, stopping: AbortSignal): Promise<void> {
    try {
      await this.drive(ref, lease, stopping);
    } catch (error) {
      if (error instanceof NotReadNow || error instanceof LeaseLost) throw error;
      const says = error instanceof Error ? error.message : 'a fault of Holdfast';
      const run = await this.parts.runs.find(ref);
      if (run === undefined || run.attempts + 1 < MOST_ATTEMPTS) await this.parts.runs.postpone(ref, 0, says);
      else await this.parts.runs.failed(ref, says, 0);
      throw error;
    }
  }

  private async drive(ref: ProcessRef, lease: Lease, stopping: AbortSignal): Promise<void> {
    const { runs, pollers, accounts } = this.parts;
    let run = await runs.find(ref);
    if (run?.status !== 'running') return;
    const poller = await pollers.find(run);
    if (poller === undefined) return runs.failed(ref, 'the poller was taken away', 0);
    const erp = accounts.open(poller, stopping);
    const reader = new FigureReader(erp.settings);
    const hasUnits = await this.parts.catalogue.hasUnits(run.tenant);
    const position = { cursor: run.cursor ?? undefined, since: poller.since ?? undefined };
    for await (const read of erp.account.pages(position)) {
      lease.check();
      if (stopping.aborted) return;
      if (read.kind === 'fault') return this.stumble(run, poller, read.fault);
      const figures = reader.read(read.page.rows, hasUnits ? await this.unitsOf(run, read.page) : undefined);
      if (!(await this.takeIn(run, poller, erp, figures, read.page))) return;
      if (read.page.next === null) return this.end(run, poller, erp, read.page, { lease, stopping });
      run = await runs.find(ref);
      if (run?.status !== 'running') return;
    }
    if (!stopping.aborted) await runs.failed(ref, 'the ERP ended its pages without a last one', 0);
  }

  private unitsOf({ tenant }: StoredRun, { rows }: StockPage): Promise<CatalogueUnits> {
    return this.parts.catalogue.unitsOf(tenant, skusWithUnits(rows));
  }

  /** @returns false where another process drives the run by now */
  private async takeIn(
    run: StoredRun,
    poller: StoredPoller,
    erp: OpenErp,
    { figures, refused }: Figures,
    page: StockPage,
  ): Promise<boolean> {
    if (seesAbsence(erp)) await this.parts.figures.see(run.id, figures);
    const told = await this.parts.levels.tell(poller, figures, page);
    const refusals = [...page.refusedRows, ...refused];
    return this.parts.runs.advance(run, {
      cursor: page.next,
      asOf: page.asOf,
      skewMs: page.skewMs,
      rowsRead: page.rows.length + page.refusedRows.length,
      refused: refusals.length,
      refusals,
      ...told,
    });
  }

  private async end(run: StoredRun, poller: StoredPoller, erp: OpenErp, page: StockPage, driving: Driving): Promise<void> {
    if (seesAbsence(erp)) await this.tellGone(run, poller, page);
    const { unchangedIn } = erp.account;
    if (unchangedIn !== undefined && !(await this.tellUnshown(run, poller, unchangedIn, page, driving))) return;
    await this.parts.runs.done({ tenant: run.tenant, id: run.id }, page.since);
  }

  /**
   * A figure that two complete scans in a row did not show is zero. One scan is not enough: a row that moves to a page that was read already
   * is missing in it. Rows that were refused do not show, so nothing is told while there are any.
   */
  private async tellGone(run: StoredRun, poller: StoredPoller, page: StockPage): Promise<void> {
    const { figures, levels, runs } = this.parts;
    const read = await runs.find(run);
    const firstAsOf = read?.firstAsOf ?? page.asOf;
    if (read?.refused === 0) {
      await figures.seenAgain(run, run.id);
      for (;;) {
        const gone = await figures.gone(run, run.id, firstAsOf, PORTION);
        if (gone.length === 0) break;
        const zeros = gone.map((one) => ({ ...one, figure: 0 }));
        const { changed } = await levels.tell(poller, zeros, { asOf: firstAsOf, skewMs: page.skewMs });
        if (changed === 0) break;
      }
      await figures.absent(run, run.id, firstAsOf);
    }
    await figures.forgetSeen(run.id);
  }

  /**
   * A scan of changes does not show a figure that stayed as it was, which may still have to be told: units were sold or moved here since.
   * Where rows were refused, nothing is: one of them may be the figure.
   * @returns false where the process stops before all are told; then the run is driven again
   */
  private async tellUnshown(
    run: StoredRun,
    poller: StoredPoller,
    warehouseIds: readonly string[],
    page: StockPage,
    { lease, stopping }: Driving,
  ): Promise<boolean> {
    const { figures, levels, runs } = this.parts;
    const read = await runs.find(run);
    if (read?.refused !== 0) return true;
    const asOf = read.firstAsOf ?? page.asOf;
    let after: Figure | undefined;
    for (;;) {
      lease.check();
      if (stopping.aborted) return false;
      const unshown = await figures.unshown(run, warehouseIds, readingOf(poller, asOf), { after, most: PORTION });
      if (unshown.length === 0) return true;
      const told = await levels.tell(poller, unshown, { asOf, skewMs: page.skewMs });
      if (told.changed > 0) await runs.told(run, told);
      after = unshown.at(-1);
    }
  }

  private async stumble(run: StoredRun, poller: StoredPoller, fault: ErpFault): Promise<void> {
    const { runs } = this.parts;
    const ref = { tenant: run.tenant, id: run.id };
    if (fault.kind === 'credentials') return runs.failed(ref, fault.says, CREDENTIALS_PAUSE_MS);
    const waitMs = fault.kind === 'temporary' ? fault.retryAfterMs : 0;
    const isLast = run.attempts + 1 >= MOST_ATTEMPTS || poller.failures >= BREAKER_FAILURES;
    if (fault.kind === 'refused' || isLast || waitMs > MOST_WAIT_MS) return runs.failed(ref, fault.says, waitMs);
    await runs.postpone(ref, waitMs, fault.says);
    throw new NotReadNow(fault.says);
  }
}

interface Driving {
  readonly lease: Lease;
  readonly stopping: AbortSignal;
}

const seesAbsence = ({ settings, account }: OpenErp): boolean => settings.absent === 'zero' && account.scan === 'full';
