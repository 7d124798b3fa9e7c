/** Areas that permissions are grouped in; `<area>.*` grants a whole one. */
export const PERMISSION_AREAS = [
  'inventory',
  'products',
  'locations',
  'reservations',
  'transfers',
  'channels',
  'erp',
  'operations',
  'keys',
  'alerts',
  'replenishment',
  'stockrequests',
  'analytics',
] as const;

/** What concerns all tenants of the installation, such as a rebuild. No tenant's key, token or role holds it, and `*` does not cover it. */
const INSTALLATION = 'installation';

/** Of the operator of the installation, who holds nothing of any tenant. */
export const OPERATOR_PERMISSIONS: readonly string[] = [`${INSTALLATION}.*`];

export const isOfInstallation = (permission: string): boolean => permission.startsWith(`${INSTALLATION}.`);

/** A permission that a route may need, e.g. `inventory.read`. */
export type Permission = `${(typeof PERMISSION_AREAS)[number] | typeof INSTALLATION}.${string}`;

/** Whether what was granted covers what is needed; `area.*` and `*` (all of a tenant) are understood. */
export function allows(granted: readonly string[], needed: string): boolean {
  for (const permission of granted) {
    if (permission === needed || (permission === '*' && !isOfInstallation(needed))) return true;
    if (permission.endsWith('.*') && needed.startsWith(permission.slice(0, -1))) return true;
  }
  return false;
}
