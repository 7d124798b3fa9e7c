import type { Pool } from 'pg';
import { paginationOf, type Page } from '@holdfast/platform';
import { placesOf, unitsUncovered } from './line-parts.js';
import type { StoredLine } from './order-line.js';
import type { ChannelOrderLineView, ChannelOrdersPage, ChannelOrderView, OrdersQuery } from './orders.dto.js';

const OF_THE_QUERY = `
  o.tenant = $1 AND o.ordered_at IS NOT NULL AND ($2::text IS NULL OR o.channel_id = $2) AND ($3::text IS NULL OR o.status = $3)`;

const PAGE = `
  SELECT o.channel_id AS "channelId", o.order_id AS "orderId", o.ordered_at AS "orderedAt", o.received_at AS "receivedAt",
         o.updated_at AS "updatedAt", o.status, o.fault, coalesce(l.lines, '[]') AS lines
    FROM (SELECT * FROM channels.channel_order o WHERE ${OF_THE_QUERY}
           ORDER BY o.ordered_at DESC, o.channel_id, o.order_id LIMIT $4 OFFSET $5) o
    LEFT JOIN LATERAL (
      SELECT json_agg(json_build_object('lineId', line_id, 'listingId', listing_id, 'sku', sku, 'ordered', ordered, 'cancelled', cancelled,
               'restocked', restocked, 'lost', lost, 'status', status, 'says', says, 'parts', parts) ORDER BY line_id) AS lines
        FROM channels.channel_order_line l WHERE l.tenant = o.tenant AND l.channel_id = o.channel_id AND l.order_id = o.order_id
    ) l ON true
   ORDER BY o.ordered_at DESC, o.channel_id, o.order_id`;

const COUNT = `SELECT count(*)::int AS total FROM channels.channel_order o WHERE ${OF_THE_QUERY}`;

type LineRow = Omit<ChannelOrderLineView, 'uncovered' | 'takenFrom'> & Pick<StoredLine, 'parts'>;

export const lineView = ({
  lineId,
  listingId,
  sku,
  ordered,
  cancelled,
  restocked,
  lost,
  status,
  says,
  parts,
}: LineRow): ChannelOrderLineView => ({
  lineId,
  listingId,
  sku,
  ordered,
  cancelled,
  restocked,
  lost,
  uncovered: unitsUncovered(parts),
  takenFrom: placesOf(parts),
  status,
  says,
});

interface Row extends Omit<ChannelOrderView, 'orderedAt' | 'receivedAt' | 'updatedAt' | 'lines'> {
  readonly orderedAt: Date;
  readonly receivedAt: Date;
  readonly updatedAt: Date;
  readonly lines: readonly LineRow[];
}

/** Orders of channels as they are shown. One that was only cancelled or refunded so far is not there yet. */
export class OrdersView {
  constructor(private readonly pool: Pool) {}

  async page(tenant: string, { channelId, status }: OrdersQuery, page: Page): Promise<ChannelOrdersPage> {
    const wanted = [tenant, channelId ?? null, status ?? null];
    const [{ rows }, count] = await Promise.all([
      this.pool.query<Row>(PAGE, [...wanted, page.pageSize, page.offset]),
      this.pool.query<{ total: number }>(COUNT, wanted),
    ]);
    return { orders: rows.map(orderView), pagination: paginationOf(page, count.rows[0]?.total ?? 0) };
  }
}

const orderView = ({ orderedAt, receivedAt, updatedAt, lines, ...order }: Row): ChannelOrderView => ({
  ...order,
  orderedAt: orderedAt.toISOString(),
  receivedAt: receivedAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
  lines: lines.map(lineView),
});
