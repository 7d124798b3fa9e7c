/** Roles of the product with what they grant; signing in with a key of each shows that it is so. */
export const ROLES = {
  admin: ['*'],
  operator: [
    ...['inventory.*', 'products.*', 'locations.*', 'transfers.*', 'replenishment.*', 'stockrequests.*', 'reservations.*'],
    ...['channels.read', 'erp.read', 'operations.read', 'alerts.*', 'analytics.read'],
  ],
  analyst: [
    ...['inventory.read', 'products.read', 'locations.read', 'transfers.read', 'replenishment.read', 'stockrequests.read'],
    ...['reservations.read', 'channels.read', 'alerts.read', 'analytics.read'],
  ],
  storefront: ['inventory.read', 'products.read', 'locations.read', 'channels.read', 'reservations.*'],
  erp: ['erp.*', 'inventory.read', 'inventory.write', 'products.*', 'locations.*'],
  channel: ['channels.*', 'inventory.read', 'products.read', 'locations.read'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Role = keyof typeof ROLES;

export const ROLE_NAMES = Object.keys(ROLES) as readonly Role[];
