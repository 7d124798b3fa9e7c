import { Problem } from '@holdfast/platform';
import type { KnownLocations } from '@holdfast/ledger';

/** @param field of the request that named the location @throws Problem 404 `unknown_location` */
export async function mustKnowLocation(locations: KnownLocations, tenant: string, field: string, locationId: string): Promise<void> {
  if (await locations.knows(tenant, locationId)) return;
  throw new Problem(404, 'unknown_location', 'There is no such location', { details: [{ field, locationId }] });
}
