import type { SkuState } from '@holdfast/inventory';
import { chooseLocation } from '@holdfast/inventory';
import { Problem } from '@holdfast/platform';

const LISTED = 10;

/**
 * The location of a figure whose line names none, as `chooseLocation` says.
 * @throws Problem 400 `location_required` where the SKU lies in several
 */
export function placeOfFigure(state: SkuState, sku: string): string {
  const choice = chooseLocation(state);
  if (choice.kind === 'chosen') return choice.locationId;
  const places = choice.locations.slice(0, LISTED);
  const names = places.map(({ locationId }) => locationId).join(', ');
  throw new Problem(400, 'location_required', `${sku} lies in several locations: ${names}; name one in locationId`, {
    details: [{ field: 'locationId', message: 'is needed for a SKU in several locations' }, ...places],
  });
}
