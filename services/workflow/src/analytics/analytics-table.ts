import type { Pool } from 'pg';
import { boundsOf, SLOW_MOVING_DAYS, type AnalyticsPeriod } from '@holdfast/warehouse';
import type { AnalyticsFilter } from './analytics-filter.js';
import { countExpiringLots } from './expiring-lots.js';

/** Figures of a category. Quantities are units, money is in minor units. */
export interface CategoryFigures {
  readonly category: string | null;
  readonly units: number;
  readonly value: number;
  readonly heldValue: number;
  readonly inTransit: number;
  readonly costOfGoods: number;
  readonly valueDays: number;
  readonly slowMoving: number;
  readonly withoutCost: number;
  /** Some of the places with fewer than no units. */
  readonly negative: readonly NegativeStock[] | null;
}

export interface NegativeStock {
  readonly sku: string;
  readonly locationId: string;
  readonly onHand: number;
}

/** Most places with fewer than no units that are listed. */
export const MAX_NEGATIVE_LISTED = 100;

/**
 * Rows carry running totals, so each place is read twice whatever the length of the period: its last row of the period, and its last one before
 * it. Days without a row close as the row before them.
 */
const FIGURES = `
  WITH place AS (
    SELECT p.sku, p.location_id, s.category, e.on_hand, e.unit_cost, greatest(e.on_hand, 0) AS units, least(greatest(e.held, 0), greatest(e.on_hand, 0)) AS held, e.in_transit,
           e.last_use_day, e.received_day, e.cost_of_goods - coalesce(b.cost_of_goods, 0) AS cost_of_goods,
           e.value_days + greatest(e.on_hand, 0) * coalesce(e.unit_cost, 0) * ($3::int - e.day + 1)::numeric
             - coalesce(b.value_days + greatest(b.on_hand, 0) * coalesce(b.unit_cost, 0) * ($2::int - b.day)::numeric, 0) AS value_days,
           e.units_without_cost > coalesce(b.units_without_cost, 0) AS is_used_without_cost
      FROM workflow.closing_place p
      JOIN workflow.closing_sku s USING (tenant, sku)
      CROSS JOIN LATERAL (
        SELECT * FROM workflow.daily_closing d
         WHERE d.tenant = p.tenant AND d.sku = p.sku AND d.location_id = p.location_id AND d.day <= $3 ORDER BY d.day DESC LIMIT 1) e
      LEFT JOIN LATERAL (
        SELECT * FROM workflow.daily_closing d
         WHERE d.tenant = p.tenant AND d.sku = p.sku AND d.location_id = p.location_id AND d.day < $2 ORDER BY d.day DESC LIMIT 1) b ON true
     WHERE p.tenant = $1 AND ($4::text IS NULL OR p.location_id = $4) AND ($5::text IS NULL OR s.category = $5))
  SELECT category, sum(units)::float8 AS units, coalesce(sum(units * unit_cost::numeric), 0)::float8 AS value,
         coalesce(sum(held * unit_cost::numeric), 0)::float8 AS "heldValue", sum(in_transit)::float8 AS "inTransit",
         sum(cost_of_goods)::float8 AS "costOfGoods", sum(value_days)::float8 AS "valueDays",
         count(*) FILTER (WHERE units > 0 AND received_day <= $3 - $6::int AND (last_use_day IS NULL OR last_use_day <= $3 - $6::int))::int
           AS "slowMoving",
         count(*) FILTER (WHERE (units > 0 AND unit_cost IS NULL) OR is_used_without_cost)::int AS "withoutCost",
         (array_agg(json_build_object('sku', sku, 'locationId', location_id, 'onHand', on_hand))
           FILTER (WHERE on_hand < 0))[1:${String(MAX_NEGATIVE_LISTED)}] AS negative
    FROM place GROUP BY category ORDER BY category NULLS LAST`;

/** Figures from the daily closing rows. */
export class AnalyticsTable {
  constructor(private readonly pool: Pool) {}

  /** One row of each category of the SKUs that have ever been at the locations asked for. */
  async byCategory(tenant: string, period: AnalyticsPeriod, filter: AnalyticsFilter): Promise<readonly CategoryFigures[]> {
    const { rows } = await this.pool.query<CategoryFigures>({
      name: 'analytics-by-category',
      text: FIGURES,
      values: [tenant, period.fromDay, period.lastDay, filter.locationId ?? null, filter.categoryId ?? null, SLOW_MOVING_DAYS],
    });
    return rows;
  }

  /** @param now epoch milliseconds; lots of a period that goes on are looked at as of now */
  expiringLots(tenant: string, period: AnalyticsPeriod, filter: AnalyticsFilter, now: number): Promise<number> {
    return countExpiringLots(this.pool, tenant, { day: period.lastDay, time: Math.min(now, boundsOf(period).to + 1) }, filter);
  }
}
