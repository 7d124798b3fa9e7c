import { column, locationColumn, skuColumn, time, units, type AnalystView } from '../view.js';

const line = (name: string): string => `(l.line ->> '${name}')::bigint`;

export const SUPPLY_VIEWS: readonly AnalystView[] = [
  {
    name: 'inbound',
    comment: 'Deliveries that suppliers announced: one row per delivery and SKU. Goods between own locations are in transfers.',
    columns: [
      column('reference', 'text', 'i.reference', 'Purchase order or delivery; unique within the SKU'),
      skuColumn('i'),
      locationColumn('i'),
      column(
        'status',
        'text',
        `CASE WHEN i.received >= i.quantity THEN 'received' WHEN i.cancelled_at IS NOT NULL THEN 'cancelled' ELSE 'expected' END`,
        'expected, received or cancelled',
      ),
      units('quantity', 'i.quantity', 'Of the whole delivery'),
      units('received', 'i.received', 'Arrived so far, of those of the delivery'),
      units('excess', 'i.excess', 'Arrived beyond those of the delivery, where the receipt named it'),
      units(
        'open',
        'CASE WHEN i.cancelled_at IS NULL THEN greatest(0, i.quantity - i.received) ELSE 0 END',
        'greatest(0, quantity - received); 0 once cancelled',
      ),
      time('expected_at', 'i.expected_at', 'When it is expected'),
      column(
        'is_late',
        'boolean',
        'i.cancelled_at IS NULL AND i.received < i.quantity AND i.expected_at < now()',
        'Whether units are open after the time at which they were expected',
      ),
      time('declared_at', 'i.declared_at', 'When it was announced first'),
      time('updated_at', 'i.updated_at', 'When its newest event was recorded'),
    ],
    from: 'FROM workflow.delivery i',
  },
  {
    name: 'transfers',
    comment: 'Stock that goes from one location to another: one row per transfer and SKU.',
    columns: [
      column('transfer_id', 'text', 't.transfer_id', 'Transfer'),
      column('status', 'text', 't.status', 'created, shipping, in_transit, receiving, received, cancelling or cancelled'),
      column('from_location_id', 'text', 't.from_location_id', 'Source; joins dim_locations'),
      column('to_location_id', 'text', 't.to_location_id', 'Destination; joins dim_locations'),
      column('sku', 'text', `l.line ->> 'sku'`, 'Stock keeping unit; joins dim_products'),
      units('quantity', line('quantity'), 'To be moved'),
      units('received', line('received'), 'Arrived at the destination'),
      units('returned', line('returned'), 'Came back to the source'),
      column('reference', 'text', 't.reference', 'Note of the caller'),
      time('created_at', 't.created_at', 'When it was created'),
      time('updated_at', 't.updated_at', 'When its newest event was recorded'),
    ],
    from: `FROM workflow.transfer t CROSS JOIN LATERAL jsonb_array_elements(t.record #> '{state,lines}') AS l (line)`,
  },
];
