import { isOfInstallation } from '@holdfast/platform';

/** Roles bundle permissions; keys and tokens may name roles, permissions or both. */
export const ROLES = {
  /** Everything of the tenant, keys too. */
  admin: ['*'],
  /** People in warehouse and support: all of stock, no keys and no connections. */
  operator: [
    'inventory.*',
    'products.*',
    'locations.*',
    'transfers.*',
    'replenishment.*',
    'stockrequests.*',
    'reservations.*',
    'channels.read',
    'erp.read',
    'operations.read',
    'alerts.*',
    'analytics.read',
  ],
  /** Reads everything, changes nothing. */
  analyst: [
    'inventory.read',
    'products.read',
    'locations.read',
    'transfers.read',
    'replenishment.read',
    'stockrequests.read',
    'reservations.read',
    'channels.read',
    'alerts.read',
    'analytics.read',
  ],
  /** A shop: looks at availability and takes reservations through checkout. */
  storefront: ['inventory.read', 'products.read', 'locations.read', 'channels.read', 'reservations.*'],
  /** An ERP connector: reports stock, products and locations, and sees what was parked. */
  erp: ['erp.*', 'inventory.read', 'inventory.write', 'products.*', 'locations.*'],
  /** A sales channel's connector: its settings, mappings and figures. */
  channel: ['channels.*', 'inventory.read', 'products.read', 'locations.read'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Role = keyof typeof ROLES;

export const ROLE_NAMES = Object.keys(ROLES) as readonly Role[];

const isRole = (name: string): name is Role => Object.hasOwn(ROLES, name);

/**
 * Permissions of roles and of themselves, each once. Unknown roles grant nothing, and permissions that concern all tenants are never
 * granted to one.
 */
export function permissionsOf(roles: readonly string[], permissions: readonly string[]): readonly string[] {
  const granted = [...roles.filter(isRole).flatMap((role): readonly string[] => ROLES[role]), ...permissions];
  return [...new Set(granted.filter((permission) => !isOfInstallation(permission)))];
}
