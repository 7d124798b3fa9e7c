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
         coalesce(p.orders_until >= $3::timestamptz, false) AS "isPolled",
         NOT ${polledWaits('$1', '$2')} AND NOT EXISTS (
           SELECT FROM channels.channel_order o WHERE o.tenant = $1 AND o.channel_id = $2 AND o.due_at IS NOT NULL AND o.attempts = 0) AS "isDone"
    FROM channels.polling p WHERE p.tenant = $1 AND p.channel_id = $2`;

const LOOK_MS = 100;
const ASK_MS = 1_000;

interface Known {
  readonly isFailing: boolean;
  /** Orders are known up to the time that is asked about. */
  readonly isPolled: boolean;
  readonly isDone: boolean;
}

/**
 * Has the channel polled now, by whichever process polls it, and waits until every order that the vendor lists by now has been taken from stock.
 * @returns false where that takes longer, the channel cannot be polled now, or its vendor lists orders so late that a poll of now does not tell
 */
export async function ordersKnown(pool: Pool, { tenant, channelId }: ChannelRef, mostMs: number, stopped: AbortSignal): Promise<boolean> {
  const of = [tenant, channelId];
  const since = (await pool.query<{ now: string }>(NOW)).rows[0]?.now;
  // Only an idle channel can be asked. The second time that it can be, a poll has ended that began after the first.
  let asked = 0;
  for (let waitedMs = 0; waitedMs < mostMs && !stopped.aborted; waitedMs += LOOK_MS) {
    if (waitedMs % ASK_MS === 0) asked += (await pool.query(ASK, of)).rowCount ?? 0;
    const found = (await pool.query<Known>(KNOWN, [...of, since])).rows[0];
    if (found?.isFailing === true) return false;
    if (found?.isPolled === true && found.isDone) return true;
    if (found?.isPolled !== true && asked > 1) return false;
    await pause(LOOK_MS, stopped);
  }
  return false;
}
