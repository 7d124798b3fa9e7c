import type { Round } from './rounds.js';

const HEADINGS = ['round', 'cut', 'seconds', 'recovery s', 'answers by status', 'faults'] as const;

/** The rounds as a table for a terminal. */
export function tableOf(rounds: readonly Round[]): string {
  const rows = rounds.map(({ cut, seconds, recoveredMs, answers, faults }, index) => [
    String(index + 1),
    cut,
    String(seconds),
    (recoveredMs / 1_000).toFixed(1),
    Object.entries(answers)
      .map(([status, count]) => `${status}: ${String(count)}`)
      .join(', '),
    String(faults.length),
  ]);
  const all: readonly (readonly string[])[] = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_heading, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}
