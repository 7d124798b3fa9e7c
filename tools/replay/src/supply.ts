import type { CleanYear } from './clean.js';
import { WEEK } from './scenario.js';

/** Units of each SKU that a week's orders ask for. */
export type WeeklyDemand = ReadonlyMap<number, ReadonlyMap<string, number>>;

export const weekOf = (at: number): number => Math.floor(at / WEEK);

export function weeklyDemand(year: CleanYear): WeeklyDemand {
  const demand = new Map<number, Map<string, number>>();
  for (const happening of year.happenings) {
    if (happening.kind !== 'sale') continue;
    const week = weekOf(happening.at);
    const units = demand.get(week) ?? new Map<string, number>();
    demand.set(week, units);
    for (const line of happening.lines) units.set(line.sku, (units.get(line.sku) ?? 0) + line.quantity);
  }
  return demand;
}

/** The SKUs in most lines. */
export function busiest(year: CleanYear, count: number): ReadonlySet<string> {
  const lines = new Map<string, number>();
  for (const happening of year.happenings) {
    if (happening.kind === 'sale') for (const line of happening.lines) lines.set(line.sku, (lines.get(line.sku) ?? 0) + 1);
  }
  return new Set(
    [...lines]
      .sort((a, b) => b[1] - a[1])
      .slice(0, count)
      .map(([sku]) => sku),
  );
}
