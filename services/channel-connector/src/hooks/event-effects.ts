import { inTransaction } from '@holdfast/kit';
import type { Pool } from 'pg';
import { MAX_FAULT_LENGTH } from '@holdfast/vendor-http';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { ChannelEvent } from '../providers/inbound.js';
import { storeOrderEvents } from '../orders/order-table.js';
import type { FigureSink } from './figure-sink.js';
import { markDone, type WaitingMessage } from './inbox.js';

export interface EffectParts {
  readonly pool: Pool;
  readonly figures: FigureSink;
  readonly wakeDelivery: () => void;
  /** Orders before it are forgotten once they are done, epoch milliseconds. */
  readonly oldestOrderAt: () => number;
}

const SETTLED = `
  UPDATE channels.listing SET pending_check_at = now() WHERE tenant = $1 AND channel_id = $2 AND pending_reference = ANY ($3)`;

const GONE = `
  UPDATE channels.channel SET gone = true, fault = $3, retry_at = NULL, owner = NULL, lease_until = NULL WHERE tenant = $1 AND channel_id = $2`;

/**
 * Lets the events of a message take effect. Orders are written down together with the end of the message; the other effects may be made again
 * without harm, so they come first.
 */
export async function takeEffect(parts: EffectParts, message: WaitingMessage): Promise<void> {
  const { pool, oldestOrderAt } = parts;
  await tellListings(parts, message, message.events);
  for (const event of message.events) if (event.kind === 'gone') await onGone(pool, message, event.says);
  await inTransaction(pool, async (client) => {
    await storeOrderEvents(
      client,
      message,
      message.events.flatMap((event) => ('orderId' in event ? [event] : [])),
      oldestOrderAt(),
    );
    await markDone(client, [message]);
  });
}

/** Whether a message tells of listings only; such messages of one channel may take effect together. */
export const isOfListings = ({ events }: WaitingMessage): boolean => events.every(({ kind }) => kind === 'figure' || kind === 'settled');

/** Lets the events of messages that tell of listings only take effect, with as many statements as one message needs. */
export async function takeEffectTogether(parts: EffectParts, channel: ChannelRef, messages: readonly WaitingMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await tellListings(
    parts,
    channel,
    messages.flatMap(({ events }) => events),
  );
  await markDone(parts.pool, messages);
}

async function tellListings(
  { pool, figures, wakeDelivery }: EffectParts,
  channel: ChannelRef,
  events: readonly ChannelEvent[],
): Promise<void> {
  await figures.onFigures(
    channel,
    events.flatMap((event) => (event.kind === 'figure' ? [event] : [])),
  );
  const references = events.flatMap((event) => (event.kind === 'settled' ? [event.reference] : []));
  if (references.length === 0) return;
  await markSettled(pool, channel, references);
  wakeDelivery();
}

/** Accepted writes came to their end: the delivery asks what became of them now. */
export async function markSettled(pool: Pool, { tenant, channelId }: ChannelRef, references: readonly string[]): Promise<void> {
  await pool.query(SETTLED, [tenant, channelId, references]);
}

/** Nothing is sent to the channel until it is set up again. */
export async function onGone(pool: Pool, { tenant, channelId }: ChannelRef, says: string): Promise<void> {
  await pool.query(GONE, [tenant, channelId, says.slice(0, MAX_FAULT_LENGTH)]);
}
