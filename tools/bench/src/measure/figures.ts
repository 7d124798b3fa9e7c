import type { Durations } from './durations.js';

/** What one side did in one round, or the medians of its rounds. */
export interface Figures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface Round {
  readonly baseline: Figures;
  readonly holdfast: Figures;
  /** Holdfast's rate over the baseline's. */
  readonly ratio: number;
}

export const figuresOf = (durations: Durations, seconds: number): Figures => ({
  perSecond: durations.count / seconds,
  p50Ms: durations.percentile(0.5),
  p99Ms: durations.percentile(0.99),
});

/** The middle one; the mean of the two middle ones of an even number. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Each figure's own median, so that one round that was disturbed does not count. */
export const medianFigures = (rounds: readonly Figures[]): Figures => ({
  perSecond: median(rounds.map((round) => round.perSecond)),
  p50Ms: median(rounds.map((round) => round.p50Ms)),
  p99Ms: median(rounds.map((round) => round.p99Ms)),
});
