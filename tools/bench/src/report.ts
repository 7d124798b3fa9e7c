import { median, medianFigures, type Figures, type Round } from './measure/figures.js';

export interface Named extends Figures {
  readonly name: string;
}

/** A figure that has to be reached, and whether it was. */
export interface Target {
  readonly what: string;
  readonly wanted: string;
  readonly measured: string;
  readonly met: boolean;
}

/** What a benchmark found; the shape of `--json`. */
export interface BenchReport {
  readonly name: string;
  /** Null where there is nothing to compare with. */
  readonly baseline: Named | null;
  readonly holdfast: Named;
  /** Median of the rounds' ratios, Holdfast's rate over the baseline's. */
  readonly ratio: number | null;
  readonly rounds: readonly unknown[];
  readonly targets: readonly Target[];
  /** What a reader must know to judge the figures. */
  readonly notes: readonly string[];
}

export interface Comparison {
  readonly name: string;
  readonly baseline: string;
  readonly holdfast: string;
  readonly rounds: readonly Round[];
  /** Least ratio that has to be reached. */
  readonly leastRatio: number;
  readonly notes: readonly string[];
}

/** The report of two sides that were measured in turn. */
export function comparison({ name, baseline, holdfast, rounds, leastRatio, notes }: Comparison): BenchReport {
  const ratio = median(rounds.map((round) => round.ratio));
  return {
    name,
    baseline: { name: baseline, ...medianFigures(rounds.map((round) => round.baseline)) },
    holdfast: { name: holdfast, ...medianFigures(rounds.map((round) => round.holdfast)) },
    ratio,
    rounds,
    targets: [atLeast('ratio', ratio, leastRatio, '×')],
    notes,
  };
}

export const atLeast = (what: string, measured: number, wanted: number, unit: string): Target => ({
  what,
  wanted: `≥ ${String(wanted)}${unit}`,
  measured: `${figure(measured)}${unit}`,
  met: measured >= wanted,
});

export const atMost = (what: string, measured: number, wanted: number, unit: string): Target => ({
  what,
  wanted: `≤ ${String(wanted)}${unit}`,
  measured: `${figure(measured)}${unit}`,
  met: measured <= wanted,
});

export const exactly = (what: string, measured: number, wanted: number): Target => ({
  what,
  wanted: `= ${String(wanted)}`,
  measured: String(measured),
  met: measured === wanted,
});

/** Three significant digits below a thousand, whole above. */
export const figure = (value: number): string =>
  Math.abs(value) >= 1_000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));

/** The report for a terminal. */
export function table(report: BenchReport): string {
  const sides = [...(report.baseline === null ? [] : [report.baseline]), report.holdfast];
  const rows = [
    [report.name, 'per second', 'p50 ms', 'p99 ms'],
    ...sides.map((side) => [side.name, figure(side.perSecond), figure(side.p50Ms), figure(side.p99Ms)]),
  ];
  const targets = report.targets.map(
    ({ what, wanted, measured, met }) => `${met ? '✓' : '✗'} ${what} ${measured}, wanted ${wanted}: ${met ? 'met' : 'missed'}`,
  );
  return [...aligned(rows), '', ...targets, ...report.notes.map((note) => `  ${note}`)].join('\n');
}

/** Cells under each other: the first column to the left, figures to the right. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
}
