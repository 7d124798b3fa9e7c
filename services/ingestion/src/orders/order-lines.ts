import { int4Array, joinedByTurn, textArray } from '@holdfast/kit';
import type { Pool } from 'pg';

export const ORDER_STATES = ['open', 'shipped', 'cancelled'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** Orders belong to a channel: the order 1001 of one is not that of another. */
export interface OrderLineKey {
  readonly tenant: string;
  readonly orderId: string;
  /** Empty for none. */
  readonly channelId: string;
  readonly sku: string;
}

export interface OrderLine extends OrderLineKey {
  readonly orderedAt: Date;
  readonly state: OrderState;
  readonly quantity: number;
  readonly locationId: string | null;
  /** What holds the units of an open line; null where the order came through Holdfast itself. */
  readonly reservationId: string | null;
}

const AT_ONCE = 500;
const COLUMNS = `tenant, order_id AS "orderId", channel_id AS "channelId", sku, ordered_at AS "orderedAt", state, quantity::float8 AS quantity,
  location_id AS "locationId", reservation_id AS "reservationId"`;

const FIND = `
  SELECT k.no::int AS no, l.* FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[]) AS k (no, tenant, order_id, channel_id, sku)
   CROSS JOIN LATERAL (SELECT ${COLUMNS} FROM ingestion.order_lines o
     WHERE o.tenant = k.tenant AND o.order_id = k.order_id AND o.channel_id = k.channel_id AND o.sku = k.sku) l`;

const PUT = `
  INSERT INTO ingestion.order_lines (tenant, order_id, channel_id, sku, ordered_at, state, quantity, location_id, reservation_id)
  SELECT tenant, order_id, channel_id, sku, ordered_at::timestamptz, state, quantity::bigint, location_id, reservation_id
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
         AS given (tenant, order_id, channel_id, sku, ordered_at, state, quantity, location_id, reservation_id)
  ON CONFLICT (tenant, order_id, channel_id, sku) DO UPDATE
    SET ordered_at = excluded.ordered_at, state = excluded.state, quantity = excluded.quantity, location_id = excluded.location_id,
        reservation_id = excluded.reservation_id`;

const PAGE = `
  SELECT ${COLUMNS} FROM ingestion.order_lines
   WHERE tenant = $1 AND (order_id, channel_id, sku) > ($2, $3, $4) ORDER BY order_id, channel_id, sku LIMIT $5`;

/** Lines of orders that files have told of. Reads and writes of one turn of the event loop share a statement. */
export class OrderLines {
  readonly find = joinedByTurn<OrderLineKey, OrderLine | undefined>({ most: AT_ONCE }, (keys) => this.findAll(keys));
  readonly put = joinedByTurn<OrderLine, void>({ most: AT_ONCE }, (lines) => this.putAll(lines));

  constructor(private readonly pool: Pool) {}

  async remove({ tenant, orderId, channelId, sku }: OrderLineKey): Promise<void> {
    const sql = 'DELETE FROM ingestion.order_lines WHERE tenant = $1 AND order_id = $2 AND channel_id = $3 AND sku = $4';
    await this.pool.query(sql, [tenant, orderId, channelId, sku]);
  }

  /** All lines of a tenant, in portions. */
  async *all(tenant: string): AsyncGenerator<readonly OrderLine[]> {
    let after = { orderId: '', channelId: '', sku: '' };
    for (;;) {
      const { rows } = await this.pool.query<OrderLine>(PAGE, [tenant, after.orderId, after.channelId, after.sku, AT_ONCE]);
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows;
      after = last;
    }
  }

  private async findAll(keys: readonly OrderLineKey[]): Promise<readonly (OrderLine | undefined)[]> {
    const values = [int4Array(keys.map((_, index) => index)), ...keyArrays(keys)];
    const { rows } = await this.pool.query<OrderLine & { readonly no: number }>(FIND, values);
    const found = keys.map((): OrderLine | undefined => undefined);
    for (const { no, ...line } of rows) found[no] = line;
    return found;
  }

  private async putAll(lines: readonly OrderLine[]): Promise<readonly void[]> {
    // One statement cannot change a row twice; the last one counts.
    const distinct = [...new Map(lines.map((line) => [JSON.stringify(keyOf(line)), line])).values()];
    await this.pool.query(PUT, [
      ...keyArrays(distinct),
      textArray(distinct.map(({ orderedAt }) => orderedAt.toISOString())),
      textArray(distinct.map(({ state }) => state)),
      textArray(distinct.map(({ quantity }) => String(quantity))),
      textArray(distinct.map(({ locationId }) => locationId)),
      textArray(distinct.map(({ reservationId }) => reservationId)),
    ]);
    return lines.map(() => undefined);
  }
}

const keyOf = ({ tenant, orderId, channelId, sku }: OrderLineKey): readonly string[] => [tenant, orderId, channelId, sku];

const keyArrays = (keys: readonly OrderLineKey[]): readonly Buffer[] => [
  textArray(keys.map(({ tenant }) => tenant)),
  textArray(keys.map(({ orderId }) => orderId)),
  textArray(keys.map(({ channelId }) => channelId)),
  textArray(keys.map(({ sku }) => sku)),
];
