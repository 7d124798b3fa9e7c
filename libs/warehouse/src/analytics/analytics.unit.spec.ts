import {
  analyticsPeriod,
  boundsOf,
  closed,
  costed,
  firstRow,
  MAX_PERIOD_DAYS,
  turnoverOf,
  valueDaysTo,
  type ClosingChange,
  type ClosingRow,
} from './index.js';

const at = (text: string): number => Date.parse(text);
const NOW = at('2026-11-30T12:00:00Z');

const change = (day: number, fields: Partial<ClosingChange>): ClosingChange => ({
  day,
  ...{ onHand: 0, held: 0, inTransit: 0, sold: 0, returned: 0 },
  ...fields,
});
const receives = (day: number, units: number): ClosingChange => change(day, { onHand: units });
const sells = (day: number, units: number): ClosingChange => change(day, { onHand: -units, sold: units });

/** The rows of a place: one a day on which something happened. */
function rowsOf(unitCost: number | null, ...changes: readonly ClosingChange[]): readonly ClosingRow[] {
  const rows = new Map<number, ClosingRow>();
  let row = firstRow(changes[0]?.day ?? 0, unitCost);
  for (const each of changes) {
    row = closed(row, each);
    rows.set(row.day, row);
  }
  return [...rows.values()];
}

/** What a period sums up to over places, from their rows. */
function sums(fromDay: number, toDay: number, ...places: readonly (readonly ClosingRow[])[]) {
  let valueDays = 0n;
  let costOfGoods = 0n;
  for (const rows of places) {
    const last = rows.findLast(({ day }) => day <= toDay);
    const before = rows.findLast(({ day }) => day < fromDay);
    valueDays += valueDaysTo(last, toDay) - valueDaysTo(before, fromDay - 1);
    costOfGoods += (last?.costOfGoods ?? 0n) - (before?.costOfGoods ?? 0n);
  }
  return { costOfGoodsMinor: Number(costOfGoods), valueDaysMinor: Number(valueDays), days: toDay - fromDay + 1 };
}

describe('turnover', () => {
  it('N1: issued 120 at 10 with an average of 300 over a year is 4.0 and 91.25 days', () => {
    const found = turnoverOf({ costOfGoodsMinor: 120_000, valueDaysMinor: 30_000 * 365, days: 365 });
    expect(found).toEqual({ cogs: 1_200, averageInventoryValue: 300, turnoverRate: 4, averageDaysOnHand: 91.25, annualisedTurnover: 4 });
  });

  it('N2: all sold after 30 of 90 days: the average is over the days, not over opening and closing', () => {
    const rows = rowsOf(1_000, receives(1, 100), sells(31, 100));
    expect(turnoverOf(sums(1, 90, rows))).toMatchObject({
      cogs: 1_000,
      averageInventoryValue: 333.33,
      turnoverRate: 3,
      averageDaysOnHand: 30,
    });
  });

  it('is 1.2 and 75.00 days with 833.33 on average, with a second SKU at rest', () => {
    const used = rowsOf(1_000, receives(1, 100), sells(31, 100));
    const atRest = rowsOf(1_000, receives(-30, 50));
    const found = turnoverOf(sums(1, 90, used, atRest));
    expect(found).toEqual({
      cogs: 1_000,
      averageInventoryValue: 833.33,
      turnoverRate: 1.2,
      averageDaysOnHand: 75,
      annualisedTurnover: 4.87,
    });
  });

  it('N3: 12.5 over 2024 is 29.28 days', () => {
    expect(turnoverOf({ costOfGoodsMinor: 12_500, valueDaysMinor: 1_000 * 366, days: 366 })).toMatchObject({
      turnoverRate: 12.5,
      averageDaysOnHand: 29.28,
    });
  });

  it('N5: has no figures without value on hand, and no days without use', () => {
    const none = { turnoverRate: null, averageDaysOnHand: null };
    expect(turnoverOf({ costOfGoodsMinor: 500, valueDaysMinor: 0, days: 30 })).toMatchObject(none);
    expect(turnoverOf({ costOfGoodsMinor: 0, valueDaysMinor: 0, days: 30 })).toMatchObject(none);
    const unused = { turnoverRate: 0, averageDaysOnHand: null, annualisedTurnover: 0 };
    expect(turnoverOf({ costOfGoodsMinor: 0, valueDaysMinor: 3_000, days: 30 })).toMatchObject(unused);
  });

  it('has no days on hand where more came back than was used', () => {
    expect(turnoverOf({ costOfGoodsMinor: -100, valueDaysMinor: 100, days: 1 })).toMatchObject({
      turnoverRate: -1,
      averageDaysOnHand: null,
    });
  });
});

