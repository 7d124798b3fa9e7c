import type { BackOff } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { OrderWork } from '../orders/order-work.js';
import { dueOrders } from '../orders/order-table.js';
import { mappedPlaces } from '../orders/mapped-places.js';
import { isOfListings, takeEffect, takeEffectTogether, type EffectParts } from './event-effects.js';
import { markFailed, waitingMessages, type WaitingMessage } from './inbox.js';

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
    check();
    for (const message of await leftAlone(parts, channel, messages)) {
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
    const places = await mappedPlaces(pool, channel);
    for (const order of orders) {
      if (stopping.aborted) return;
      check();
      await parts.orders.carryOut(order, places);
    }
  }
}

/** @returns messages that have to take effect one by one: those of orders, and all where one of the others has a fault */
async function leftAlone(
  parts: InboxWorkParts,
  channel: ChannelRef,
  messages: readonly WaitingMessage[],
): Promise<readonly WaitingMessage[]> {
  try {
    await takeEffectTogether(parts, channel, messages.filter(isOfListings));
    return messages.filter((message) => !isOfListings(message));
  } catch (error) {
    parts.onFault(error);
    return messages;
  }
}
