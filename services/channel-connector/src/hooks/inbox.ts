import { createHash } from 'node:crypto';
import type { BackOff } from '@holdfast/kit';
import type { Pool, PoolClient } from 'pg';
import { MAX_FAULT_LENGTH } from '@holdfast/vendor-http';
import type { ChannelRef } from '../accounts/channel-ref.js';
import { trimInPieces } from '../database/trim-in-pieces.js';
import type { ChannelEvent } from '../providers/inbound.js';

/** A message of a channel as it is kept. */
export interface InboxMessage {
  /** The vendor's: the same again changes nothing for 30 days. */
  readonly messageId: string;
  readonly events: readonly ChannelEvent[];
  /** Why it could not be read; such a message is kept and shown, and nothing follows. */
  readonly unreadable?: string;
}

export interface WaitingMessage extends ChannelRef {
  readonly id: string;
  readonly events: readonly ChannelEvent[];
}

const LONGEST_ID = 200;

/** Ids of vendors are of any length; the index is not. */
const stored = (messageId: string): string =>
  messageId.length <= LONGEST_ID ? messageId : `sha256 ${createHash('sha256').update(messageId).digest('hex')}`;

const PUT = `
  INSERT INTO channels.inbox (tenant, channel_id, message_id, events, state, says, due_at)
  VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN $5 = 'waiting' THEN now() END)
  ON CONFLICT (tenant, channel_id, message_id) DO NOTHING`;

/** @returns false for a message that is there already */
export async function putMessage(database: Pool | PoolClient, channel: ChannelRef, message: InboxMessage): Promise<boolean> {
  const { messageId, events, unreadable } = message;
  const state = unreadable !== undefined ? 'unreadable' : events.length > 0 ? 'waiting' : 'done';
  const { rowCount } = await database.query(PUT, [
    channel.tenant,
    channel.channelId,
    stored(messageId),
    JSON.stringify(events),
    state,
    unreadable?.slice(0, MAX_FAULT_LENGTH),
  ]);
  return rowCount === 1;
}

const WAITING = `
  SELECT id, tenant, channel_id AS "channelId", events FROM channels.inbox
   WHERE tenant = $1 AND channel_id = $2 AND due_at <= now() ORDER BY due_at, id LIMIT $3`;

/** Messages whose events have not taken effect, oldest first. */
export async function waitingMessages(pool: Pool, { tenant, channelId }: ChannelRef, most: number): Promise<readonly WaitingMessage[]> {
  return (await pool.query<WaitingMessage>(WAITING, [tenant, channelId, most])).rows;
}

export async function markDone(database: Pool | PoolClient, messages: readonly WaitingMessage[]): Promise<void> {
  const ids = messages.map(({ id }) => id);
  await database.query(`UPDATE channels.inbox SET state = 'done', says = NULL, due_at = NULL WHERE id = ANY ($1)`, [ids]);
}

const FAILED = `
  UPDATE channels.inbox
     SET attempts = attempts + 1, says = $2,
         due_at = now() + least($4::float8, $3::float8 * power(2, least(attempts, 20))) * interval '1 millisecond'
   WHERE id = $1`;

/** Events of other messages do not wait for it: what they say does not depend on their sequence. */
export async function markFailed(pool: Pool, { id }: WaitingMessage, says: string, backOff: BackOff): Promise<void> {
  await pool.query(FAILED, [id, says.slice(0, MAX_FAULT_LENGTH), backOff.firstMs, backOff.mostMs]);
}

const CHUNK = 10_000;
const FORGET = `
  DELETE FROM channels.inbox WHERE id IN (
    SELECT id FROM channels.inbox WHERE received_at < now() - $1 * interval '1 day' AND due_at IS NULL LIMIT $2)`;

/** Removes messages that are too old to come again, in pieces. @returns how many */
export const trimInbox = (pool: Pool, days: number): Promise<number> =>
  trimInPieces(CHUNK, async (most) => (await pool.query(FORGET, [days, most])).rowCount ?? 0);
