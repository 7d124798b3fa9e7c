import type { Pool, PoolClient } from 'pg';
import { inTransaction, joined } from '@holdfast/kit';
import { enqueue } from '../outbox/outbox.js';
import { alertFor, DEFAULT_LOW_STOCK_THRESHOLD, stockLevel } from './alert-rule.js';
import type { AlertChange } from './alert-message.js';
import { alertParcel } from './alert-message.js';
import type { AlertRow, SkuKey, Threshold } from './alert-rows.js';
import { changeLevels, lockAlerts, storeThresholds, totalsOf } from './alert-rows.js';
import type { StockFigure } from './stock-message.js';
import { changeRisks, storeFigures } from './stock-rows.js';

/** An alert may come so much later; figures of the same SKUs are weighed once instead of many times. */
const GATHER_MS = 100;

/**
 * Watches what is left of every SKU and says so once for each change. Figures, level and message are written in one transaction:
 * a message that comes again finds its figure known and changes nothing.
 */
export class StockWatch {
  private readonly together = joined<readonly StockFigure[], void>(
    { most: Number.POSITIVE_INFINITY, lingerMs: GATHER_MS },
    async (batches) => {
      await this.weighAll(batches.flat());
      return batches.map(() => undefined);
    },
  );

  constructor(
    private readonly pool: Pool,
    private readonly wakePublisher: () => void,
  ) {}

  async see(figures: readonly StockFigure[]): Promise<void> {
    if (figures.length > 0) await this.together(figures);
  }

  private async weighAll(figures: readonly StockFigure[]): Promise<void> {
    const alerts = await inTransaction(this.pool, async (client) => {
      const reached = await storeFigures(client, figures);
      if (reached.length === 0) return 0;
      const risks = await changeRisks(client, reached, DEFAULT_LOW_STOCK_THRESHOLD);
      const levels = await weigh(client, reached);
      return say(client, [
        ...levels,
        ...risks.map(({ tenant, sku, locationId, atRisk, available, threshold, change, at }) => ({
          tenant,
          alert: { kind: atRisk ? ('oversell_risk' as const) : ('recovered' as const), sku, locationId, available, threshold },
          change,
          at,
        })),
      ]);
    });
    if (alerts > 0) this.wakePublisher();
  }
}

/** Takes thresholds that products were given, within the transaction of whoever follows the events. @returns messages enqueued */
export async function applyThresholds(client: PoolClient, thresholds: readonly Threshold[]): Promise<number> {
  if (thresholds.length === 0) return 0;
  await storeThresholds(client, thresholds);
  return say(client, await weigh(client, thresholds));
}

/** Compares what there is of SKUs with their thresholds and writes down the levels that changed. */
async function weigh(client: PoolClient, touched: readonly SkuKey[]): Promise<readonly AlertChange[]> {
  const skus = distinct(touched);
  const rows = await lockAlerts(client, skus, DEFAULT_LOW_STOCK_THRESHOLD);
  const totals = new Map((await totalsOf(client, skus)).map((total) => [keyOf(total), total]));
  const changes = rows.flatMap((row) => {
    const total = totals.get(keyOf(row));
    return total === undefined ? [] : changeOf(row, total.available, total.at);
  });
  if (changes.length > 0) await changeLevels(client, changes);
  return changes.map(({ alert, tenant, change, at }) => ({ alert, tenant, change, at }));
}

function changeOf({ tenant, sku, level: before, threshold, changes }: AlertRow, available: number, at: number) {
  const level = stockLevel(available, threshold);
  const kind = alertFor(before, level);
  return kind === undefined ? [] : [{ tenant, sku, level, at, change: changes + 1, alert: { kind, sku, available, threshold } }];
}

async function say(client: PoolClient, changes: readonly AlertChange[]): Promise<number> {
  await enqueue(client, changes.map(alertParcel));
  return changes.length;
}

const keyOf = ({ tenant, sku }: SkuKey): string => JSON.stringify([tenant, sku]);
const distinct = (skus: readonly SkuKey[]): readonly SkuKey[] => [...new Map(skus.map((sku) => [keyOf(sku), sku])).values()];
