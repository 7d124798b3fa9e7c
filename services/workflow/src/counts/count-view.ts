import type { Bin } from '@holdfast/inventory';
import { csvRow } from '@holdfast/kit';
import {
  countReport,
  lastEntry,
  unassignedOfLine,
  varianceOf,
  varianceOfLine,
  type BookedLine,
  type CountEntry,
  type CountLineState,
  type CountState,
  type LineResolution,
} from '@holdfast/warehouse';
import type { CountRecord } from './count-record.js';
import type { BlindFormView, CountBatchView, CountLineView, CountView, ResolvedLineView } from './count-views.dto.js';
import type { CountProduct } from './planning/products.js';

export type ProductsBySku = ReadonlyMap<string, CountProduct>;

/** What a person may see of a batch. While a blind batch is counted, its figures are left out for everybody. */
export const countView = (record: CountRecord, products: ProductsBySku, person: string): CountView => ({
  batch: batchView(record),
  lines: record.state.lines.map((line) => lineView(record.state, line, products, person)),
});

export function batchView({ state, createdAt, updatedAt, version }: CountRecord): CountBatchView {
  const { lines, counted, outOfTolerance, accuracy, netVarianceMinor, grossVarianceMinor } = countReport(state);
  // One that was cancelled was not counted to its end: its figures would tell what the next count is to find.
  const isHidden = state.blind && state.phase !== 'review' && state.phase !== 'resolved';
  return {
    id: state.batchId,
    status: state.phase,
    locationId: state.locationId,
    name: state.name ?? null,
    blind: state.blind,
    freeze: state.freeze === true,
    complete: state.complete === true,
    assignedTo: state.assignedTo ?? null,
    lineCount: lines,
    counted,
    outOfTolerance,
    ...(isHidden ? {} : { accuracy, netVarianceValue: netVarianceMinor / 100, grossVarianceValue: grossVarianceMinor / 100 }),
    version,
    createdBy: state.createdBy,
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
  };
}

/** A line of a blind batch is shown once it waits for a reviewer or is decided. */
const isShown = ({ blind }: CountState, { status }: CountLineState): boolean =>
  !blind || !(status === 'to_count' || status === 'counted' || status === 'recount' || status === 'stale');

function lineView(state: CountState, line: CountLineState, products: ProductsBySku, person: string): CountLineView {
  const shown = isShown(state, line);
  const entries = line.entries.filter((entry) => !entry.void && (shown || entry.by === person));
  return {
    lineId: line.lineId,
    sku: line.sku,
    productName: products.get(line.sku)?.name ?? null,
    ...positionOf(line),
    class: line.class,
    status: line.status,
    entries: entries.map(entryView),
    ...(shown ? figures(line) : {}),
  };
}

const entryView = ({ index, quantity, by, countedAt }: CountEntry) => ({
  index,
  quantity,
  countedBy: by,
  countedAt: new Date(countedAt).toISOString(),
});

function figures(line: CountLineState) {
  const entry = lastEntry(line);
  const found = line.judged ?? (entry && varianceOf(line, entry, undefined));
  const variance = varianceOfLine(line) ?? found?.variance ?? null;
  const book = found?.book ?? null;
  return {
    bookQuantity: book,
    variance,
    variancePct: variance === null || book === null || book === 0 ? null : rounded((variance * 100) / book),
    varianceValue: variance === null || line.costMinor === undefined ? null : (variance * line.costMinor) / 100,
    withinTolerance: found?.within ?? null,
    unassignedUnits: unassignedOfLine(line) ?? null,
    quantityReserved: entry?.book.reservedUnits ?? null,
    pickedUnits: line.judged?.pickedUnits ?? entry?.pickedUnits ?? null,
    awaitingPickUnits: line.judged?.awaitingPickUnits ?? entry?.awaitingPickUnits ?? null,
    delta: line.booked?.delta ?? null,
    quantityOnHand: line.booked?.onHand ?? null,
  };
}

const rounded = (figure: number): number => Math.round(figure * 100) / 100;

/** What became of a line that was decided on. */
export function resolvedLine({ lines }: CountState, resolution: LineResolution): ResolvedLineView {
  if (resolution.kind === 'refused') {
    const { reservedUnits, unpickedUnits } = resolution.details;
    return {
      lineId: resolution.lineId,
      status: 'refused',
      code: resolution.code,
      ...(typeof reservedUnits === 'number' && typeof unpickedUnits === 'number' ? { reservedUnits, unpickedUnits } : {}),
    };
  }
  const lineId = resolution.kind === 'same' ? resolution.lineId : resolution.line.lineId;
  const line = lines.find((each) => each.lineId === lineId);
  const booked = line?.booked;
  return {
    lineId,
    status: line?.status ?? 'to_count',
    ...(booked?.delta === undefined ? {} : { delta: booked.delta, quantityOnHand: booked.onHand, ...unassignedIn(booked) }),
  };
}

const unassignedIn = ({ unassigned }: BookedLine) => (unassigned === undefined ? {} : { unassignedUnits: unassigned });

const positionOf = ({ binId, lotId, expiryDate }: CountLineState) => ({
  binId: binId ?? null,
  lotId: lotId ?? null,
  expiryDate: expiryDate ?? null,
});

/** By the sequence of the bins, then by their ids; lines without a bin come last, as they are. */
function inWalkingOrder(lines: readonly CountLineState[], bins: readonly Pick<Bin, 'binId'>[]): readonly CountLineState[] {
  const places = new Map(bins.map(({ binId }, place) => [binId, place]));
  const placeOf = ({ binId }: CountLineState): number => (binId === undefined ? bins.length + 1 : (places.get(binId) ?? bins.length));
  return lines.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** The form that a person takes along: lines in the order of the bins, without figures. @param bins by sequence */
export function blindForm(
  { batchId, locationId, lines }: CountState,
  products: ProductsBySku,
  bins: readonly Pick<Bin, 'binId'>[] = [],
): BlindFormView {
  const toCount = lines.filter(({ status }) => status === 'to_count' || status === 'counted' || status === 'recount' || status === 'stale');
  return {
    batchId,
    locationId,
    lines: inWalkingOrder(toCount, bins).map((line) => {
      const { name = null, barcode = null } = products.get(line.sku) ?? {};
      return { lineId: line.lineId, sku: line.sku, productName: name, barcode, ...positionOf(line), quantity: null };
    }),
  };
}

const COLUMNS = ['lineId', 'binId', 'sku', 'productName', 'barcode', 'lotId', 'expiryDate', 'quantity'] as const;

export const blindFormCsv = ({ lines }: BlindFormView): string =>
  [csvRow([...COLUMNS]), ...lines.map((line) => csvRow(COLUMNS.map((column) => line[column] ?? '')))].join('');
