import { chooseLocation, MAIN_LOCATION, type SkuState } from '@holdfast/inventory';
import type { Figure } from '../providers/figures.js';
import type { MappedLocation } from '../providers/provider.js';

/** A figure that the channel's ATP has to become, and where the difference is booked. */
export interface FigureToMeet {
  readonly locationId: string;
  readonly figure: number;
  /** Locations whose units the figure counts; undefined for all. */
  readonly counted: readonly string[] | undefined;
}

/**
 * Of a channel that maps places each place whose figure differs is met by the locations mapped to it, since units elsewhere are shown nowhere. Of
 * a channel without places all locations count.
 * @param ours what we would send
 */
export function figuresToMeet(
  theirs: Figure,
  ours: Figure,
  places: readonly MappedLocation[],
  state: Pick<SkuState, 'balances'> & Parameters<typeof chooseLocation>[0],
): readonly FigureToMeet[] {
  if (places.length === 0) return [{ locationId: locationOf(state), figure: theirs.quantity, counted: undefined }];
  if (theirs.parts.length === 0) return [atOneOf(places, theirs.quantity, state)];
  const ourUnits = new Map(ours.parts.map(({ remoteId, quantity }) => [remoteId, quantity]));
  return theirs.parts.flatMap(({ remoteId, quantity }) => {
    const of = places.filter((place) => place.remoteId === remoteId);
    return of.length === 0 || (ourUnits.get(remoteId) ?? 0) === quantity ? [] : [atOneOf(of, quantity, state)];
  });
}

/** Of several locations that the figure counts, the one with most units takes the difference. */
function atOneOf(places: readonly MappedLocation[], figure: number, { balances }: Pick<SkuState, 'balances'>): FigureToMeet {
  const counted = places.map(({ locationId }) => locationId);
  const onHand = (locationId: string): number => balances.get(locationId)?.onHand ?? Number.NEGATIVE_INFINITY;
  const [first = ''] = counted;
  return { locationId: counted.reduce((most, one) => (onHand(one) > onHand(most) ? one : most), first), figure, counted };
}

/** The SKU's only location, else the tenant's default one. */
function locationOf(state: Parameters<typeof chooseLocation>[0]): string {
  const choice = chooseLocation(state);
  return choice.kind === 'chosen' ? choice.locationId : MAIN_LOCATION.locationId;
}

/** A person's figure at the channel's places: one place whose figure differs, else the first, takes what the others leave of it. */
export function asWanted(quantity: number, theirs: Figure, ours: Figure): Figure {
  const ourUnits = (remoteId: string): number => ours.parts.find((part) => part.remoteId === remoteId)?.quantity ?? 0;
  const differing = theirs.parts.find((part) => part.quantity !== ourUnits(part.remoteId)) ?? theirs.parts[0];
  if (differing === undefined) return { quantity, parts: [] };
  let left = quantity;
  const others = theirs.parts
    .filter((part) => part !== differing)
    .map((part) => {
      const units = Math.min(left, part.quantity);
      left -= units;
      return { ...part, quantity: units };
    });
  return { quantity, parts: [...others, { ...differing, quantity: left }] };
}
