import { inTransaction } from '@holdfast/kit';
import type { Pool } from 'pg';
import { MAX_FAULT_LENGTH } from '@holdfast/vendor-http';
import type { ChannelRef } from '../accounts/channel-ref.js';
import { ACCOUNT_COLUMNS, type StoredAccount } from '../accounts/stored-account.js';
import { putMessage } from '../hooks/inbox.js';
import type { ChannelEvent } from '../providers/inbound.js';

const DUE = `
  SELECT c.tenant, c.channel_id AS "channelId"
    FROM channels.channel c LEFT JOIN channels.polling p USING (tenant, channel_id)
   WHERE NOT c.gone AND c.provider = ANY ($2) AND (p.next_at IS NULL OR p.next_at <= now())
   ORDER BY p.next_at NULLS FIRST LIMIT $1`;

/** Channels whose time to be polled has come. @param providers those that are polled */
export async function dueForPolling(pool: Pool, providers: readonly string[], most: number): Promise<readonly ChannelRef[]> {
  return (await pool.query<ChannelRef>(DUE, [most, providers])).rows;
}

/** What ids of messages begin with that polling put into the inbox. */
export const POLL_MESSAGE = 'poll';

export interface PolledChannel extends StoredAccount {
  readonly cursor: string | null;
  /** When it was read, in the database's time and words: the poll begins after it. */
  readonly began: string;
}

const READ = `
  SELECT ${ACCOUNT_COLUMNS.split(', ')
    .map((column) => `c.${column}`)
    .join(', ')}, p.cursor, now()::text AS began
    FROM channels.channel c LEFT JOIN channels.polling p USING (tenant, channel_id)
   WHERE c.tenant = $1 AND c.channel_id = $2 AND NOT c.gone AND (p.next_at IS NULL OR p.next_at <= now())`;

/** @returns undefined where the channel is gone, or was polled by another process meanwhile */
export async function polledChannel(pool: Pool, { tenant, channelId }: ChannelRef): Promise<PolledChannel | undefined> {
  return (await pool.query<PolledChannel>(READ, [tenant, channelId])).rows[0];
}

/** Of a channel that was set up for another account meanwhile, the cursor is forgotten with the row; it must not come back. */
const STORE = `
  INSERT INTO channels.polling AS p (tenant, channel_id, cursor, next_at, fault, orders_until, orders_sure_until)
  SELECT $1, $2, $3, now(), NULL, $5::timestamptz - $6::float8 * interval '1 millisecond', $5::timestamptz - $7::float8 * interval '1 millisecond'
    FROM channels.channel WHERE tenant = $1 AND channel_id = $2 AND revision = $4
  ON CONFLICT (tenant, channel_id) DO UPDATE SET
    cursor = excluded.cursor, fault = NULL, orders_until = greatest(p.orders_until, excluded.orders_until),
    orders_sure_until = greatest(p.orders_sure_until, excluded.orders_sure_until)`;

export interface PolledPage {
  readonly messageId: string;
  readonly events: readonly ChannelEvent[];
  readonly cursor: string | null;
  /** The orders are known up to so long before the poll began; undefined where this page says nothing of it. */
  readonly ordersBehindMs: number | undefined;
  /** The vendor lists an order so much later at most; undefined where that is not known. */
  readonly orderListedMs: number | undefined;
}

/** Stores a page's events, and where polling goes on after them: both, or neither. */
export async function storePage(pool: Pool, { tenant, channelId, revision, began }: PolledChannel, page: PolledPage): Promise<void> {
  const { ordersBehindMs: behindMs, orderListedMs: listedMs } = page;
  const sureMs = behindMs === undefined || listedMs === undefined ? null : behindMs + listedMs;
  await inTransaction(pool, async (client) => {
    if (page.events.length > 0) await putMessage(client, { tenant, channelId }, page);
    await client.query(STORE, [tenant, channelId, page.cursor, revision, began, behindMs ?? null, sureMs]);
  });
}

const NEXT = `
  INSERT INTO channels.polling (tenant, channel_id, next_at, fault)
  SELECT $1, $2, now() + $3::float8 * interval '1 millisecond', $4 FROM channels.channel WHERE tenant = $1 AND channel_id = $2
  ON CONFLICT (tenant, channel_id) DO UPDATE SET next_at = excluded.next_at, fault = excluded.fault`;

/** Sets when the channel is polled next. @param fault why it could not be polled */
export async function pollAgain(pool: Pool, { tenant, channelId }: ChannelRef, inMs: number, fault: string | null): Promise<void> {
  await pool.query(NEXT, [tenant, channelId, inMs, fault?.slice(0, MAX_FAULT_LENGTH) ?? null]);
}
