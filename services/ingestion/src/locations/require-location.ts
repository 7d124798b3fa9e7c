import { Problem } from '@holdfast/platform';
import type { LocationBook } from './location-book.js';

/** @throws Problem 404 `unknown_location` unless the tenant has it */
export async function requireLocation(book: LocationBook, tenant: string, locationId: string): Promise<void> {
  if ((await book.unknownOf(tenant, [locationId])).size === 0) return;
  const message = `there is no location ${locationId}`;
  throw new Problem(404, 'unknown_location', `There is no location ${locationId}`, { details: [{ field: 'locationId', message }] });
}
