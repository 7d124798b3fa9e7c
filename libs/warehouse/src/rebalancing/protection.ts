import type { UseOfLevels } from '../replenishment/levels.js';
import { SERVICE_FACTORS } from '../replenishment/rule.js';

/** That of a replenishment rule that names none. */
const SERVICE_LEVEL = 0.95;
const SERVICE_FACTOR = SERVICE_FACTORS.get(SERVICE_LEVEL) ?? 0;

/** A sum of binary fractions may lie a little beside the whole number that it is. */
const ROUNDING = 1e-9;

interface Holding {
  readonly available: number;
  readonly inbound: number;
  readonly use: UseOfLevels;
}

export const positionOf = ({ available, inbound }: Pick<Holding, 'available' | 'inbound'>): number => available + inbound;

/** Units that last for so many days, with what daily use varies by over them: single large orders need more than the mean. */
export const levelFor = ({ mean, deviation }: UseOfLevels, days: number): number =>
  mean <= 0 ? 0 : mean * days + SERVICE_FACTOR * deviation * Math.sqrt(days);

/** What each location may have: its level, or the same part of it for all where there is less. */
export interface Shares {
  /** Whole units to which it may be filled. */
  readonly most: (place: Holding) => number;
  /** Whole units below which it gives nothing. */
  readonly least: (place: Holding) => number;
}

export function sharesOf(places: readonly Holding[], days: number): Shares {
  const levels = places.reduce((sum, { use }) => sum + levelFor(use, days), 0);
  const units = places.reduce((sum, place) => sum + Math.max(0, positionOf(place)), 0);
  const part = levels === 0 ? 0 : Math.min(1, units / levels);
  return {
    most: ({ use }) => Math.floor(part * levelFor(use, days) + ROUNDING),
    least: ({ use }) => Math.ceil(part * levelFor(use, days) - ROUNDING),
  };
}
