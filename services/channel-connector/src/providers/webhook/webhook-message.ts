import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** One listing as it is sent to a receiver. */
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

export interface SignedMessage {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Signs as Standard Webhooks say: HMAC-SHA256 over id, timestamp and the body as sent. @param at epoch milliseconds */
export function signedMessage(
  tenant: string,
  channelId: string,
  listings: readonly ListingUpdate[],
  secret: string,
  at: number,
): SignedMessage {
  const sentAt = new Date(at);
  const message: InventoryUpdated = { type: 'inventory.updated', timestamp: sentAt.toISOString(), data: { channelId, listings } };
  const body = JSON.stringify(message);
  const id = messageId(tenant, channelId, listings);
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Holdfast-Webhooks/1',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at / 1_000)),
      'webhook-signature': new Webhook(secret).sign(id, sentAt, body),
    },
  };
}

/** The same listings at the same versions make the same id, also after a restart: a receiver can drop what it has seen. */
function messageId(tenant: string, channelId: string, listings: readonly ListingUpdate[]): string {
  const content = JSON.stringify([tenant, channelId, listings.map(({ listingId, version }) => [listingId, version])]);
  return `msg_${createHash('sha256').update(content).digest('base64url').slice(0, 27)}`;
}
