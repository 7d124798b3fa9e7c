import { createHash } from 'node:crypto';
import type { ChannelEvent, HookReading, HookRequest } from '../../inbound.js';
import { fieldsOf, jsonOf, listOf, textOf, timeOf, wholeOf } from '../../reading.js';
import { withinTheAnswer } from '../../within-the-answer.js';
import type { WalmartClient } from '../client.js';
import { eventsOfOrder } from './orders.js';
import { signatureFault } from './signature.js';

const HEADER = 'x-walmart-signature';
/** Twins of a message are dropped for so long; an older message might be one. */
const OLDEST_MS = 30 * 86_400_000;
/** A customer's wish to cancel changes nothing yet. */
const WISHES: ReadonlySet<string> = new Set(['INTENT_TO_CANCEL']);

type Fields = Readonly<Record<string, unknown>>;

/** Reads an event of Walmart and checks its signature. */
export async function readHook(client: WalmartClient, request: HookRequest): Promise<HookReading> {
  const { settings, credentials } = client.account;
  if (credentials.webhookSecret === undefined) return refused('the channel has no webhookSecret');
  if (request.method !== 'POST') return refused('Walmart only posts');
  const fault = signatureFault(request, credentials.webhookSecret, (settings.webhookHeader ?? HEADER).toLowerCase(), client.tools.now());
  if (fault !== undefined) return refused(fault);
  const message = fieldsOf(jsonOf(request.body));
  const source = fieldsOf(message['source']);
  const messageId = textOf(source['eventId']);
  if (messageId === undefined)
    return { kind: 'unreadable', messageId: createHash('sha256').update(request.body).digest('hex'), says: 'it has no eventId' };
  const at = timeOf(source['eventTime']) ?? client.tools.now();
  if (at < client.tools.now() - OLDEST_MS) return refused('the event is too old');
  return {
    kind: 'verified',
    messageId,
    events: await withinTheAnswer(eventsOf(client, textOf(source['eventType']) ?? '', fieldsOf(message['payload']), at)),
  };
}

async function eventsOf(client: WalmartClient, eventType: string, payload: Fields, at: number): Promise<readonly ChannelEvent[]> {
  if (eventType === 'INVENTORY_OOS') return outOfStock(client, payload, at);
  const kind = eventType === 'ORDER_UPDATES' ? (textOf(payload['subEventType']) ?? '') : eventType;
  const orderId = textOf(fieldsOf(payload['order'])['purchaseOrderId']) ?? textOf(payload['purchaseOrderId']);
  if (orderId === undefined || WISHES.has(kind)) return [];
  // The event names the order; the order itself is asked for, so that it is read in one place. Where that fails the next poll finds it.
  const reply = await client.call({ method: 'GET', path: `/v3/orders/${encodeURIComponent(orderId)}`, limit: 'orders' });
  return reply.kind === 'good' ? eventsOfOrder(fieldsOf(reply.body)['order'] ?? reply.body) : [];
}

function outOfStock({ account }: WalmartClient, payload: Fields, at: number): readonly ChannelEvent[] {
  const listingId = textOf(payload['sku']);
  if (listingId === undefined) return [];
  const told = listOf(payload['shipNodes']).map(fieldsOf);
  const mapped = new Set(account.locations.map(({ remoteId }) => remoteId));
  const parts = told.flatMap((node) => {
    const remoteId = textOf(node['shipNode']);
    return remoteId === undefined || !mapped.has(remoteId) ? [] : [{ remoteId, quantity: wholeOf(node['availToSellQty']) ?? 0 }];
  });
  if (mapped.size > 0 && parts.length === 0) return [];
  const quantity = parts.reduce((sum, part) => sum + part.quantity, 0);
  return [{ kind: 'figure', listingId, at, figure: { quantity, parts }, partial: parts.length < mapped.size }];
}

const refused = (says: string): HookReading => ({ kind: 'refused', says });
