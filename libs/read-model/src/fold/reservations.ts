import {
  reservationEffect,
  type ExplainedTake,
  type OrderEvent,
  type ReservationEffect,
  type SkuEvent,
  type Take,
} from '@holdfast/inventory';
import type { Moment } from './moment.js';
import type { ReservationLine, ReservationRow, ReservationStatus } from './rows.js';

const unitsOf = (takes: readonly Take[]): number => takes.reduce((sum, take) => sum + take.quantity, 0);

const touched = (row: ReservationRow, moment: Moment, changes: Partial<ReservationRow>): ReservationRow => ({
  ...row,
  ...changes,
  position: moment.position,
  updatedAt: moment.recordedAt,
});

const committing = (row: ReservationRow, skuUnits: ReadonlyMap<string, number>): readonly ReservationLine[] =>
  row.lines.map((line) => ({ ...line, committed: line.committed + (skuUnits.get(line.sku) ?? 0) }));

const releasing = (row: ReservationRow, skuUnits: ReadonlyMap<string, number>): readonly ReservationLine[] =>
  row.lines.map((line) => {
    const units = skuUnits.get(line.sku) ?? 0;
    return units === 0 ? line : { ...line, released: (line.released ?? 0) + units };
  });

const waitingOf = ({ lines }: ReservationRow): number => lines.reduce((sum, { waiting }) => sum + (waiting?.quantity ?? 0), 0);

const unwaiting = (row: ReservationRow): readonly ReservationLine[] =>
  waitingOf(row) === 0 ? row.lines : row.lines.map(({ waiting: _, ...line }) => line);

const statusAfterCommit = (openUnits: number): ReservationStatus => (openUnits === 0 ? 'committed' : 'held');

/** Whether a reservation lives in the stream of its one SKU; those of several SKUs tell their story in a stream of their own. */
export const isSingleSku = (reservationId: string): boolean => reservationId.startsWith('rs_');

const waitingLine = (quantity: number): Pick<ReservationLine, 'waiting'> => (quantity === 0 ? {} : { waiting: { quantity } });

const lineOf = ({ requested, takes, waiting }: Extract<SkuEvent, { type: 'ReservationPlaced' }>, sku: string): ReservationLine => ({
  sku,
  requested,
  quantity: unitsOf(takes),
  committed: 0,
  sources: takes,
  ...waitingLine(waiting?.quantity ?? 0),
});

const linesAfter = (row: ReservationRow, sku: string, effect: ReservationEffect): readonly ReservationLine[] => {
  const { taken, waitingUnits, committed, reversed, releasedUnits, ended } = effect;
  if (taken !== undefined) return row.lines.map((line) => promoted(line, taken, waitingUnits));
  if (committed !== undefined) return committing(row, new Map([[sku, unitsOf(committed.takes)]]));
  if (reversed !== undefined) return committing(row, new Map([[sku, -unitsOf(reversed.takes)]]));
  if (releasedUnits !== undefined) return row.lines.map((line) => reduced(line, releasedUnits, waitingUnits));
  return ended === undefined ? row.lines : unwaiting(row);
};

const promoted = (
  { waiting, ...line }: ReservationLine,
  taken: readonly ExplainedTake[],
  waitingUnits = waiting?.quantity ?? 0,
): ReservationLine => ({
  ...line,
  quantity: line.quantity + unitsOf(taken),
  sources: [...line.sources, ...taken],
  ...waitingLine(waitingUnits),
});

const reduced = ({ waiting: _, released = 0, ...line }: ReservationLine, units: number, waitingUnits = 0): ReservationLine => ({
  ...line,
  released: released + units,
  ...waitingLine(waitingUnits),
});

function statusAfter(row: ReservationRow, { taken, committed, reversed, ended }: ReservationEffect): ReservationStatus {
  if (taken !== undefined) return 'held';
  if (reversed !== undefined) return 'released';
  if (ended !== undefined) return ended;
  if (committed === undefined) return row.status;
  return committed.openUnits === waitingOf(row) ? 'waiting' : 'held';
}

/**
 * The row of a reservation of one SKU after an event of the SKU; undefined where the event is about none.
 * @param row as it was, undefined for one that was never seen
 */
export function afterSkuEvent(row: ReservationRow | undefined, event: SkuEvent, sku: string, moment: Moment): ReservationRow | undefined {
  if (event.type === 'ReservationPlaced') {
    return {
      tenant: moment.tenant,
      reservationId: event.reservationId,
      orderId: event.orderId,
      status: event.takes.length === 0 && event.waiting !== undefined ? 'waiting' : 'held',
      channelId: event.channelId ?? null,
      holderId: event.holderId ?? null,
      lines: [lineOf(event, sku)],
      expiresAt: event.expiresAt,
      position: moment.position,
      createdAt: moment.recordedAt,
      updatedAt: moment.recordedAt,
    };
  }
  if (row === undefined || !('reservationId' in event)) return undefined;
  const effect = reservationEffect(event);
  const { expiresAt = row.expiresAt } = effect;
  return touched(row, moment, { status: statusAfter(row, effect), lines: linesAfter(row, sku, effect), expiresAt });
}

/** The row of a reservation of several SKUs after an event of its own stream. */
export function afterOrderEvent(row: ReservationRow | undefined, event: OrderEvent, moment: Moment): ReservationRow | undefined {
  if (event.type === 'OrderStarted') {
    return {
      tenant: moment.tenant,
      reservationId: event.reservationId,
      orderId: event.orderId,
      status: 'pending',
      channelId: event.channelId ?? null,
      holderId: event.holderId ?? null,
      lines: event.lines.map(({ sku, quantity }) => ({ sku, requested: quantity, quantity: 0, committed: 0, sources: [] })),
      expiresAt: event.expiresAt,
      position: moment.position,
      createdAt: moment.recordedAt,
      updatedAt: moment.recordedAt,
    };
  }
  if (row === undefined) return undefined;
  switch (event.type) {
    case 'OrderHeld':
      return touched(row, moment, {
        status: 'held',
        expiresAt: event.expiresAt,
        lines: event.lines.map(({ sku, requested, takes }) => ({
          sku,
          requested,
          quantity: unitsOf(takes),
          committed: 0,
          sources: takes,
        })),
      });
    case 'OrderRefused':
      return touched(row, moment, { status: 'refused' });
    case 'OrderCommitted':
      return touched(row, moment, {
        status: statusAfterCommit(event.openUnits),
        lines: committing(row, new Map(event.lines.map(({ sku, takes }) => [sku, unitsOf(takes)]))),
      });
    case 'OrderReductionStarted':
      return touched(row, moment, { lines: releasing(row, new Map(event.lines.map(({ sku, quantity }) => [sku, quantity]))) });
    case 'OrderReleased':
      return touched(row, moment, { status: 'released' });
    case 'OrderCommitFailed':
    case 'OrderExpired':
      return touched(row, moment, { status: 'expired' });
    case 'OrderExtended':
      return touched(row, moment, { expiresAt: event.expiresAt });
    case 'OrderContinued':
    case 'OrderCommitStarted':
    case 'OrderReduced':
    case 'OrderReleaseStarted':
    case 'OrderExpiryStarted':
      return undefined;
    default:
      return event satisfies never;
  }
}
