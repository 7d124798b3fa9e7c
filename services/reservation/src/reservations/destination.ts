import type { CommandDestination } from '@holdfast/contracts';
import { placeFault, placeOf, type Place } from '@holdfast/inventory';
import { Problem } from '@holdfast/platform';

/** @throws Problem 400 `validation_failed` where the fields do not go together */
export function destinationOf(request: CommandDestination): Place {
  const fault = placeFault(request);
  if (fault === undefined) return placeOf(request);
  const message = fault === 'latitude' || fault === 'longitude' ? 'latitude and longitude must come together' : 'cannot be';
  throw new Problem(400, 'validation_failed', 'The request body has a fault', { details: [{ field: `destination.${fault}`, message }] });
}
