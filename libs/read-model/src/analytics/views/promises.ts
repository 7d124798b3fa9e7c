import { column, locationColumn, skuColumn, time, units, type AnalystView } from '../view.js';

const channelColumn = (of: string) => column('channel_id', 'text', `${of}.channel_id::text`, 'Sales channel; joins dim_channels');

export const PROMISE_VIEWS: readonly AnalystView[] = [
  {
    name: 'reservations',
    comment:
      'Units taken for orders: one row per reservation and SKU. Open ones, and those that ended within the retention of the read model.',
    columns: [
      column('reservation_id', 'text', 'r.reservation_id::text', 'Reservation'),
      column('order_id', 'text', 'r.order_id', 'Order of the caller'),
      column('channel_id', 'text', 'r.channel_id', 'Sales channel; null where the caller named none; joins dim_channels'),
      column(
        'status',
        'text',
        `CASE WHEN r.status = 'held' AND r.expires_at <= now() THEN 'expired' ELSE r.status END`,
        'pending, waiting, held, refused, committed, released or expired; an overdue hold counts as expired',
      ),
      column('sku', 'text', `l.line ->> 'sku'`, 'Stock keeping unit; joins dim_products'),
      units('requested', `(l.line ->> 'requested')`, 'Of the request'),
      units('taken', `(l.line ->> 'quantity')`, 'Held at first, and those that waited and came since'),
      units('committed', `(l.line ->> 'committed')`, 'Sold'),
      units('released', `coalesce((l.line ->> 'released')::bigint, 0)`, 'Let go of while the rest stayed held'),
      units('waiting', `coalesce((l.line #>> '{waiting,quantity}')::bigint, 0)`, 'Still waiting for supply'),
      column('sources', 'jsonb', `l.line -> 'sources'`, 'Where the units lie: a list of locationId, quantity and the reason of the choice'),
      time('created_at', 'r.created_at', 'When it was placed'),
      time('expires_at', 'r.expires_at', 'Until when the units are held without a commit'),
      time('updated_at', 'r.updated_at', 'When its newest event was recorded'),
    ],
    from: 'FROM read_model.reservations r CROSS JOIN LATERAL jsonb_array_elements(r.lines) AS l (line)',
  },
  {
    name: 'atp_now',
    comment:
      'What each enabled channel may promise now: one row per SKU, channel and location. The sum over locations is what the channel was told.',
    columns: [
      skuColumn('s'),
      channelColumn('c'),
      locationColumn('s'),
      units(
        'atp',
        `coalesce((a.locations ->> s.location_id)::bigint, 0)`,
        'greatest(0, available - safety_stock - buffers of the channel), rounded down, within what caps, floors and back orders of the SKU leave',
      ),
      units('on_hand', 's.on_hand', 'At the location'),
      units('reserved', 's.reserved', 'At the location'),
      units('held', 's.held', 'At the location'),
      units('safety_stock', 's.safety_stock', 'At the location'),
      units('buffer_units', 'c.buffer_units', 'Kept back from the channel at each location'),
      column('buffer_percent', 'double precision', 'c.buffer_percent', 'Percent, 0 to 100, kept back from the channel at each location'),
      time('updated_at', 'a.updated_at', 'When the newest event that changed the figure of the channel was recorded'),
    ],
    from: `FROM read_model.channel_atp a
           JOIN read_model.channels c ON c.tenant = a.tenant AND c.channel_id = a.channel_id AND c.enabled
           JOIN read_model.stock s ON s.tenant = a.tenant AND s.sku = a.sku`,
  },
  {
    name: 'channel_deliveries',
    comment:
      'What was sent to channels: one row per figure that a channel took, and one per call that failed. Kept as long as the history of the channel connector.',
    columns: [
      time('at', 'h.at', 'When the channel answered, or the call failed'),
      channelColumn('h'),
      column('sku', 'text', 'h.sku', 'Stock keeping unit; null for a call that failed with several; joins dim_products'),
      column('listing_id', 'text', 'h.listing_id', 'The name that the channel has for the SKU'),
      column('outcome', 'text', 'h.outcome', 'ok or error'),
      units('quantity', 'h.quantity', 'Told to the channel; null for a call that failed'),
      column('detail', 'text', 'h.detail', 'What the channel said; null where all was well'),
      column('listings', 'bigint', 'h.occurrences', 'Number of listings that the row is about'),
    ],
    from: `FROM channels.history h WHERE h.operation = 'inventory_push' AND h.channel_id IS NOT NULL`,
  },
];
