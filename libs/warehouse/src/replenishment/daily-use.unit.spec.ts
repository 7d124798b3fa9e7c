import { dailyUse, useChanges, type DayOfUse } from './index.js';

const YEAR = 365;
const sold = (day: number, used: number, closingOnHand = 100): DayOfUse => ({ day, used, mostOnHand: closingOnHand + used, closingOnHand });
const everyDay = (used: number, from: number, to: number): readonly DayOfUse[] =>
  Array.from({ length: to - from }, (_, index) => sold(from + index, used));

describe('daily use', () => {
  it('N4: 10 units a day for a year are 3,650, and 304.2 a month; what is moved is no use', () => {
    const { mean, days } = dailyUse(everyDay(10, 0, YEAR), YEAR, YEAR);
    expect(mean * days).toBe(3_650);
    expect(((mean * days) / 12).toFixed(1)).toBe('304.2');
    const moved = {
      type: 'StockMoved',
      commandId: 'm',
      fromLocationId: 'BER',
      toLocationId: 'HAM',
      quantity: 600,
      reference: 'tr_1',
    } as const;
    expect(useChanges(moved)).toEqual([]);
  });

  it('N10: 2,920 units in a year with 73 days without stock are 10 a day, and the days that were left out are told', () => {
    const inStock = YEAR - 73;
    const last = sold(inStock - 1, 10, 0);
    const { mean, days, daysWithoutStock } = dailyUse([...everyDay(10, 0, inStock - 1), last], YEAR, YEAR);
    expect(mean * days).toBe(2_920);
    expect({ mean, daysWithoutStock }).toEqual({ mean: 10, daysWithoutStock: 73 });
    expect((mean * days) / (days + daysWithoutStock)).toBe(8);
  });
});
