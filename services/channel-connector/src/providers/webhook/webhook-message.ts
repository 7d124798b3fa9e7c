import { createHash } from 'node:crypto';
import { signedMessage, type SignedMessage } from '@holdfast/vendor-http';

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

/** Signed as Standard Webhooks say. @param at epoch milliseconds */
export function updateMessage(
  tenant: string,
  channelId: string,
  listings: readonly ListingUpdate[],
  secret: string,
  at: number,
): SignedMessage {
  const message: InventoryUpdated = { type: 'inventory.updated', timestamp: new Date(at).toISOString(), data: { channelId, listings } };
  return signedMessage(messageId(tenant, channelId, listings), message, secret, at);
}

/** The same listings at the same versions make the same id, also after a restart: a receiver can drop what it has seen. */
function messageId(tenant: string, channelId: string, listings: readonly ListingUpdate[]): string {
  const content = JSON.stringify([tenant, channelId, listings.map(({ listingId, version }) => [listingId, version])]);
  return `msg_${createHash('sha256').update(content).digest('base64url').slice(0, 27)}`;
}
