import { NOTHING, type Column } from '../../live/matrix-store.js';

/** How well a figure covers the threshold of its column. Each step has a sign beside its colour. */
export const HEAT = ['none', 'critical', 'low', 'fair', 'good', 'plenty'] as const;
export type Heat = (typeof HEAT)[number];

export const SIGNS: Readonly<Record<Heat, string>> = { none: '', critical: '▼', low: '◆', fair: '◔', good: '◑', plenty: '●' };

/** At so many times the low threshold a figure is plenty. */
const PLENTY = 5;
const GOOD = 2;

/** Columns without thresholds only tell nothing from something. */
export function heatOf(figure: number, { lowThreshold, criticalThreshold }: Column): Heat {
  if (figure === NOTHING) return 'none';
  if (figure <= (criticalThreshold ?? 0)) return 'critical';
  if (lowThreshold === null) return 'good';
  if (figure <= lowThreshold) return 'low';
  const cover = figure / Math.max(1, lowThreshold);
  if (cover >= PLENTY) return 'plenty';
  return cover >= GOOD ? 'good' : 'fair';
}
