import { pause } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import { POLL_MESSAGE } from './polling-table.js';

/** Whether orders that polling stored have not taken effect yet. @param tenant and @param channelId SQL that names the channel */
export const polledWaits = (tenant: string, channelId: string): string => `EXISTS (
    SELECT FROM channels.inbox i
     WHERE i.tenant = ${tenant} AND i.channel_id = ${channelId} AND i.due_at IS NOT NULL AND i.message_id LIKE '${POLL_MESSAGE} %')`;

const NOW = 'SELECT clock_timestamp()::text AS now';

/** A poll that failed keeps its pause. */
const ASK = `
  UPDATE channels.polling SET next_at = now() WHERE tenant = $1 AND channel_id = $2 AND fault IS NULL AND next_at > now()`;

/** Orders that were tried and could not be taken from stock are not waited for. */
const KNOWN = `
  SELECT p.fault IS NOT NULL AS "isFailing",
         coalesce(p.orders_until >= $3::timestamptz, false) AND NOT ${polledWaits('$1', '$2')} AND NOT EXISTS (
           SELECT FROM channels.channel_order o WHERE o.tenant = $1 AND o.channel_id = $2 AND o.due_at IS NOT NULL AND o.attempts = 0) AS "isKnown"
    FROM channels.polling p WHERE p.tenant = $1 AND p.channel_id = $2`;

const LOOK_MS = 100;
const ASK_MS = 1_000;

/**
 * Has the channel polled now, by whichever process polls it, and waits until every order that the vendor lists by now has been taken from stock.
 * @returns false where that takes longer, or the channel cannot be polled now
 */
export async function ordersKnown(pool: Pool, { tenant, channelId }: ChannelRef, mostMs: number, stopped: AbortSignal): Promise<boolean> {
  const of = [tenant, channelId];
  const since = (await pool.query<{ now: string }>(NOW)).rows[0]?.now;
  for (let waitedMs = 0; waitedMs < mostMs && !stopped.aborted; waitedMs += LOOK_MS) {
    if (waitedMs % ASK_MS === 0) await pool.query(ASK, of);
    const found = (await pool.query<{ isFailing: boolean; isKnown: boolean }>(KNOWN, [...of, since])).rows[0];
    if (found?.isFailing === true) return false;
    if (found?.isKnown === true) return true;
    await pause(LOOK_MS, stopped);
  }
  return false;
}
