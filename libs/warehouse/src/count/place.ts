import type { PositionView, SkuEvent } from '@holdfast/inventory';
import type { CountLine } from './events.js';

/** What a line counts of a SKU at a location: all that lies there, or what is of a lot, in a bin, or both. */
export interface CountedPlace {
  readonly locationId: string;
  readonly lotId?: string;
  readonly binId?: string;
}

type Named = Pick<CountedPlace, 'lotId' | 'binId'>;
type Placed = { readonly lotId?: string | undefined; readonly binId?: string | undefined };

export const placeOfLine = (locationId: string, { lotId, binId }: Named): CountedPlace => ({
  locationId,
  ...(lotId === undefined ? {} : { lotId }),
  ...(binId === undefined ? {} : { binId }),
});

/** Whether only some positions of the location are counted. */
export const isPart = ({ lotId, binId }: Placed): boolean => lotId !== undefined || binId !== undefined;

/** Whether the position is one of those that are counted. */
export const isCounted = (place: Named, { lotId, binId }: Placed): boolean =>
  (place.lotId === undefined || place.lotId === lotId) && (place.binId === undefined || place.binId === binId);

/** What a line counts: all of a SKU, or what is of a lot, in a bin, or both. */
export type CountedPosition = Pick<CountLine, 'sku' | 'lotId' | 'binId'>;

/** Whether a unit could be counted by both lines. */
export const overlap = (one: CountedPosition, other: CountedPosition): boolean =>
  one.sku === other.sku && isAlike(one.lotId, other.lotId) && isAlike(one.binId, other.binId);

const isAlike = (one: string | undefined, other: string | undefined): boolean => one === undefined || other === undefined || one === other;

/** Units of the positions that are counted, by position. */
export const countedPositions = (place: CountedPlace, views: readonly PositionView[]): readonly PositionView[] =>
  views.filter((view) => view.locationId === place.locationId && (view.lotId ?? view.binId) !== undefined && isCounted(place, view));

/** Units by which the event changed the positions that are counted. */
export function positionChange(event: SkuEvent, place: CountedPlace): number {
  if (!('positions' in event)) return 0;
  let units = 0;
  for (const { locationId, lotId, binId, delta } of event.positions ?? []) {
    if (locationId === place.locationId && (lotId ?? binId) !== undefined && isCounted(place, { lotId, binId })) units += delta;
  }
  return units;
}

/**
 * The changes of positions that come to a difference. What is more goes where the line says, or to the one position that there is; what is less
 * leaves the positions in order of expiry. More than lies there never leaves: it was sold meanwhile.
 */
export function changesOf(
  place: CountedPlace,
  positions: readonly PositionView[],
  variance: number,
): readonly (Named & { readonly delta: number })[] {
  const [only, ...others] = positions;
  const named = ({ lotId, binId }: { readonly lotId?: string | undefined; readonly binId?: string | undefined }): Named => ({
    ...(lotId === undefined ? {} : { lotId }),
    ...(binId === undefined ? {} : { binId }),
  });
  if (variance > 0) return [{ ...named(others.length === 0 && only !== undefined ? only : place), delta: variance }];
  let rest = -variance;
  return positions.flatMap((position) => {
    const units = Math.min(rest, Math.max(0, position.quantity));
    rest -= units;
    return units === 0 ? [] : [{ ...named(position), delta: -units }];
  });
}
