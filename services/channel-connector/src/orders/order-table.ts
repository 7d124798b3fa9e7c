import type { Pool, PoolClient } from 'pg';
import { canonicalJson, type BackOff } from '@holdfast/kit';
import { MAX_FAULT_LENGTH } from '@holdfast/vendor-http';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { LinePart } from './line-parts.js';
import type { OrderStatus } from './line-status.js';
import { merged, noFacts, type OrderEvent, type OrderFacts } from './order-facts.js';
import type { OrderRef, StoredLine } from './order-line.js';
import { tallies } from './tally.js';

const INSERT = `
  INSERT INTO channels.channel_order (tenant, channel_id, order_id, facts) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`;

const LOCK = `SELECT facts FROM channels.channel_order WHERE tenant = $1 AND channel_id = $2 AND order_id = $3 FOR UPDATE`;

const STORE = `
  UPDATE channels.channel_order
     SET facts = $4, ordered_at = to_timestamp($5::float8 / 1000), updated_at = now(), due_at = now(), attempts = 0
   WHERE tenant = $1 AND channel_id = $2 AND order_id = $3`;

const STORE_LINES = `
  INSERT INTO channels.channel_order_line AS l
         (tenant, channel_id, order_id, line_id, listing_id, remote_id, ordered, cancelled, restocked, lost, says)
  SELECT $1, $2, $3, t."lineId", t."listingId", t."remoteId", t.quantity, t.cancelled, t.restocked, t.lost, 'not taken from stock yet'
    FROM jsonb_to_recordset($4::jsonb) AS t ("lineId" text, "listingId" text, "remoteId" text, quantity bigint, cancelled bigint, restocked bigint, lost bigint)
   ORDER BY t."lineId"
  ON CONFLICT (tenant, channel_id, order_id, line_id) DO UPDATE SET
    listing_id = excluded.listing_id, remote_id = excluded.remote_id, ordered = excluded.ordered, cancelled = excluded.cancelled,
    restocked = excluded.restocked, lost = excluded.lost`;

/**
 * Adds what was said of orders to what is known of them, within the caller's transaction. An order that is not known and older than what is kept
 * is left out: it was taken and forgotten, or is of a time before the channel was set up. @throws OrderTooLarge
 */
export async function storeOrderEvents(
  client: PoolClient,
  { tenant, channelId }: ChannelRef,
  events: readonly OrderEvent[],
  oldestAt: number,
): Promise<void> {
  // One sequence for all, so that two transactions do not wait for each other.
  for (const orderId of [...new Set(events.map((event) => event.orderId))].sort()) {
    const of = [tenant, channelId, orderId];
    const kept = await factsOf(client, of);
    const isTaken = kept !== undefined && kept.orderedAt !== null;
    const told = events.filter((event) => event.orderId === orderId && (isTaken || event.kind !== 'order' || event.at >= oldestAt));
    if (told.length === 0) continue;
    if (kept === undefined) await client.query(INSERT, [...of, JSON.stringify(noFacts)]);
    const known = kept ?? (await factsOf(client, of));
    if (known === undefined) throw new Error(`order ${orderId} was removed at this moment`);
    const facts = told.reduce(merged, known);
    if (canonicalJson(facts) === canonicalJson(known)) continue;
    await client.query(STORE, [...of, JSON.stringify(facts), facts.orderedAt]);
    await client.query(STORE_LINES, [...of, JSON.stringify(tallies(facts))]);
  }
}

/** What is known of an order, which nobody else changes until the transaction ends. */
const factsOf = async (client: PoolClient, of: readonly string[]): Promise<OrderFacts | undefined> =>
  (await client.query<{ facts: OrderFacts }>(LOCK, [...of])).rows[0]?.facts;

const DUE = `
  SELECT order_id AS "orderId" FROM channels.channel_order
   WHERE tenant = $1 AND channel_id = $2 AND due_at <= now() ORDER BY due_at LIMIT $3`;

/** Orders with something to be done to stock, longest waiting first. */
export async function dueOrders(pool: Pool, { tenant, channelId }: ChannelRef, most: number): Promise<readonly OrderRef[]> {
  const { rows } = await pool.query<{ orderId: string }>(DUE, [tenant, channelId, most]);
  return rows.map(({ orderId }) => ({ tenant, channelId, orderId }));
}

const LINES = `
  SELECT l.line_id AS "lineId", l.listing_id AS "listingId", l.remote_id AS "remoteId", l.sku, m.sku AS "mappedSku", l.ordered::float8,
         l.cancelled::float8, l.restocked::float8, l.lost::float8, l.status, l.says, l.parts, l.intent
    FROM channels.channel_order_line l
    LEFT JOIN channels.listing m ON m.tenant = l.tenant AND m.channel_id = l.channel_id AND m.listing_id = l.listing_id
   WHERE l.tenant = $1 AND l.channel_id = $2 AND l.order_id = $3 ORDER BY l.line_id`;

