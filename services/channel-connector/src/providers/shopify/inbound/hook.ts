import { createHmac, timingSafeEqual } from 'node:crypto';
import type { HookReading, HookRequest } from '../../inbound.js';
import { signingSecrets, type ShopifyCredentials } from '../credentials.js';
import { domainOf, type ShopifySettings } from '../settings.js';

/** Retries carry the time of the first try, over four hours; some more for clocks and queues. */
const DEFAULT_MAX_AGE_S = 21_600;
const MOST_AHEAD_MS = 5 * 60_000;

export interface VerifiedHook {
  readonly messageId: string;
  readonly topic: string;
  readonly body: unknown;
}

/** Checks signature, shop and age of a webhook. Nothing of a body is read before its signature holds. */
export function verified(
  request: HookRequest,
  settings: ShopifySettings,
  credentials: ShopifyCredentials,
  now: number,
): VerifiedHook | Extract<HookReading, { readonly kind: 'refused' | 'unreadable' }> {
  const { headers, body } = request;
  const refused = (says: string) => ({ kind: 'refused', says }) as const;
  const secrets = signingSecrets(credentials);
  if (secrets.length === 0) return refused('the channel has no webhookSecret to compare signatures with');
  if (!isSigned(body, headers['x-shopify-hmac-sha256'], secrets)) return refused('the signature is missing or wrong');
  const domain = headers['x-shopify-shop-domain'];
  if (domain !== domainOf(settings)) return refused(`the message is of the shop ${domain ?? 'that it does not name'}`);
  const at = Date.parse(headers['x-shopify-triggered-at'] ?? '');
  const maxAgeMs = (settings.hookMaxAgeSeconds ?? DEFAULT_MAX_AGE_S) * 1_000;
  if (Number.isFinite(at) && (now - at > maxAgeMs || at - now > MOST_AHEAD_MS))
    return refused('the message is too old, or from the future');
  const messageId = headers['x-shopify-webhook-id'];
  const topic = headers['x-shopify-topic'];
  if (messageId === undefined || topic === undefined)
    return { kind: 'unreadable', messageId: messageId ?? 'none', says: 'the message has no X-Shopify-Webhook-Id or no X-Shopify-Topic' };
  try {
    return { messageId, topic, body: JSON.parse(body.toString('utf8')) as unknown };
  } catch {
    return { kind: 'unreadable', messageId, says: 'the body is no JSON' };
  }
}

function isSigned(body: Buffer, signature: string | undefined, secrets: readonly string[]): boolean {
  if (signature === undefined) return false;
  const given = Buffer.from(signature, 'base64');
  // Every secret is tried, so that the time says nothing of which one fits.
  return secrets.reduce((fits, secret) => {
    const expected = createHmac('sha256', secret).update(body).digest();
    return (given.length === expected.length && timingSafeEqual(given, expected)) || fits;
  }, false);
}
