import type { Pool, PoolClient } from 'pg';
import { inTransaction, joined, leavingOutRefused } from '@holdfast/kit';
import { enqueue } from '../outbox/outbox.js';
import { alertFor, DEFAULT_LOW_STOCK_THRESHOLD, mayTell, stockLevel } from './alert-rule.js';
import type { AlertChange } from './alert-message.js';
import { alertParcel } from './alert-message.js';
import type { AlertRow, SkuKey, Threshold, Total } from './alert-rows.js';
import { changeLevels, lockAlerts, storeThresholds, totalsOf, untoldLevels } from './alert-rows.js';
import type { StockFigure } from './stock-message.js';
import type { RiskChange, StockKey } from './stock-rows.js';
import { changeRisks, storeFigures, untoldRisks } from './stock-rows.js';

/** An alert may come so much later; figures of the same SKUs are weighed once instead of many times. */
const GATHER_MS = 100;
const MOST_AT_ONCE = 500;

/**
 * Watches what is left of every SKU and says so once for each change, the same kind at most once in `ALERT_PAUSE_MS`. Figures, level and message are written in one transaction:
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
    const [skus, risks] = await Promise.all([untoldLevels(this.pool, now, MOST_AT_ONCE), untoldRisks(this.pool, now, MOST_AT_ONCE)]);
    if (skus.length > 0 || risks.length > 0) await this.weighIn(async () => ({ skus, risks }));
  }

  private weighAll(figures: readonly StockFigure[]): Promise<void> {
    return this.weighIn(async (client) => {
      const reached = await storeFigures(client, figures);
      return { skus: reached, risks: reached };
    });
  }

  private async weighIn(touch: (client: PoolClient) => Promise<Touched>): Promise<void> {
    const alerts = await inTransaction(this.pool, async (client) => {
      const { skus, risks } = await touch(client);
      if (skus.length === 0 && risks.length === 0) return 0;
      const now = this.now();
      const changedRisks = await changeRisks(client, risks, now, DEFAULT_LOW_STOCK_THRESHOLD);
      return say(client, [...(await weigh(client, skus, now)), ...changedRisks.map(ofRisk)]);
    });
    if (alerts > 0) this.wakePublisher();
  }
}

interface Touched {
  readonly skus: readonly SkuKey[];
  readonly risks: readonly StockKey[];
}

const ofRisk = ({ tenant, sku, locationId, atRisk, available, threshold, change, at }: RiskChange): AlertChange => ({
  tenant,
  alert: { kind: atRisk ? 'oversell_risk' : 'recovered', sku, locationId, available, threshold },
  change,
  at,
});

/** Stores new thresholds of products, within the transaction of the caller that follows the events. @returns messages enqueued */
export async function applyThresholds(client: PoolClient, thresholds: readonly Threshold[], now: number): Promise<number> {
  if (thresholds.length === 0) return 0;
  await storeThresholds(client, thresholds);
  return say(client, await weigh(client, thresholds, now));
}

/** Compares the stock of SKUs with their thresholds and stores the levels that changed. @returns the alerts to send now */
async function weigh(client: PoolClient, touched: readonly SkuKey[], now: number): Promise<readonly AlertChange[]> {
  const skus = distinct(touched);
  const rows = await lockAlerts(client, skus, DEFAULT_LOW_STOCK_THRESHOLD);
  const totals = new Map((await totalsOf(client, skus)).map((total) => [keyOf(total), total]));
  const changes = rows.flatMap((row) => {
    const total = totals.get(keyOf(row));
    return total === undefined ? [] : changeOf(row, total, now);
  });
  if (changes.length > 0) await changeLevels(client, changes, now);
  return changes.flatMap(({ told }) => (told === undefined ? [] : [told]));
}

function changeOf({ tenant, sku, level: before, toldLevel, toldAt, threshold, changes }: AlertRow, { available, at }: Total, now: number) {
  const level = stockLevel(available, threshold);
  const kind = alertFor(toldLevel, level);
  const isTold = kind !== undefined && mayTell(toldAt[level], now);
  if (level === before && !isTold) return [];
  const told = isTold ? { tenant, alert: { kind, sku, available, threshold }, change: changes + 1, at } : undefined;
  return [{ tenant, sku, level, at, isTold, told }];
}

async function say(client: PoolClient, changes: readonly AlertChange[]): Promise<number> {
  await enqueue(client, changes.map(alertParcel));
  return changes.length;
}

const keyOf = ({ tenant, sku }: SkuKey): string => JSON.stringify([tenant, sku]);
const distinct = (skus: readonly SkuKey[]): readonly SkuKey[] => [...new Map(skus.map((sku) => [keyOf(sku), sku])).values()];
