import type { ApplyCount, CountMark, PositionView } from '@holdfast/inventory';
import { isAccepted, wholeLines, type Covering } from './covering.js';
import { varianceOf } from './judging.js';
import { netBook, type PastEvent } from './netting.js';
import { changesOf, isPart, placeOfLine, positionChange } from './place.js';
import { lastEntry, type CountLineState, type CountState } from './state.js';

/** What is to be done with an accepted line. */
export type Booking =
  /** `delta` is the difference of what the line counts. */
  | { readonly kind: 'apply'; readonly command: ApplyCount; readonly delta: number; readonly unassigned?: number }
  /** An attempt before this one applied it already. */
  | { readonly kind: 'applied'; readonly delta: number; readonly unassigned?: number }
  | { readonly kind: 'stale' };

/** The events of a SKU that came after the entry was recorded, and the mark of its time after them. */
export interface SkuSince {
  readonly mark: CountMark;
  /** Oldest first. */
  readonly tail: readonly PastEvent[];
  /** Of a line of a lot or a bin: where its units lie. */
  readonly positions?: readonly PositionView[];
  /** Of the last line of a SKU of which the batch counted every position. */
  readonly covering?: Covering;
}

export interface BookingStamp {
  readonly at: number;
  /** Derived from the batch, the line and the entry, so that the difference is applied once. */
  readonly commandId: string;
}

/** The command that applies an accepted line to its SKU: the difference from the recorded stock as of the count, with all known by now. */
export function bookingOf(
  batch: CountState,
  line: CountLineState,
  { mark, tail, positions = [], covering: all }: SkuSince,
  { at, commandId }: BookingStamp,
): Booking {
  const { locationId, batchId } = batch;
  const entry = lastEntry(line);
  if (entry === undefined || line.judged === undefined) throw new Error(`line ${line.lineId} was accepted without a count`);
  const place = placeOfLine(locationId, line);
  const part = isPart(place);
  for (const { event } of tail) {
    if (event.type !== 'StockAdjusted' || event.commandId !== commandId) continue;
    const accepted = part && event.counted !== undefined ? acceptedUnits(batch, line.sku) : {};
    return { kind: 'applied', delta: part ? positionChange(event, place) : event.delta, ...accepted };
  }
  const netted = netBook(entry.book.units, tail, place, entry.countedAt);
  const stated = { pickedUnits: line.judged.pickedUnits ?? 0, awaitingPickUnits: line.judged.awaitingPickUnits ?? 0 };
  const { variance, stale } = varianceOf(line, entry, { ...netted, lineId: line.lineId, entry: entry.index }, stated);
  if (stale) return { kind: 'stale' };
  const whole = wholeLines(batch, line.sku);
  const covering = all !== undefined && whole !== undefined && isAccepted(all, whole) ? all : undefined;
  // What nobody found in any position is not there, and what lies in them is.
  const unassigned = covering?.unassigned ?? 0;
  return {
    kind: 'apply',
    delta: variance,
    ...(covering === undefined || covering.residue === 0 ? {} : { unassigned: covering.residue }),
    command: {
      type: 'ApplyCount',
      at,
      commandId,
      locationId,
      countedAt: covering?.countedAt ?? entry.countedAt,
      counted: (covering?.onHand ?? netted.units) + variance - unassigned,
      delta: variance - unassigned,
      ...(part ? { positions: changesOf(place, positions, variance) } : {}),
      ...(covering === undefined ? {} : { coversAll: true }),
      mark: covering?.mark ?? mark,
      documentId: batchId,
      postedBack: batch.postedBack,
      reasonCode: line.judged.reasonCode ?? 'count',
      ...(line.judged.reason === undefined ? {} : { reason: line.judged.reason }),
    },
  };
}

/** Units in no position that a person accepted to be missing. */
function acceptedUnits({ lines }: CountState, sku: string): { readonly unassigned?: number } {
  const judged = lines.find(
    (line) => line.sku === sku && line.judged?.outcome === 'accept' && line.judged.unassigned !== undefined,
  )?.judged;
  return judged?.unassigned === undefined ? {} : { unassigned: judged.unassigned };
}
