import type { CountLineState, CountState } from './state.js';

/** Figures of a batch. Values are minor units of the tenant's currency. */
export interface CountReport {
  readonly lines: number;
  readonly counted: number;
  /** Lines whose last judged entry is out of tolerance. */
  readonly outOfTolerance: number;
  /** Share of the lines that were within tolerance at their first entry; null before any was judged. */
  readonly accuracy: number | null;
  readonly netVarianceMinor: number;
  /** Sum of the absolute values, so that surplus and shortage do not cancel. */
  readonly grossVarianceMinor: number;
}

/** @param lines those that count in the figures; the variance of a line is that of its last judgement, once */
export function countReport({ lines }: CountState): CountReport {
  const judged = lines.filter(({ firstWithin }) => firstWithin !== undefined);
  const values = lines.flatMap((line) => [varianceValueMinor(line), unassignedValueMinor(line)]);
  return {
    lines: lines.length,
    counted: lines.filter(({ entries }) => entries.some((entry) => !entry.void)).length,
    outOfTolerance: lines.filter((line) => line.judged?.within === false).length,
    accuracy: judged.length === 0 ? null : judged.filter(({ firstWithin }) => firstWithin === true).length / lines.length,
    netVarianceMinor: values.reduce((sum, value) => sum + value, 0),
    grossVarianceMinor: values.reduce((sum, value) => sum + Math.abs(value), 0),
  };
}

/** The value of the line's difference, 0 without a cost; of what was booked, else of the last judgement. */
export const varianceValueMinor = (line: CountLineState): number => (varianceOfLine(line) ?? 0) * (line.costMinor ?? 0);

/** The value of units that no line had, as a difference. */
const unassignedValueMinor = (line: CountLineState): number => -(unassignedOfLine(line) ?? 0) * (line.costMinor ?? 0);

/** Units recorded in no position that were written off with the line or, before it is booked, would be. */
export const unassignedOfLine = ({ booked, judged }: CountLineState): number | undefined =>
  booked === undefined ? judged?.unassigned : booked.unassigned;

/** The difference that was booked, or else that of the last judgement; undefined before any. */
export const varianceOfLine = ({ booked, judged }: CountLineState): number | undefined => booked?.delta ?? judged?.variance;
