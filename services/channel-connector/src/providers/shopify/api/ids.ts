/** The vendor's global ids. Webhooks give numbers, queries give `gid://shopify/Order/12`; the latter is what is stored. */
export const gidOf = (
  type: 'InventoryItem' | 'LineItem' | 'Location' | 'Order' | 'ProductVariant' | 'Refund',
  id: number | string,
): string => `gid://shopify/${type}/${String(id)}`;

export const isItemId = (id: string): boolean => /^gid:\/\/shopify\/InventoryItem\/\d+$/.test(id);

export const numberOf = (gid: string): number => Number(/\/(\d+)/.exec(gid.replace('gid://', ''))?.[1]);

/** Places of the vendor that the channel maps, each once. */
export const placesOf = (locations: readonly { readonly remoteId: string }[]): readonly string[] => [
  ...new Set(locations.map(({ remoteId }) => remoteId)),
];
