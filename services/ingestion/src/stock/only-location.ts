import type { SkuState } from '@holdfast/inventory';
import { MAIN_LOCATION } from '@holdfast/inventory';
import { Problem } from '@holdfast/platform';

/**
 * The location that a figure without one is meant for: where the SKU lies, else the tenant's default.
 * @throws Problem 400 `location_required` where it lies in several
 */
export function onlyLocation(state: SkuState, sku: string): string {
  const places = [...state.balances].filter(([, { onHand, reserved }]) => onHand !== 0 || reserved !== 0).map(([locationId]) => locationId);
  if (places.length === 0) return MAIN_LOCATION.locationId;
  const [only] = places;
  if (places.length === 1 && only !== undefined) return only;
  throw new Problem(
    400,
    'location_required',
    `${sku} lies in several locations: ${places.slice(0, 10).join(', ')}; name one in locationId`,
    {
      details: [{ field: 'locationId', message: 'is required, since the SKU lies in several locations' }],
    },
  );
}
