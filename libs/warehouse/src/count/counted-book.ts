import { countMark, findLot, positionViews, type CountMark, type PositionView, type SkuState } from '@holdfast/inventory';
import type { CountedBook } from './events.js';
import { lateSales } from './late-sales.js';
import { countedChange, netBook, reservedChange, type PastEvent } from './netting.js';
import { countedPositions, isPart, type CountedPlace } from './place.js';

/** Figures of a SKU at a location, copied from a state that goes on changing. */
export interface KnownFigures {
  /** Of the newest event that the figures reflect. */
  readonly revision: number;
  /** On hand, or what lies in the lot or bin that is counted. */
  readonly onHand: number;
  readonly reserved: number;
  /** Of a count of a lot or a bin: where its units lie. */
  readonly positions?: readonly PositionView[];
  /** What on hand as of the time of a count depends on. */
  readonly mark: CountMark;
  /** Units sold within the pick window before the count that no ERP has issued. */
  readonly unpickedUnits: number;
  readonly pickWindowMs: number;
}

/**
 * Copies what a count needs of a SKU's state.
 * @param pickWindowMs how long after its sale a unit may still stand on the shelf
 */
export function knownFigures(
  { state, revision }: { readonly state: SkuState; readonly revision: number },
  place: CountedPlace,
  countedAt: number,
  pickWindowMs = 0,
): KnownFigures {
  const { locationId } = place;
  const balance = state.balances.get(locationId);
  const { reserved = 0 } = balance ?? {};
  const positions = isPart(place) ? countedPositions(placeNow(state, place), positionViews(state, countedAt)) : undefined;
  const onHand = positions === undefined ? (balance?.onHand ?? 0) : positions.reduce((sum, { quantity }) => sum + quantity, 0);
  let unpickedUnits = 0;
  for (const movements of state.journals.get(locationId)?.own.values() ?? []) {
    for (const { at, delta, commitId } of movements) {
      if (commitId !== undefined && delta < 0 && at <= countedAt && at > countedAt - pickWindowMs) unpickedUnits -= delta;
    }
  }
  return {
    revision,
    onHand,
    reserved,
    mark: countMark(state, locationId, countedAt),
    unpickedUnits,
    pickWindowMs,
    ...(positions === undefined ? {} : { positions }),
  };
}

/** The place with the lot as it is called now. */
function placeNow({ detail }: SkuState, place: CountedPlace): CountedPlace {
  const lot = place.lotId === undefined || detail?.lots === undefined ? undefined : findLot(detail.lots, place.lotId);
  return lot === undefined ? place : { ...place, lotId: lot.lotId };
}

/**
 * What was recorded of a SKU at a location as of the time of a count.
 * @param since the events of the stream that were decided after that time, oldest first, as far as the figures reflect them
 */
export function countedBook(figures: KnownFigures, since: readonly PastEvent[], place: CountedPlace, countedAt: number): CountedBook {
  const { locationId } = place;
  const { revision, onHand, reserved } = figures;
  const before = since.reduce((units, { event }) => units - countedChange(event, place), onHand);
  const late = lateSales(since, locationId, countedAt, figures.pickWindowMs);
  const reservedThen = since.reduce((units, { event }) => units - reservedChange(event, locationId), reserved);
  const reservedUnits = reservedThen - late.reservedUnits;
  const { units, staleBy } = netBook(before, since, place, countedAt);
  return {
    revision,
    units,
    // Which lots are reserved is not said before they are sold: at most all that lie there.
    reservedUnits: Math.max(0, isPart(place) ? Math.min(reservedUnits, units) : reservedUnits),
    unpickedUnits: figures.unpickedUnits + (figures.pickWindowMs > 0 ? issuedLater(since, locationId, countedAt) + late.unpickedUnits : 0),
    ...(staleBy === undefined ? {} : { staleBy }),
  };
}

/** Units sold that the ERP issued after the count: they stood there, and their commits are no longer in the journal. */
function issuedLater(since: readonly PastEvent[], locationId: string, countedAt: number): number {
  let units = 0;
  for (const { event } of since) {
    if (event.type === 'StockIssued' && event.locationId === locationId && event.orderId !== undefined && event.effectiveAt > countedAt) {
      units += event.acknowledgedUnits;
    }
  }
  return units;
}
