import type { KnownLocations } from '@holdfast/ledger';
import type { Position } from '@holdfast/event-store';
import { parseDay, Problem } from '@holdfast/platform';
import { analyticsPeriod, boundsOf, moneyOf, turnoverOf, type AnalyticsPeriod } from '@holdfast/warehouse';
import { awaitPosition } from '../following/await-position.js';
import { mustKnowLocation } from '../locations/must-know.js';
import type { AnalyticsFiguresView, AnalyticsQuery, AnalyticsView } from './analytics.dto.js';
import { MAX_NEGATIVE_LISTED, type AnalyticsTable, type CategoryFigures } from './analytics-table.js';

/** What the figures of a tenant are made with. */
export interface AnalyticsSources {
  readonly table: AnalyticsTable;
  readonly locations: KnownLocations;
  readonly reached: () => Position;
  readonly now: () => number;
}

/** Figures of a tenant's stock over a period. */
export class AnalyticsService {
  constructor(private readonly sources: AnalyticsSources) {}

  /** How much of the event log the figures reflect. @throws Problem 412 `position_not_reached` */
  async atLeast(wanted: Position | undefined): Promise<Position> {
    await awaitPosition(this.sources.reached, wanted);
    return this.sources.reached();
  }

  /** @throws Problem 400 `invalid_period`, `period_too_long`; 404 `unknown_location` */
  async figures(tenant: string, { fromDate, toDate, locationId, categoryId }: AnalyticsQuery): Promise<AnalyticsView> {
    const { table, locations, now } = this.sources;
    const at = now();
    const period = periodAsked({ from: parseDay(fromDate), to: parseDay(toDate) }, at);
    if (locationId !== undefined) await mustKnowLocation(locations, tenant, 'locationId', locationId);
    const filter = { locationId, categoryId };
    const [categories, expiring] = await Promise.all([
      table.byCategory(tenant, period, filter),
      table.expiringLots(tenant, period, filter, at),
    ]);
    const { from, to } = boundsOf(period);
    return {
      analytics: figuresView(categories, expiring, period.days),
      period: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
      asOf: new Date(Math.min(at, to)).toISOString(),
    };
  }
}

function periodAsked(asked: { readonly from: number | undefined; readonly to: number | undefined }, now: number): AnalyticsPeriod {
  const period = analyticsPeriod(asked, now);
  if (!('code' in period)) return period;
  const { code, field, message } = period;
  throw new Problem(400, code, 'There are no figures for this period', { details: [{ field, message }] });
}

function figuresView(categories: readonly CategoryFigures[], expiringItems: number, days: number): AnalyticsFiguresView {
  const sum = (of: (figures: CategoryFigures) => number): number => categories.reduce((total, figures) => total + of(figures), 0);
  const costOfGoodsMinor = sum(({ costOfGoods }) => costOfGoods);
  const valueDaysMinor = sum(({ valueDays }) => valueDays);
  return {
    totalValue: moneyOf(sum(({ value }) => value)),
    totalUnits: sum(({ units }) => units),
    ...turnoverOf({ costOfGoodsMinor, valueDaysMinor, days }),
    slowMovingItems: sum(({ slowMoving }) => slowMoving),
    expiringItems,
    heldValue: moneyOf(sum(({ heldValue }) => heldValue)),
    inTransitUnits: sum(({ inTransit }) => inTransit),
    itemsWithoutCost: sum(({ withoutCost }) => withoutCost),
    negativeOnHand: categories
      .flatMap(({ negative }) => negative ?? [])
      .sort((one, other) => one.onHand - other.onHand)
      .slice(0, MAX_NEGATIVE_LISTED),
    byCategory: categories
      .filter(({ units }) => units > 0)
      .map(({ category, value, units }) => ({ categoryId: category, categoryName: category, value: moneyOf(value), units })),
  };
}
