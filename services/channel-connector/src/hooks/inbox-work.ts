import type { BackOff } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { OrderWork } from '../orders/order-work.js';
import { dueOrders } from '../orders/order-table.js';
import type { MappedLocation } from '../providers/provider.js';
import { takeEffect, type EffectParts } from './event-effects.js';
import { markFailed, waitingMessages } from './inbox.js';

const AT_ONCE = 100;

const DUE = `
  SELECT tenant, channel_id AS "channelId" FROM (
    SELECT tenant, channel_id, min(due_at) AS due_at FROM channels.inbox WHERE due_at <= now() GROUP BY tenant, channel_id
    UNION ALL
    SELECT tenant, channel_id, min(due_at) FROM channels.channel_order WHERE due_at <= now() GROUP BY tenant, channel_id) AS work
   GROUP BY tenant, channel_id ORDER BY min(due_at) LIMIT $1`;

/** Channels with messages or orders to be worked on. */
export async function dueChannels(pool: Pool, most: number): Promise<readonly ChannelRef[]> {
  return (await pool.query<ChannelRef>(DUE, [most])).rows;
}

export interface InboxWorkParts extends EffectParts {
  readonly orders: Pick<OrderWork, 'carryOut'>;
  readonly backOff: BackOff;
  readonly onFault: (error: unknown) => void;
}

/** Works on one channel's messages and orders until nothing is due. */
export async function workOnInbox(parts: InboxWorkParts, channel: ChannelRef, stopping: AbortSignal, check: () => void): Promise<void> {
  const { pool, backOff, onFault } = parts;
  while (!stopping.aborted) {
    const messages = await waitingMessages(pool, channel, AT_ONCE);
    for (const message of messages) {
      if (stopping.aborted) return;
      check();
      try {
        await takeEffect(parts, message);
      } catch (error) {
        onFault(error);
        await markFailed(pool, message, error instanceof Error ? error.message : 'it failed', backOff);
      }
    }
    const orders = await dueOrders(pool, channel, AT_ONCE);
    if (messages.length === 0 && orders.length === 0) return;
    const places = await placesOf(pool, channel);
    for (const order of orders) {
      if (stopping.aborted) return;
      check();
      await parts.orders.carryOut(order, places);
    }
  }
}

/** Of a channel that is removed, none. */
async function placesOf(pool: Pool, { tenant, channelId }: ChannelRef): Promise<readonly MappedLocation[]> {
  const sql = 'SELECT locations FROM channels.channel WHERE tenant = $1 AND channel_id = $2';
  const { rows } = await pool.query<{ locations: readonly MappedLocation[] }>(sql, [tenant, channelId]);
  return rows[0]?.locations ?? [];
}
