import type { InventoryUpdated, ListingUpdate } from '../providers/webhook/webhook-message.js';

/** Reads a message whose signature was right; undefined for one of another type or shape. */
export function readInventoryUpdated(message: unknown): InventoryUpdated | undefined {
  if (!isObject(message) || message['type'] !== 'inventory.updated' || typeof message['timestamp'] !== 'string') return undefined;
  const data = message['data'];
  if (!isObject(data) || typeof data['channelId'] !== 'string' || !Array.isArray(data['listings'])) return undefined;
  const listings: readonly unknown[] = data['listings'];
  if (!listings.every(isListing)) return undefined;
  return { type: 'inventory.updated', timestamp: message['timestamp'], data: { channelId: data['channelId'], listings } };
}

const isListing = (value: unknown): value is ListingUpdate =>
  isObject(value) &&
  typeof value['listingId'] === 'string' &&
  typeof value['sku'] === 'string' &&
  Number.isSafeInteger(value['quantity']) &&
  Number.isSafeInteger(value['version']);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
