import { inTransaction, joined, leavingOutRefused } from '@holdfast/kit';
import type { Pool, PoolClient } from 'pg';
import { sayAlerts, type AlertChange } from './alert-message.js';
import { dueSubjects, type SubjectKey } from './level-rows.js';
import type { StockFigure } from './stock-message.js';
import { anyDueRisk, changeRisks, lockDueRisks, storeFigures, type RiskTold, type StockRow } from './stock-rows.js';
import { weigh } from './weighing.js';

/** An alert may come so much later; figures of the same SKUs are weighed once instead of many times. */
const GATHER_MS = 100;
const MOST_AT_ONCE = 500;

/**
 * Watches what is left of every SKU and says so once for each change. Figures, what was told and the message are written in one transaction:
 * a message that comes again finds its figure known and changes nothing.
 */
export class StockWatch {
  private readonly together = joined<readonly StockFigure[], void>(
    { most: Number.POSITIVE_INFINITY, lingerMs: GATHER_MS },
    async (batches) => {
      await leavingOutRefused(batches.flat(), (figures) => this.weighAll(figures), this.onRefused);
      return batches.map(() => undefined);
    },
  );

  constructor(
    private readonly pool: Pool,
    private readonly wakePublisher: () => void,
    private readonly now: () => number,
    /** Told of a figure that can never be stored, and is left out. */
    private readonly onRefused: (figure: StockFigure, error: unknown) => void,
  ) {}

  async see(figures: readonly StockFigure[]): Promise<void> {
    if (figures.length > 0) await this.together(figures);
  }

  /** Tells what had to wait because the same was told shortly before: called now and then. */
  async tellWaiting(): Promise<void> {
    const now = this.now();
    const [subjects, isRiskDue] = await Promise.all([dueSubjects(this.pool, now, MOST_AT_ONCE), anyDueRisk(this.pool, now)]);
    if (subjects.length === 0 && !isRiskDue) return;
    await this.weighIn(async (client) => ({ risks: isRiskDue ? await lockDueRisks(client, now, MOST_AT_ONCE) : [], subjects }));
  }

  private weighAll(figures: readonly StockFigure[]): Promise<void> {
    return this.weighIn(async (client) => {
      const reached = await storeFigures(client, figures);
      return { risks: reached, subjects: reached };
    });
  }

  private async weighIn(touch: (client: PoolClient) => Promise<Touched>): Promise<void> {
    const alerts = await inTransaction(this.pool, async (client) => {
      const { risks, subjects } = await touch(client);
      const now = this.now();
      const changedRisks = await changeRisks(client, risks, now);
      return sayAlerts(client, [...(await weigh(client, subjects, now)), ...changedRisks.map(ofRisk)]);
    });
    if (alerts > 0) this.wakePublisher();
  }
}

interface Touched {
  readonly risks: readonly StockRow[];
  readonly subjects: readonly SubjectKey[];
}

/** Of promises the threshold is 0: below it a location lacks units. */
const ofRisk = ({
  tenant,
  sku,
  locationId,
  kind,
  suppressed,
  before,
  onHand,
  reserved,
  available,
  changes,
  at,
}: RiskTold): AlertChange => ({
  tenant,
  alert: {
    kind,
    sku,
    locationId,
    available,
    threshold: 0,
    ...(kind === 'recovered'
      ? { recoveredFrom: before === 'none' ? ('oversell_risk' as const) : before }
      : { uncoveredUnits: Math.max(reserved - onHand, -available) }),
    ...(suppressed === 0 ? {} : { suppressed }),
  },
  about: [locationId, changes],
  at,
});
