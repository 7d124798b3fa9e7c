import { createHash, verify } from 'node:crypto';
import type { ChannelEvent, HookReading, HookRequest } from '../../inbound.js';
import { fieldsOf, jsonOf, textOf, timeOf } from '../../reading.js';
import { inTime, withinTheAnswer } from '../../within-the-answer.js';
import type { EbayClient } from '../client.js';
import type { NotificationKey, NotificationKeys } from './notification-keys.js';
import { eventsOfOrder } from './orders.js';

/** Twins of a message are dropped for so long; an older message might be one. */
const OLDEST_MS = 30 * 86_400_000;
/** Longest waits for a key and for an order: together less than the second within which a message is answered. */
const KEY_MS = 300;
const ORDER_MS = 300;
/** Clocks of both sides may differ. */
const AHEAD_MS = 300_000;

/**
 * Answers eBay's check of the address, and reads its notifications.
 * @throws where a signature cannot be checked now
 */
export async function readHook(client: EbayClient, keys: NotificationKeys, request: HookRequest): Promise<HookReading> {
  if (request.method === 'GET') return answerChallenge(client, request);
  const header = fieldsOf(jsonOf(Buffer.from(request.headers['x-ebay-signature'] ?? '', 'base64')));
  const keyId = textOf(header['kid']);
  const signature = textOf(header['signature']);
  if (keyId === undefined || signature === undefined) return refused('the header x-ebay-signature is missing or malformed');
  // A key that comes later is kept, for when the message comes again.
  const key = (await inTime(KEY_MS, keys.of(client, keyId))) ?? { fault: 'eBay did not give its key in time', passing: true };
  // Whoever sent it is told to send it again: a refusal would lose what eBay tells while its key cannot be had.
  if ('fault' in key && key.passing === true) throw new Error(key.fault);
  if ('fault' in key) return refused(key.fault);
  if (!isSigned(request.body, signature, key)) return refused('the signature is not of this message');
  return readMessage(client, request.body);
}

function answerChallenge({ account }: EbayClient, { query, url }: HookRequest): HookReading {
  const code = query['challenge_code'];
  const { verificationToken } = account.credentials;
  if (code === undefined || code === '') return refused('the challenge code is missing');
  if (verificationToken === undefined) return refused('the channel has no verificationToken');
  const challengeResponse = createHash('sha256')
    .update(code + verificationToken + endpointOf(url, query))
    .digest('hex');
  return { kind: 'challenge', body: { challengeResponse } };
}

/** The address as it was registered: eBay adds the code to whatever query that has. */
function endpointOf(url: string, { challenge_code: _code, ...query }: HookRequest['query']): string {
  const search = new URLSearchParams(query).toString();
  return search === '' ? url : `${url}?${search}`;
}

/** The bytes as they came, or their JSON written anew: eBay's own receiver checks the latter. */
function isSigned(body: Buffer, signature: string, { key, digest }: NotificationKey): boolean {
  const bytes = Buffer.from(signature, 'base64');
  const holds = (text: Buffer): boolean => verify(digest, text, key, bytes);
  if (holds(body)) return true;
  const parsed = jsonOf(body);
  return parsed !== undefined && holds(Buffer.from(JSON.stringify(parsed)));
}

async function readMessage(client: EbayClient, body: Buffer): Promise<HookReading> {
  const message = fieldsOf(jsonOf(body));
  const notification = fieldsOf(message['notification']);
  const messageId = textOf(notification['notificationId']);
  if (messageId === undefined)
    return { kind: 'unreadable', messageId: createHash('sha256').update(body).digest('hex'), says: 'it has no notificationId' };
  const at = timeOf(notification['publishDate']) ?? timeOf(notification['eventDate']);
  const now = client.tools.now();
  if (at !== undefined && (at < now - OLDEST_MS || at > now + AHEAD_MS)) return refused('the message is too old, or of a time to come');
  const topic = textOf(fieldsOf(message['metadata'])['topic']);
  const events =
    topic === 'ORDER_CONFIRMATION' ? await withinTheAnswer(confirmedOrder(client, fieldsOf(notification['data'])), ORDER_MS) : [];
  return { kind: 'verified', messageId, events };
}

/** The message names the order; the order itself is asked for. Where that fails the next poll finds it. */
async function confirmedOrder(client: EbayClient, data: Readonly<Record<string, unknown>>): Promise<readonly ChannelEvent[]> {
  const orderId = textOf(data['orderId']) ?? textOf(fieldsOf(data['order'])['orderId']);
  if (orderId === undefined) return [];
  const reply = await client.call({ method: 'GET', path: `/sell/fulfillment/v1/order/${encodeURIComponent(orderId)}` });
  return reply.kind === 'answered' && reply.status === 200 ? eventsOfOrder(reply.body, client.account.settings) : [];
}

const refused = (says: string): HookReading => ({ kind: 'refused', says });
