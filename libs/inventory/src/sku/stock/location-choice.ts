import { isKeptByChannel } from '../../locations/kept-by-channel.js';
import { MAIN_LOCATION } from '../../locations/locations.js';
import type { SkuState } from '../state.js';

export type LocationChoice =
  | { readonly kind: 'chosen'; readonly locationId: string }
  /** The SKU has stock at several locations, so the figure of one says nothing about the others. */
  | { readonly kind: 'ambiguous'; readonly locations: readonly { readonly locationId: string; readonly quantity: number }[] };

/**
 * Called by every route whose request may leave the location out. Returns the location of a figure without one: the only location of the
 * SKU, or the tenant's default location if the SKU has none. Locations without units and promises do not count as long as another is left;
 * those of channels never do.
 */
export function chooseLocation(state: SkuState): LocationChoice {
  const all = [...state.balances]
    .filter(([locationId]) => !isKeptByChannel(locationId))
    .map(([locationId, { onHand, reserved }]) => ({ locationId, quantity: onHand, reserved }));
  const stocked = all.filter(({ quantity, reserved }) => quantity !== 0 || reserved !== 0);
  const candidates = stocked.length > 0 ? stocked : all.length === 1 ? all : [];
  const [first, ...others] = candidates;
  if (first === undefined) return { kind: 'chosen', locationId: MAIN_LOCATION.locationId };
  if (others.length === 0) return { kind: 'chosen', locationId: first.locationId };
  return { kind: 'ambiguous', locations: candidates.map(({ locationId, quantity }) => ({ locationId, quantity })) };
}
