import type { Sample } from './samples.js';

/** One figure of a process over the run. */
export interface Course {
  readonly figure: keyof Sample;
  /** The least of the second third of the run, and of the last third: garbage that is not collected yet does not count. */
  readonly middle: number;
  readonly end: number;
  readonly isFlat: boolean;
}

const MB = 1_048_576;

/** Growth between the two thirds that still counts as none: a share, and so much besides. */
const ALLOWED: Readonly<Record<keyof Sample, { readonly share: number; readonly more: number }>> = {
  heapBytes: { share: 0.1, more: 5 * MB },
  rssBytes: { share: 0.1, more: 10 * MB },
  sockets: { share: 0, more: 3 },
  handles: { share: 0, more: 3 },
};

const FIGURES = ['heapBytes', 'rssBytes', 'sockets', 'handles'] as const;
/** Thirds of fewer samples say nothing. */
const LEAST_SAMPLES = 9;

/** How each figure of a process went on; the first third is its warm-up. Empty for a run that was too short to judge. */
export function coursesOf(samples: readonly Sample[]): readonly Course[] {
  if (samples.length < LEAST_SAMPLES) return [];
  const third = Math.floor(samples.length / 3);
  const least = (figure: keyof Sample, part: readonly Sample[]): number => Math.min(...part.map((one) => one[figure]));
  return FIGURES.map((figure) => {
    const middle = least(figure, samples.slice(-2 * third, -third));
    const end = least(figure, samples.slice(-third));
    const { share, more } = ALLOWED[figure];
    return { figure, middle, end, isFlat: end <= middle * (1 + share) + more };
  });
}
