import { column, dayOf, locationColumn, money, skuColumn, time, units, type AnalystView } from '../view.js';

export const SALES_VIEWS: readonly AnalystView[] = [
  {
    name: 'sales_by_day',
    comment:
      'What was used and what came back: one row per SKU, location and day on which anything was. Use is commits of reservations and adjustments for use; transfers, counts and losses are not. Days are those of UTC, by the time of recording.',
    columns: [
      column('day', 'date', dayOf('u.day'), 'Day, UTC; joins dim_dates'),
      skuColumn('u'),
      locationColumn('u'),
      units('sold', 'u.sold', 'Committed or used on the day'),
      units('returned', 'u.returned', 'Reversed or returned on the day, whenever it was sold'),
      units('net', 'u.sold - u.returned', 'sold - returned'),
      money(
        'cost_of_goods',
        'u.cost_of_goods',
        'Sum of sold less returned, each at the standard cost in force at its time; what was without a cost counts 0. Its sum over a period is cogs of GET /api/inventory/analytics',
      ),
      units('sold_without_cost', 'u.units_without_cost', 'Of sold and returned, those without a standard cost at the time'),
    ],
    from: `FROM (SELECT d.tenant, d.sku, d.location_id, d.day, coalesce(s.sold, 0) AS sold, coalesce(s.returned, 0) AS returned,
                        d.cost_of_goods - coalesce(lag(d.cost_of_goods) OVER w, 0) AS cost_of_goods,
                        d.units_without_cost - coalesce(lag(d.units_without_cost) OVER w, 0) AS units_without_cost
                   FROM workflow.daily_closing d
                   LEFT JOIN workflow.daily_use s ON s.tenant = d.tenant AND s.sku = d.sku AND s.location_id = d.location_id AND s.day = d.day
                 WINDOW w AS (PARTITION BY d.tenant, d.sku, d.location_id ORDER BY d.day)) u
           WHERE u.sold <> 0 OR u.returned <> 0`,
  },
  {
    name: 'movements',
    comment:
      'Everything that moved units: one row per event and location. The sums of on_hand and in_transit are those of stock_now, and so is that of held but for locations that are blocked as a whole. Placing and releasing reservations moves nothing and is not here.',
    columns: [
      time('at', 'm.at', 'When it was recorded'),
      skuColumn('m'),
      locationColumn('m'),
      column('event', 'text', 'm.event', 'Type of the event; docs/reference/events.md says what each means'),
      units('on_hand', 'm.on_hand', 'Change of on hand'),
      units('held', 'm.held', 'Change of the units that may not leave'),
      units('in_transit', 'm.in_transit', 'Change of the units on the way to this location'),
      column('reference', 'text', 'm.reference', 'Order, transfer, document, hold or ERP connection that the event names; null for none'),
      column('reason_code', 'text', 'm.reason_code', 'Reason of an adjustment; null for other events'),
      column('revision', 'bigint', 'm.revision', 'Place of the event in the stream of its SKU, from 0'),
    ],
    from: 'FROM workflow.movement m',
  },
];
