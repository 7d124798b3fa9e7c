/**
 * The close of a day of a SKU at a location. `valueDays` and the counts below it are running totals, so that a period needs two rows of a place
 * only: its last one, and the last one before it. Quantities are units, money is in minor units.
 */
export interface ClosingRow {
  /** Days since 1970, UTC. */
  readonly day: number;
  readonly onHand: number;
  readonly held: number;
  /** In transit to this location. */
  readonly inTransit: number;
  /** Standard cost of a unit in force; null while there is none. */
  readonly unitCost: number | null;
  /** Sum of the closing values of all days before this one. */
  readonly valueDays: bigint;
  /** Cost of what was used up to the end of this day, less what came back, each at the cost in force then. */
  readonly costOfGoods: bigint;
  /** Units that were used or came back while there was no cost. */
  readonly unitsWithoutCost: number;
  readonly lastUseDay: number | null;
  /** Since when there has been stock; it comes along with units that move. */
  readonly receivedDay: number | null;
}

/** What an event changes at a place. */
export interface ClosingChange {
  readonly day: number;
  readonly onHand: number;
  readonly held: number;
  readonly inTransit: number;
  readonly sold: number;
  readonly returned: number;
  /** Of the place that units came from. */
  readonly movedReceivedDay?: number | null;
}

/** Before anything happened at a place. */
export const firstRow = (day: number, unitCost: number | null): ClosingRow => ({
  day,
  ...{
    onHand: 0,
    held: 0,
    inTransit: 0,
    unitCost,
    valueDays: 0n,
    costOfGoods: 0n,
    unitsWithoutCost: 0,
    lastUseDay: null,
    receivedDay: null,
  },
});

/** A negative figure is an error of booking: it is worth nothing. */
export const closingValue = ({ onHand, unitCost }: Pick<ClosingRow, 'onHand' | 'unitCost'>): bigint =>
  BigInt(Math.max(0, onHand)) * BigInt(unitCost ?? 0);

/** The row of a later day; days without a movement keep the row before. A clock that was put back adds to the newest day. */
export function carriedTo(row: ClosingRow, day: number): ClosingRow {
  if (day <= row.day) return row;
  return { ...row, day, valueDays: row.valueDays + closingValue(row) * BigInt(day - row.day) };
}

/** The row after a change. */
export function closed(before: ClosingRow, change: ClosingChange): ClosingRow {
  const row = carriedTo(before, change.day);
  const onHand = row.onHand + change.onHand;
  const net = change.sold - change.returned;
  const isUncosted = row.unitCost === null;
  return {
    ...row,
    onHand,
    held: row.held + change.held,
    inTransit: row.inTransit + change.inTransit,
    costOfGoods: row.costOfGoods + BigInt(net) * BigInt(row.unitCost ?? 0),
    unitsWithoutCost: row.unitsWithoutCost + (isUncosted ? change.sold + change.returned : 0),
    lastUseDay: change.sold > 0 ? row.day : row.lastUseDay,
    receivedDay: earliest(row.receivedDay ?? (onHand > 0 ? row.day : null), change.movedReceivedDay ?? null),
  };
}

/** The row after the standard cost changed. */
export const costed = (before: ClosingRow, day: number, unitCost: number): ClosingRow => ({ ...carriedTo(before, day), unitCost });

/** Sum of the closing values of all days up to the end of `day`. @param row the last one up to that day */
export const valueDaysTo = (row: ClosingRow | undefined, day: number): bigint =>
  row === undefined ? 0n : row.valueDays + closingValue(row) * BigInt(day - row.day + 1);

const earliest = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);
