import { Problem } from '@holdfast/platform';
import type { TenantLocations } from './tenant-locations.js';

/** @throws Problem 404 `unknown_location` unless the tenant has it */
export async function requireLocation(locations: TenantLocations, tenant: string, locationId: string): Promise<void> {
  if ((await locations.unknownOf(tenant, [locationId])).size === 0) return;
  const message = `there is no location ${locationId}`;
  throw new Problem(404, 'unknown_location', `There is no location ${locationId}`, { details: [{ field: 'locationId', message }] });
}
