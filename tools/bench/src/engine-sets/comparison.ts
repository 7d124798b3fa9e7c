import { aligned, atLeast, atMost, figure, type Target } from '../report.js';

/** One figure on each set of engines; null where it was not measured. */
export interface ComparedRow {
  readonly what: string;
  readonly bench: string;
  readonly values: readonly (number | null)[];
}

/** What `engines` found; the shape of its `--json`. */
export interface EnginesReport {
  readonly name: 'engines';
  readonly sets: readonly string[];
  readonly rows: readonly ComparedRow[];
  readonly targets: readonly Target[];
  /** What was left out, and why; what a reader must know. */
  readonly notes: readonly string[];
}

const LEAST_SPREAD_PER_SECOND = 3_000;
const MOST_SPREAD_P99_MS = 60;
/** The time of a replay on other engines over that on the embedded ones. */
const MOST_REPLAY_TIMES = 2;

/** What has to be reached on the last set of engines, of the rows that were measured there. */
export function enginesTargets(sets: readonly string[], rows: readonly ComparedRow[]): readonly Target[] {
  const set = sets.at(-1) ?? '';
  return rows.flatMap(({ what, bench, values }): Target[] => {
    const [embedded, value] = [values[0] ?? null, values.at(-1) ?? null];
    if (embedded === null || value === null) return [];
    const named = `${what} on ${set}`;
    if (bench === 'spread' && what.endsWith('/s')) return [atLeast(named, value, LEAST_SPREAD_PER_SECOND, '')];
    if (bench === 'spread') return [atMost(named, value, MOST_SPREAD_P99_MS, ' ms')];
    if (bench === 'replay' && what.endsWith('/s'))
      return [atMost(`time of the ${what.replace(', lines/s', '')} on ${set}`, embedded / value, MOST_REPLAY_TIMES, '×')];
    return [];
  });
}

/** The report for a terminal: each figure with its ratio to that on the first set. */
export function enginesTable({ sets, rows, targets, notes }: EnginesReport): string {
  const cell = (value: number | null, first: number | null): string => {
    if (value === null) return '–';
    return first === null ? figure(value) : `${figure(value)}  ${figure(value / first)}×`;
  };
  const lines = aligned([
    ['engines', ...sets],
    ...rows.map(({ what, values }) => [what, ...values.map((value, at) => cell(value, at === 0 ? null : (values[0] ?? null)))]),
  ]);
  const reached = targets.map(
    ({ what, wanted, measured, met }) => `${met ? '✓' : '✗'} ${what} ${measured}, wanted ${wanted}: ${met ? 'met' : 'missed'}`,
  );
  return [...lines, '', ...reached, ...notes.map((note) => `  ${note}`)].join('\n');
}
