import { sqlIsKeptByChannel } from '@holdfast/inventory';
import { column, dayOf, locationColumn, money, skuColumn, time, TODAY, units, type AnalystView } from '../view.js';

/** Without a threshold of its own a product is low below this; alerts use the same. */
const DEFAULT_LOW_STOCK_UNITS = 10;

export const STOCK_VIEWS: readonly AnalystView[] = [
  {
    name: 'stock_now',
    comment: 'What is now: one row per SKU and location. Value is on hand at the standard cost of now.',
    columns: [
      skuColumn('s'),
      locationColumn('s'),
      units('on_hand', 's.on_hand', 'Physically there; below 0 only where more was booked out than in'),
      units('reserved', 's.reserved', 'Held by open reservations'),
      units('held', 's.held', 'On hand but may not leave: under a hold, expired or not sellable'),
      units('available', 's.on_hand - s.reserved - s.held', 'on_hand - reserved - held'),
      units('safety_stock', 's.safety_stock', 'Kept back from what is promised; still available to reservations'),
      units('in_transit', 's.in_transit', 'On the way to this location by a transfer; not on hand'),
      money('unit_cost', 'p.cost_minor', 'Standard cost of one unit now; null where none is set'),
      money('value', 'greatest(s.on_hand, 0) * p.cost_minor', 'greatest(on_hand, 0) * unit_cost; null without a cost'),
      time('updated_at', 's.updated_at', 'When the newest event that changed the row was recorded'),
    ],
    from: 'FROM read_model.stock s LEFT JOIN read_model.products p ON p.tenant = s.tenant AND p.sku = s.sku',
  },
  {
    name: 'stock_by_day',
    comment:
      'What each day closed with: one row per SKU, location and day from the first movement to today. Days are those of UTC and end at midnight; the row of today is as of now. Sum over SKUs and locations of one day, never over days.',
    columns: [
      column('day', 'date', dayOf('g.day'), 'Day, UTC; joins dim_dates'),
      skuColumn('c'),
      locationColumn('c'),
      units('on_hand', 'c.on_hand', 'At the end of the day'),
      units('held', 'c.held', 'At the end of the day, of those on hand'),
      units('in_transit', 'c.in_transit', 'On the way to this location at the end of the day'),
      money('unit_cost', 'c.unit_cost', 'Standard cost in force at the end of the day; null while there was none'),
      money('value', 'greatest(c.on_hand, 0) * c.unit_cost', 'greatest(on_hand, 0) * unit_cost; null without a cost'),
    ],
    from: `FROM (SELECT d.*, lead(d.day) OVER (PARTITION BY d.tenant, d.sku, d.location_id ORDER BY d.day) AS next_day
                   FROM workflow.daily_closing d) c
           CROSS JOIN LATERAL generate_series(c.day, coalesce(c.next_day - 1, ${TODAY})) AS g (day)`,
  },
  {
    name: 'low_stock',
    comment:
      'SKUs of which less is available than their threshold: one row per SKU, over all locations. Units that a channel keeps itself are not counted as available. Rules of alerts may name other thresholds.',
    columns: [
      skuColumn('t'),
      units('available', 't.available', 'Sum over locations of greatest(0, on_hand - reserved - held)'),
      units('on_hand', 't.on_hand', 'Sum over locations'),
      units('reserved', 't.reserved', 'Sum over locations'),
      units('threshold', 't.threshold', `Of the product; ${String(DEFAULT_LOW_STOCK_UNITS)} where it has none`),
      units('missing', 't.threshold - t.available', 'threshold - available'),
    ],
    from: `FROM (SELECT s.tenant, s.sku, sum(s.on_hand) AS on_hand, sum(s.reserved) AS reserved,
                        coalesce(sum(greatest(0, s.on_hand - s.reserved - s.held)) FILTER (WHERE NOT ${sqlIsKeptByChannel('s.location_id')}), 0) AS available,
                        coalesce(min(p.low_stock_threshold), ${String(DEFAULT_LOW_STOCK_UNITS)}) AS threshold
                   FROM read_model.stock s JOIN read_model.products p ON p.tenant = s.tenant AND p.sku = s.sku
                  GROUP BY s.tenant, s.sku) t
           WHERE t.available < t.threshold`,
  },
];