describe('a period', () => {
  it('N7: 1 to 31 March includes 31 March 23:59 and not 1 April, in UTC', () => {
    const period = analyticsPeriod({ from: at('2026-03-01'), to: at('2026-03-31') }, NOW);
    if ('code' in period) throw new Error(period.code);
    expect(period.days).toBe(31);
    expect(boundsOf(period)).toEqual({ from: at('2026-03-01T00:00:00.000Z'), to: at('2026-03-31T23:59:59.999Z') });
    const rows = rowsOf(100, receives(period.fromDay, 10), sells(period.toDay, 1), sells(period.toDay + 1, 2));
    expect(sums(period.fromDay, period.toDay, rows).costOfGoodsMinor).toBe(100);
  });

  it('is of the last 30 days where none is asked for', () => {
    expect(analyticsPeriod({}, NOW)).toMatchObject({ days: 30, toDay: Math.floor(NOW / 86_400_000) });
  });

  it('counts the days that have begun', () => {
    expect(analyticsPeriod({ from: at('2026-11-21'), to: at('2026-12-31') }, NOW)).toMatchObject({ days: 10 });
  });

  it('must not end before it begins, begin in the future, or be longer than ten years', () => {
    expect(analyticsPeriod({ from: at('2026-03-02'), to: at('2026-03-01') }, NOW)).toMatchObject({
      code: 'invalid_period',
      field: 'toDate',
    });
    expect(analyticsPeriod({ from: at('2026-12-01'), to: at('2026-12-01') }, NOW)).toMatchObject({
      code: 'invalid_period',
      field: 'fromDate',
    });
    const to = at('2026-11-30');
    const from = to - MAX_PERIOD_DAYS * 86_400_000;
    expect(analyticsPeriod({ from, to }, NOW)).toMatchObject({ code: 'period_too_long' });
    expect(analyticsPeriod({ from: from + 86_400_000, to }, NOW)).toMatchObject({ days: MAX_PERIOD_DAYS });
  });
});

describe('closing rows', () => {
  it('value stock and use at the cost in force then', () => {
    const first = closed(firstRow(1, 100), receives(1, 10));
    const second = costed(first, 3, 200);
    const third = closed(second, sells(3, 4));
    expect(third).toMatchObject({ day: 3, onHand: 6, valueDays: 2_000n, costOfGoods: 800n });
    expect(sums(1, 4, [first, third])).toMatchObject({ valueDaysMinor: 2_000 + 2 * 1_200 });
  });

  it('count returns against use, and use without a cost apart', () => {
    const [row] = rowsOf(null, receives(1, 10), sells(1, 4), change(1, { onHand: 1, returned: 1 }));
    expect(row).toMatchObject({ onHand: 7, costOfGoods: 0n, unitsWithoutCost: 5 });
    const [back] = rowsOf(50, receives(1, 10), sells(1, 4), change(1, { onHand: 1, returned: 1 }));
    expect(back).toMatchObject({ costOfGoods: 150n, unitsWithoutCost: 0 });
  });

  it('are worth nothing where the figure is negative', () => {
    const rows = rowsOf(100, receives(1, 5), change(2, { onHand: -8 }));
    expect(sums(1, 10, rows).valueDaysMinor).toBe(500);
  });

  it('keep the age of stock that moves, and of stock that was counted', () => {
    const [from] = rowsOf(100, receives(10, 5));
    const moved = closed(firstRow(40, 100), change(40, { onHand: 5, movedReceivedDay: from?.receivedDay ?? null }));
    expect(moved.receivedDay).toBe(10);
    expect(closed(moved, change(60, { onHand: -2 })).receivedDay).toBe(10);
  });

  it('N9: neither a move nor a count makes stock younger: received on 10 January, moved on 10 August, 244 days old on 10 September', () => {
    const [january, august, september] = ['2024-01-10', '2024-08-10', '2024-09-10'].map((date) => at(date) / 86_400_000) as [
      number,
      number,
      number,
    ];
    const source = rowsOf(100, receives(january, 100)).at(-1);
    const moved = closed(firstRow(august, 100), change(august, { onHand: 100, movedReceivedDay: source?.receivedDay ?? null }));
    const counted = [-40, 30].reduce((row, onHand) => closed(row, change(august + 1, { onHand })), moved);
    expect(counted.onHand).toBe(90);
    expect(september - (counted.receivedDay ?? 0)).toBe(244);
  });

  it('add to the newest day where the clock was put back', () => {
    const rows = rowsOf(100, receives(5, 5), receives(4, 5));
    expect(rows).toMatchObject([{ day: 5, onHand: 10, receivedDay: 5 }]);
  });
});
