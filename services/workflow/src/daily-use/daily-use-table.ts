import type { Pool } from 'pg';
import { dailyUse, dayOf, NO_USE, USE_WINDOW_DAYS, type DailyUse } from '@holdfast/warehouse';

/** A SKU at a location. */
export interface UsePlace {
  readonly sku: string;
  readonly locationId: string;
}

interface Row {
  readonly sku: string;
  readonly locationId: string;
  readonly days: readonly number[];
  readonly used: readonly number[];
  readonly most: readonly number[];
  readonly closing: readonly number[];
}

/**
 * The days of the window, and the one before it that says what was on hand when it began. Both are ranges in the order of the key, so that no other
 * index serves: where the table has no statistics, Postgres would read all days of the location for each SKU.
 */
const DAYS = `
  SELECT k.sku, k.location_id AS "locationId", array_agg(d.day ORDER BY d.day) AS days,
         array_agg((d.sold - d.returned)::float8 ORDER BY d.day) AS used, array_agg(d.most_on_hand::float8 ORDER BY d.day) AS most,
         array_agg(d.closing_on_hand::float8 ORDER BY d.day) AS closing
    FROM unnest($2::text[], $3::text[]) AS k (sku, location_id)
    CROSS JOIN LATERAL (
      (SELECT * FROM workflow.daily_use d
        WHERE (d.tenant, d.sku, d.location_id, d.day) >= ($1, k.sku, k.location_id, $4) AND (d.tenant, d.sku, d.location_id, d.day) < ($1, k.sku, k.location_id, $5)
        ORDER BY d.tenant, d.sku, d.location_id, d.day LIMIT ${String(USE_WINDOW_DAYS)})
      UNION ALL
      (SELECT * FROM (
        SELECT * FROM workflow.daily_use d WHERE (d.tenant, d.sku, d.location_id, d.day) < ($1, k.sku, k.location_id, $4)
         ORDER BY d.tenant DESC, d.sku DESC, d.location_id DESC, d.day DESC LIMIT 1) before
        WHERE before.tenant = $1 AND before.sku = k.sku AND before.location_id = k.location_id)
    ) d
   GROUP BY k.sku, k.location_id`;

export const placeKey = ({ sku, locationId }: UsePlace): string => JSON.stringify([sku, locationId]);

/** Daily use as the follower has stored it. */
export class DailyUseTable {
  constructor(private readonly pool: Pool) {}

  /** Daily use of each place over the window that ends before the day of `at`. */
  async of(tenant: string, places: readonly UsePlace[], at: number): Promise<(place: UsePlace) => DailyUse> {
    const today = dayOf(at);
    const { rows } = await this.pool.query<Row>({
      name: 'daily-use-of-places',
      text: DAYS,
      values: [tenant, places.map(({ sku }) => sku), places.map(({ locationId }) => locationId), today - USE_WINDOW_DAYS, today],
    });
    const found = new Map(rows.map((row) => [placeKey(row), dailyUse(daysOf(row), today)]));
    return (place) => found.get(placeKey(place)) ?? NO_USE;
  }
}

const daysOf = ({ days, used, most, closing }: Row) =>
  days.map((day, index) => ({
    day,
    used: used[index] ?? 0,
    mostOnHand: most[index] ?? 0,
    closingOnHand: closing[index] ?? 0,
  }));
