/** A bar of a chart in which every bar begins at the same line. */
export interface Share {
  /** Of the width, the largest value being 100. */
  readonly widthPercent: number;
  /** Of the sum of all values; null where that is 0. */
  readonly sharePercent: number | null;
}

/** @param values none below 0 */
export function sharesOf(values: readonly number[]): readonly Share[] {
  const most = Math.max(0, ...values);
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => ({
    widthPercent: most === 0 ? 0 : (value / most) * 100,
    sharePercent: sum === 0 ? null : (value / sum) * 100,
  }));
}
