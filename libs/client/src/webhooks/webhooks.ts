import type { ItemOf } from '../types.js';

/** One listing as a webhook channel is told it. */
export interface ListingUpdate {
  readonly listingId: string;
  readonly sku: string;
  readonly quantity: number;
  /** Grows with every change of the listing, not by one; of two messages the one with the greater version is the newer. */
  readonly version: number;
}

export interface InventoryUpdated {
  readonly type: 'inventory.updated';
  /** RFC 3339 UTC. */
  readonly timestamp: string;
  readonly data: { readonly channelId: string; readonly listings: readonly ListingUpdate[] };
}

/** An alert, as `alerts.list` shows it, told to a webhook of alerts; `alert.test` where somebody tries one. */
export type AlertRaised =
  | { readonly type: `alert.${Alert['type']}`; readonly timestamp: string; readonly data: Alert }
  | { readonly type: 'alert.test'; readonly timestamp: string; readonly data: { readonly webhookId: string } };

type Alert = ItemOf<'alerts.list', 'alerts'>;

/** What Holdfast tells webhooks. */
export type WebhookEvent = InventoryUpdated | AlertRaised;

export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** Why a message is not to be believed. */
export type WebhookFault = 'missing_header' | 'stale' | 'no_match';

export class WebhookError extends Error {
  override readonly name = 'WebhookError';

  constructor(
    readonly code: WebhookFault,
    message: string,
  ) {
    super(message);
  }
}

export interface WebhookToVerify {
  /** The body as it came, before anything parsed it. */
  readonly body: string | Uint8Array;
  readonly headers: WebhookHeaders;
  /** `whsec_…`; several while one takes the place of another. */
  readonly secrets: string | readonly string[];
  /** How far the clocks may differ; default five minutes. */
  readonly toleranceMs?: number;
  /** Epoch milliseconds; default the present. */
  readonly now?: number;
}

const TOLERANCE_MS = 300_000;
const encoder = new TextEncoder();

const headerOf = (headers: WebhookHeaders, name: string): string => {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new WebhookError('missing_header', `the message has no header ${name}`);
};

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

const keyOf = (secret: string) =>
  crypto.subtle.importKey('raw', bytesOf(secret.replace(/^whsec_/, '')), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);

function signedPart(id: string, seconds: string, body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  if (typeof body !== 'string' && !(body instanceof Uint8Array))
    throw new TypeError('keep the raw body: a parsed object is not what was signed');
  const head = encoder.encode(`${id}.${seconds}.`);
  const rest = typeof body === 'string' ? encoder.encode(body) : body;
  const signed = new Uint8Array(head.length + rest.length);
  signed.set(head);
  signed.set(rest, head.length);
  return signed;
}

/** Signatures of the first version in a header such as `v1,abc= v1,def=`; none where it is garbled. */
const signaturesOf = (header: string): readonly Uint8Array<ArrayBuffer>[] =>
  header.split(' ').flatMap((each) => {
    const [version, text = ''] = each.split(',');
    return version === 'v1' && /^[A-Za-z0-9+/]+=*$/.test(text) && text.length % 4 === 0 ? [bytesOf(text)] : [];
  });

/**
 * Verifies a message of a webhook channel, or of a webhook of alerts (Standard Webhooks: HMAC-SHA256 over id, time and raw body) and gives its event.
 * @throws WebhookError with the code `missing_header`, `stale` or `no_match`; TypeError for a parsed body
 */
export async function verifyWebhook(message: WebhookToVerify): Promise<WebhookEvent> {
  const { body, headers, secrets, toleranceMs = TOLERANCE_MS, now = Date.now() } = message;
  const [id, seconds, signature] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => headerOf(headers, name));
  if (!(Math.abs(Number(seconds) * 1_000 - now) <= toleranceMs))
    throw new WebhookError('stale', 'the message is too old, or of the future');
  const signed = signedPart(id ?? '', seconds ?? '', body);
  const keys = await Promise.all([secrets].flat().map(keyOf));
  // `verify` compares in constant time.
  const matches = await Promise.all(
    keys.flatMap((key) => signaturesOf(signature ?? '').map((each) => crypto.subtle.verify('HMAC', key, each, signed))),
  );
  if (!matches.includes(true)) throw new WebhookError('no_match', 'no secret makes the signature of the message');
  return JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body)) as WebhookEvent;
}

/** Signs a message as Holdfast does, for tests of a receiver. @param at epoch milliseconds */
export async function signWebhook(
  event: WebhookEvent,
  { secret, id, at = Date.now() }: { readonly secret: string; readonly id: string; readonly at?: number },
): Promise<{ readonly body: string; readonly headers: Readonly<Record<string, string>> }> {
  const body = JSON.stringify(event);
  const seconds = String(Math.floor(at / 1_000));
  const signature = await crypto.subtle.sign('HMAC', await keyOf(secret), signedPart(id, seconds, body));
  const text = btoa(String.fromCharCode(...new Uint8Array(signature)));
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': seconds,
      'webhook-signature': `v1,${text}`,
    },
  };
}
