export type GidType =
  | 'AppInstallation'
  | 'InventoryAdjustmentGroup'
  | 'InventoryItem'
  | 'InventoryLevel'
  | 'InventoryQuantity'
  | 'LineItem'
  | 'Location'
  | 'Order'
  | 'ProductVariant'
  | 'Refund'
  | 'RefundLineItem'
  | 'Shop'
  | 'WebhookSubscription';

/** The global id of an object: `gid://shopify/Location/12`. */
export const gid = (type: GidType, id: number | string): string => `gid://shopify/${type}/${String(id)}`;

/** The number in a global id, as webhooks give it; NaN where there is none. */
export const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('/') + 1).split(/[?-]/)[0]);

export const typeOf = (id: string): string => /^gid:\/\/shopify\/(\w+)\//.exec(id)?.[1] ?? '';