export async function linesOf(pool: Pool, { tenant, channelId, orderId }: OrderRef): Promise<readonly StoredLine[]> {
  return (await pool.query<StoredLine>(LINES, [tenant, channelId, orderId])).rows;
}

const ORDERED_AT = `
  SELECT round(extract(epoch FROM ordered_at) * 1000)::float8 AS "orderedAt" FROM channels.channel_order
   WHERE tenant = $1 AND channel_id = $2 AND order_id = $3`;

/** When the channel says that the order was made, epoch milliseconds; null where it has not said so. */
export async function orderedAt(pool: Pool, { tenant, channelId, orderId }: OrderRef): Promise<number | null> {
  return (await pool.query<{ orderedAt: number | null }>(ORDERED_AT, [tenant, channelId, orderId])).rows[0]?.orderedAt ?? null;
}

const OF_LINE = 'tenant = $1 AND channel_id = $2 AND order_id = $3 AND line_id = $4';

/** Writes down what is about to be done. @returns whether nobody else did so meanwhile */
export async function storeIntent(
  pool: Pool,
  { tenant, channelId, orderId }: OrderRef,
  { lineId, parts, intent }: StoredLine,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE channels.channel_order_line SET intent = $5, sku = $6 WHERE ${OF_LINE} AND intent IS NULL AND parts = $7`,
    [tenant, channelId, orderId, lineId, JSON.stringify(intent), intent?.sku, JSON.stringify(parts)],
  );
  return rowCount === 1;
}

/** Writes down that units which were missing have arrived. @returns whether nothing else was done to the line meanwhile */
export async function storeArrived(
  pool: Pool,
  { tenant, channelId, orderId }: OrderRef,
  { lineId, parts }: StoredLine,
  next: readonly LinePart[],
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE channels.channel_order_line SET parts = $5 WHERE ${OF_LINE} AND intent IS NULL AND parts = $6`,
    [tenant, channelId, orderId, lineId, JSON.stringify(next), JSON.stringify(parts)],
  );
  return rowCount === 1;
}

/** Writes down what was done. @returns whether this process was the first to do so */
export async function storeParts(
  pool: Pool,
  { tenant, channelId, orderId }: OrderRef,
  { lineId, intent }: StoredLine,
  parts: readonly LinePart[],
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE channels.channel_order_line SET intent = NULL, parts = $5 WHERE ${OF_LINE} AND (intent ->> 'number')::int = $6`,
    [tenant, channelId, orderId, lineId, JSON.stringify(parts), intent?.number],
  );
  return rowCount === 1;
}

export async function storeLineStatus(
  pool: Pool,
  { tenant, channelId, orderId }: OrderRef,
  { lineId, status, says }: Pick<StoredLine, 'lineId' | 'status' | 'says'>,
): Promise<void> {
  await pool.query(`UPDATE channels.channel_order_line SET status = $5, says = $6 WHERE ${OF_LINE}`, [
    tenant,
    channelId,
    orderId,
    lineId,
    status,
    says,
  ]);
}

const SETTLE = `
  UPDATE channels.channel_order
     SET status = $4, fault = NULL, attempts = 0, due_at = CASE WHEN due_at > $5 THEN due_at END
   WHERE tenant = $1 AND channel_id = $2 AND order_id = $3`;

/** The order is done; due again where more was said of it since the work began. */
export async function settleOrder(pool: Pool, { tenant, channelId, orderId }: OrderRef, status: OrderStatus, begun: Date): Promise<void> {
  await pool.query(SETTLE, [tenant, channelId, orderId, status, begun]);
}

const POSTPONE = `
  UPDATE channels.channel_order
     SET status = $4, fault = $5, attempts = attempts + 1,
         due_at = now() + least($7::float8, $6::float8 * power(2, least(attempts, 20))) * interval '1 millisecond'
   WHERE tenant = $1 AND channel_id = $2 AND order_id = $3`;

export async function postponeOrder(
  pool: Pool,
  { tenant, channelId, orderId }: OrderRef,
  { status, fault, backOff }: { readonly status: OrderStatus; readonly fault: string; readonly backOff: BackOff },
): Promise<void> {
  await pool.query(POSTPONE, [tenant, channelId, orderId, status, fault.slice(0, MAX_FAULT_LENGTH), backOff.firstMs, backOff.mostMs]);
}
