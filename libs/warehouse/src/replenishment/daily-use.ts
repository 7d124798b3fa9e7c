/** Days over which daily use is measured, the current day left out. */
export const USE_WINDOW_DAYS = 90;

/** With fewer days of data nothing is computed from daily use. */
export const LEAST_DAYS_OF_DATA = 14;

/** Daily use of a SKU at a location: commits less reversals and returns, in units a day. */
export interface DailyUse {
  readonly mean: number;
  /** Standard deviation of the sample. */
  readonly deviation: number;
  /** Days that mean and deviation rest on. */
  readonly days: number;
  /** Days of the window that were left out, as there was no stock to use. */
  readonly daysWithoutStock: number;
}

/** One finished day. */
export interface DayOfUse {
  /** Days since 1970 in the zone of the location. */
  readonly day: number;
  /** Units used less units that came back. */
  readonly used: number;
  /** Most units on hand at any moment of the day, from its beginning on. */
  readonly mostOnHand: number;
  /** Units on hand at the end of the day. */
  readonly closingOnHand: number;
}

export const NO_USE: DailyUse = { mean: 0, deviation: 0, days: 0, daysWithoutStock: 0 };

/**
 * Daily use over the window that ends before `today`.
 * @param days on which something happened, oldest first, one more before the window where there is one: between two of them on hand stood still
 * and nothing was used. Data begin with the first.
 */
export function dailyUse(days: readonly DayOfUse[], today: number, windowDays = USE_WINDOW_DAYS): DailyUse {
  const used: number[] = [];
  let daysWithoutStock = 0;
  const from = today - windowDays;
  days.forEach((one, index) => {
    const next = Math.min(days[index + 1]?.day ?? today, today);
    for (let day = Math.max(one.day, from); day < next; day += 1) {
      const isOwn = day === one.day;
      const units = isOwn ? one.used : 0;
      const hadStock = (isOwn ? one.mostOnHand : one.closingOnHand) > 0;
      if (hadStock || units !== 0) used.push(units);
      else daysWithoutStock += 1;
    }
  });
  return { ...meanAndDeviation(used), days: used.length, daysWithoutStock };
}

function meanAndDeviation(values: readonly number[]): Pick<DailyUse, 'mean' | 'deviation'> {
  if (values.length === 0) return { mean: 0, deviation: 0 };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1) return { mean, deviation: 0 };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
