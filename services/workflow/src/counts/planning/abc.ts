import type { Pool } from 'pg';
import { type Page, paginationOf } from '@holdfast/platform';
import { ABC_CLASSES, classify, linesPerWorkingDay, nextDueAt, type AbcClass, type ClassifiedItem } from '@holdfast/warehouse';
import type { AbcMetric, AbcView, ClassifiedItemView } from './abc.dto.js';
import type { CountProposals } from './proposals.js';
import { countsPerYear, overrideOf, type CountSettingsTable } from './settings.js';
import type { CountSettings } from './settings.dto.js';

const DAY_MS = 86_400_000;
export const ABC_DAYS = 365;

/** A SKU of a location with what its class and its due date depend on. */
interface StockedItem {
  readonly sku: string;
  readonly category: string | null;
  readonly onHand: number;
  readonly costMinor: number | null;
  readonly unitsUsed: number;
  readonly lastCountedAt: number | null;
  /** When it fell below the threshold at which it is to be counted; null where it is not below. */
  readonly proposedAt: number | null;
  /** Whether an open batch counts it. */
  readonly isBeingCounted: boolean;
}

export interface ClassifiedStock
  extends ClassifiedItem, Pick<StockedItem, 'category' | 'onHand' | 'costMinor' | 'lastCountedAt' | 'proposedAt' | 'isBeingCounted'> {
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

const ITEMS = `
  SELECT s.sku, p.category, s.on_hand::float8 AS "onHand", p.cost_minor::float8 AS "costMinor", coalesce(u.units, 0)::float8 AS "unitsUsed",
         extract(epoch FROM l.counted_at)::float8 * 1000 AS "lastCountedAt",
         extract(epoch FROM q.proposed_at)::float8 * 1000 AS "proposedAt", 
         EXISTS (SELECT FROM workflow.count_position_claim c
                  WHERE c.tenant = s.tenant AND c.location_id = s.location_id AND c.sku = s.sku) AS "isBeingCounted"
    FROM workflow.stock s
    LEFT JOIN workflow.count_product p USING (tenant, sku)
    LEFT JOIN workflow.last_count l USING (tenant, location_id, sku)
    LEFT JOIN workflow.count_proposal q USING (tenant, location_id, sku)
    LEFT JOIN (SELECT sku, sum(sold - returned) AS units FROM workflow.daily_use
                WHERE tenant = $1 AND location_id = $2 AND day > $3 GROUP BY sku) u ON u.sku = s.sku
   WHERE s.tenant = $1 AND s.location_id = $2`;

const METRICS: Readonly<Record<AbcMetric, (item: StockedItem) => number>> = {
  value: ({ unitsUsed, costMinor }) => (unitsUsed * (costMinor ?? 0)) / 100,
  velocity: ({ unitsUsed }) => unitsUsed,
  stock_value: ({ onHand, costMinor }) => (Math.max(0, onHand) * (costMinor ?? 0)) / 100,
};

/** Classes of the SKUs of a location, and when each is to be counted. */
export class AbcClasses {
  constructor(
    private readonly pool: Pool,
    private readonly settings: CountSettingsTable,
    private readonly now: () => number,
    private readonly proposals: Pick<CountProposals, 'look'>,
  ) {}

  /** All SKUs of a location, those with the largest metric first. */
  async of(
    tenant: string,
    locationId: string,
    { metric = 'value', days = ABC_DAYS }: { readonly metric?: AbcMetric | undefined; readonly days?: number | undefined } = {},
  ): Promise<{ readonly items: readonly ClassifiedStock[]; readonly settings: CountSettings; readonly now: number }> {
    const settings = await this.settings.read(tenant);
    const now = this.now();
    await this.proposals.look(tenant);
    const { rows } = await this.pool.query<StockedItem>(ITEMS, [tenant, locationId, Math.floor(now / DAY_MS) - days]);
    const stocked = new Map(rows.map((row) => [row.sku, row]));
    const perYear = countsPerYear(settings);
    const classified = classify(
      rows.map((row) => {
        const override = overrideOf(settings, row.sku);
        return { sku: row.sku, metricValue: METRICS[metric](row), ...(override === undefined ? {} : { override }) };
      }),
    );
    const stock = classified.flatMap((item) => {
      const row = stocked.get(item.sku);
      if (row === undefined) return [];
      return [{ ...row, ...item, dueAt: dueAt(row, perYear[item.class], now) }];
    });
    return { items: stock, settings, now };
  }

  async page(tenant: string, locationId: string, asked: { metric?: AbcMetric; days?: number }, page: Page): Promise<AbcView> {
    const { items, settings } = await this.of(tenant, locationId, asked);
    const perYear = countsPerYear(settings);
    const summaryOf = (each: AbcClass) => {
      const of = items.filter((item) => item.class === each);
      return { items: of.length, sharePct: rounded(of.reduce((sum, { sharePct }) => sum + sharePct, 0)), countsPerYear: perYear[each] };
    };
    const [A, B, C] = ABC_CLASSES.map(summaryOf) as [
      ReturnType<typeof summaryOf>,
      ReturnType<typeof summaryOf>,
      ReturnType<typeof summaryOf>,
    ];
    return {
      classification: items.slice(page.offset, page.offset + page.pageSize).map(itemView),
      summary: { A, B, C },
      linesPerWorkingDay: rounded(linesPerWorkingDay({ A: A.items, B: B.items, C: C.items }, perYear)),
      pagination: paginationOf(page, items.length),
    };
  }
}

/** By its class, or since it fell below its threshold and was not counted after that. */
function dueAt({ lastCountedAt, proposedAt }: StockedItem, countsPerYear: number, now: number): number {
  const byClass = nextDueAt(lastCountedAt, countsPerYear, now);
  const isOpen = proposedAt !== null && (lastCountedAt === null || lastCountedAt < proposedAt);
  return isOpen ? Math.min(byClass, proposedAt) : byClass;
}

const rounded = (figure: number): number => Math.round(figure * 100) / 100;

const itemView = ({
  sku,
  class: each,
  metricValue,
  sharePct,
  cumulativePct,
  override,
  lastCountedAt,
  dueAt,
}: ClassifiedStock): ClassifiedItemView => ({
  sku,
  class: each,
  metricValue: rounded(metricValue),
  sharePct: rounded(sharePct),
  cumulativePct: rounded(cumulativePct),
  override,
  lastCountedAt: lastCountedAt === null ? null : new Date(lastCountedAt).toISOString(),
  nextDueAt: new Date(dueAt).toISOString(),
});
