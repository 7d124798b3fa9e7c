import { inTransaction } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import { MAX_FAULT_LENGTH } from '../limits.js';
import { storeOrderEvents } from '../orders/order-table.js';
import type { FigureSink } from './figure-sink.js';
import { markDone, type WaitingMessage } from './inbox.js';

export interface EffectParts {
  readonly pool: Pool;
  readonly figures: FigureSink;
  readonly wakeDelivery: () => void;
}

const SETTLED = `
  UPDATE channels.listing SET pending_check_at = now() WHERE tenant = $1 AND channel_id = $2 AND pending_reference = $3`;

const GONE = `
  UPDATE channels.channel SET gone = true, fault = $3, retry_at = NULL, owner = NULL, lease_until = NULL WHERE tenant = $1 AND channel_id = $2`;

/**
 * Lets the events of a message take effect. Orders are written down together with the end of the message; the other effects may be made again
 * without harm, so they come first.
 */
export async function takeEffect(parts: EffectParts, message: WaitingMessage): Promise<void> {
  const { pool, figures } = parts;
  for (const event of message.events) {
    if (event.kind === 'figure') await figures.onFigure(message, event);
    if (event.kind === 'settled') await onSettled(parts, message, event.reference);
    if (event.kind === 'gone') await onGone(pool, message, event.says);
  }
  await inTransaction(pool, async (client) => {
    await storeOrderEvents(
      client,
      message,
      message.events.flatMap((event) => ('orderId' in event ? [event] : [])),
    );
    await markDone(client, message);
  });
}

/** An accepted write came to its end: the delivery asks what became of it now. */
async function onSettled({ pool, wakeDelivery }: EffectParts, channel: ChannelRef, reference: string): Promise<void> {
  await markSettled(pool, channel, reference);
  wakeDelivery();
}

/** The accepted write is to be confirmed now. */
export async function markSettled(pool: Pool, { tenant, channelId }: ChannelRef, reference: string): Promise<void> {
  await pool.query(SETTLED, [tenant, channelId, reference]);
}

/** Nothing is sent to the channel until it is set up again. */
export async function onGone(pool: Pool, { tenant, channelId }: ChannelRef, says: string): Promise<void> {
  await pool.query(GONE, [tenant, channelId, says.slice(0, MAX_FAULT_LENGTH)]);
}
