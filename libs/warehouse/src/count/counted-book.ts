import { countMark, type CountMark, type SkuState } from '@holdfast/inventory';
import type { CountedBook } from './events.js';
import { netBook, onHandChange, reservedChange, type PastEvent } from './netting.js';

/** Figures of a SKU at a location, copied from a state that goes on changing. */
export interface KnownFigures {
  /** Of the newest event that the figures reflect. */
  readonly revision: number;
  readonly onHand: number;
  readonly reserved: number;
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
  locationId: string,
  countedAt: number,
  pickWindowMs = 0,
): KnownFigures {
  const { onHand = 0, reserved = 0 } = state.balances.get(locationId) ?? {};
  let unpickedUnits = 0;
  for (const movements of state.journals.get(locationId)?.own.values() ?? []) {
    for (const { at, delta, commitId } of movements) {
      if (commitId !== undefined && delta < 0 && at <= countedAt && at > countedAt - pickWindowMs) unpickedUnits -= delta;
    }
  }
  return { revision, onHand, reserved, mark: countMark(state, locationId, countedAt), unpickedUnits, pickWindowMs };
}

/**
 * What was recorded of a SKU at a location as of the time of a count.
 * @param since the events of the stream that were decided after that time, oldest first, as far as the figures reflect them
 */
export function countedBook(figures: KnownFigures, since: readonly PastEvent[], locationId: string, countedAt: number): CountedBook {
  const { revision, onHand, reserved } = figures;
  const before = since.reduce((units, { event }) => units - onHandChange(event, locationId), onHand);
  const reservedUnits = since.reduce((units, { event }) => units - reservedChange(event, locationId), reserved);
  const { units, staleBy } = netBook(before, since, locationId, countedAt);
  return {
    revision,
    units,
    reservedUnits: Math.max(0, reservedUnits),
    unpickedUnits: figures.unpickedUnits + (figures.pickWindowMs > 0 ? issuedLater(since, locationId, countedAt) : 0),
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
