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

/** A permission that a route may need, e.g. `inventory.read`. */
export type Permission = `${(typeof PERMISSION_AREAS)[number]}.${string}`;

/** Whether what was granted covers what is needed; `area.*` and `*` are understood. */
export function allows(granted: readonly string[], needed: string): boolean {
  for (const permission of granted) {
    if (permission === needed || permission === '*') return true;
    if (permission.endsWith('.*') && needed.startsWith(permission.slice(0, -1))) return true;
  }
  return false;
}
