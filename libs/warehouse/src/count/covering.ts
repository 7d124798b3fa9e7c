import { countMark, positionViews, type CountMark, type PositionView, type SkuEvent, type SkuState } from '@holdfast/inventory';
import { countedChange, onHandChange, timeOf, type PastEvent } from './netting.js';
import { isCounted, isPart } from './place.js';
import { lastEntry, type CountLineState, type CountState } from './state.js';

/** All that lies of a SKU at a location whose lines are all counted, copied from a state that goes on changing. */
export interface WholeStock {
  readonly locationId: string;
  /** All of the batch that count the SKU. */
  readonly lines: readonly CountLineState[];
  readonly batchId: string;
  /** When the first of them was counted. */
  readonly countedFrom: number;
  /** When the last of them was counted. */
  readonly countedAt: number;
  /** Of that time. */
  readonly mark: CountMark;
  readonly onHand: number;
  /** Lots and bins with units. */
  readonly positions: readonly PositionUnits[];
}

type PositionUnits = Pick<PositionView, 'lotId' | 'binId' | 'quantity'>;

/**
 * The lines of a SKU in a batch that is said to be complete, where each is of some positions and none was rejected. That somebody counts one
 * lot says nothing about what lies elsewhere, so of other batches there are none.
 */
export function wholeLines({ complete, lines }: CountState, sku: string): readonly CountLineState[] | undefined {
  const ofSku = lines.filter((line) => line.sku === sku);
  return complete === true && ofSku.every((line) => isPart(line) && line.status !== 'rejected') ? ofSku : undefined;
}

export function wholeStock(
  state: SkuState,
  { locationId, batchId }: Pick<CountState, 'locationId' | 'batchId'>,
  lines: readonly CountLineState[],
  at: number,
): WholeStock {
  const times = lines.map((line) => lastEntry(line)?.countedAt ?? at);
  const [countedFrom, countedAt] = [Math.min(...times), Math.max(...times)];
  const positions = positionViews(state, at).filter((view) => view.locationId === locationId && isPart(view));
  const { onHand = 0 } = state.balances.get(locationId) ?? {};
  return { locationId, batchId, lines, countedFrom, countedAt, mark: countMark(state, locationId, countedAt), onHand, positions };
}

/** What a batch found of a SKU of which it counted every position. */
export interface Covering extends Pick<WholeStock, 'countedAt' | 'mark'> {
  /** Recorded as of then. */
  readonly onHand: number;
  /** Recorded as of then in no position. Nobody found them or, below 0, somebody found what on hand did not contain. */
  readonly unassigned: number;
  /** The same before the batch booked any of the lines: a surplus of one meets units in no position. */
  readonly residue: number;
}

/**
 * What the lines found together, where they count every lot and bin in which units lay by the record when the last of them was counted.
 * Undefined where they do not, or where that cannot be said: a later figure changed on hand, a later count replaces this one, a lot got another
 * id, or units in no position came or went after the first of them was counted, so that nobody looked for them where they may lie.
 * @param since the events of the SKU that were decided after the first of them was counted
 */
export function coveringOf(whole: WholeStock, since: readonly PastEvent[]): Covering | undefined {
  const { locationId, batchId, lines, countedFrom, countedAt, mark } = whole;
  // New bins cover nothing: what is counted there is of the units that lay in no bin.
  if (!lines.every(isPart) || !lines.some((line) => (lastEntry(line)?.book.units ?? 0) > 0)) return undefined;
  const later = since.filter(({ event, at }) => timeOf(event, at) > countedAt);
  if (since.some(({ event }) => event.type === 'LotRenamed') || later.some((past) => replaces(past, locationId))) return undefined;
  const isOwn = ({ event }: PastEvent): boolean => event.type === 'StockAdjusted' && event.documentId === batchId;
  const between = since.filter((past) => !isOwn(past) && timeOf(past.event, past.at) > countedFrom && !later.includes(past));
  if (between.some(({ event }) => unassignedChange(event, locationId) !== 0)) return undefined;
  const then = [...positionsBefore(later, whole)].filter(({ quantity }) => quantity !== 0);
  if (!then.every((position) => lines.some((line) => isCounted(line, position)))) return undefined;
  const onHand = later.reduce((units, { event }) => units - onHandChange(event, locationId), whole.onHand);
  const unassigned = then.reduce((units, { quantity }) => units - quantity, onHand);
  const residue = since.filter(isOwn).reduce((units, { event }) => units - unassignedChange(event, locationId), unassigned);
  return { countedAt, mark, onHand, unassigned, residue };
}

/** Whether nothing is written off with the lines, or just what a person accepted. */
export const isAccepted = ({ residue }: Pick<Covering, 'residue'>, lines: readonly CountLineState[]): boolean =>
  residue === 0 || lines.some(({ judged }) => judged?.outcome === 'accept' && judged.unassigned === residue);

/** Units by which the event changed what lies in no position. */
function unassignedChange(event: SkuEvent, locationId: string): number {
  const placed = 'positions' in event ? (event.positions ?? []) : [];
  const inPositions = placed.filter((position) => position.locationId === locationId && isPart(position));
  return inPositions.reduce((units, { delta }) => units - delta, onHandChange(event, locationId));
}

/** Positions before these events. */
function positionsBefore(events: readonly PastEvent[], { locationId, positions }: WholeStock): Iterable<PositionUnits> {
  const units = new Map<string, PositionUnits>();
  const add = ({ lotId, binId, quantity }: PositionUnits): void => {
    const key = JSON.stringify([lotId, binId]);
    units.set(key, { lotId, binId, quantity: (units.get(key)?.quantity ?? 0) + quantity });
  };
  for (const position of positions) add(position);
  for (const { event } of events) {
    for (const { lotId, binId, delta, ...place } of 'positions' in event ? (event.positions ?? []) : []) {
      if (place.locationId === locationId && isPart({ lotId, binId })) add({ lotId, binId, quantity: -delta });
    }
  }
  return units.values();
}

function replaces({ event }: PastEvent, locationId: string): boolean {
  if (event.type === 'LevelReported') return countedChange(event, { locationId }) !== 0;
  return event.type === 'StockAdjusted' && event.locationId === locationId && event.counted !== undefined;
}
