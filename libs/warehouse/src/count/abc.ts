import type { AbcClass } from './events.js';

export const ABC_CLASSES = ['A', 'B', 'C'] as const;
const DAY_MS = 86_400_000;
const DAYS_A_YEAR = 365;
const WORKING_DAYS_A_YEAR = 250;

/** Counts a year where nothing else is set. */
export const DEFAULT_COUNTS_PER_YEAR: Readonly<Record<AbcClass, number>> = { A: 12, B: 4, C: 1 };

/** The class begins where the share of the items before it reaches so many percent. */
const B_FROM_PCT = 80;
const C_FROM_PCT = 95;

export interface AbcItem {
  readonly sku: string;
  /** Units used by cost, units used, or the value of the stock. */
  readonly metricValue: number;
  /** Set by a person; wins. */
  readonly override?: AbcClass;
}

export interface ClassifiedItem {
  readonly sku: string;
  readonly class: AbcClass;
  readonly metricValue: number;
  readonly sharePct: number;
  readonly cumulativePct: number;
  readonly override: boolean;
}

/**
 * Sorts items by their metric, ties by SKU, and gives each its class: A while the items before it make up less than 80 % of the total, B
 * while less than 95 %, else C. The item that crosses a bound belongs to the better class; one without use is in C.
 */
export function classify(items: readonly AbcItem[]): readonly ClassifiedItem[] {
  const sorted = [...items].sort((one, other) => other.metricValue - one.metricValue || (one.sku < other.sku ? -1 : 1));
  const total = sorted.reduce((sum, { metricValue }) => sum + Math.max(0, metricValue), 0);
  let before = 0;
  return sorted.map(({ sku, metricValue, override }) => {
    const units = Math.max(0, metricValue);
    const beforePct = total === 0 ? 100 : (before * 100) / total;
    before += units;
    const computed = units === 0 || beforePct >= C_FROM_PCT ? 'C' : beforePct >= B_FROM_PCT ? 'B' : 'A';
    return {
      sku,
      class: override ?? computed,
      metricValue,
      sharePct: total === 0 ? 0 : (units * 100) / total,
      cumulativePct: total === 0 ? 0 : (before * 100) / total,
      override: override !== undefined,
    };
  });
}

/** When an item is due, epoch milliseconds; one that was never counted is due now. */
export function nextDueAt(lastCountedAt: number | null, countsPerYear: number, now: number): number {
  return lastCountedAt === null ? now : lastCountedAt + Math.floor(DAYS_A_YEAR / countsPerYear) * DAY_MS;
}

/** Lines to count on each working day, so that every class is counted as often as it should be. */
export function linesPerWorkingDay(
  items: Readonly<Record<AbcClass, number>>,
  countsPerYear: Readonly<Record<AbcClass, number>> = DEFAULT_COUNTS_PER_YEAR,
): number {
  return ABC_CLASSES.reduce((sum, each) => sum + items[each] * countsPerYear[each], 0) / WORKING_DAYS_A_YEAR;
}

export interface DueItem {
  readonly sku: string;
  readonly class: AbcClass;
  readonly onHand: number;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

/** The order in which items are counted: negative stock, then those overdue longest, then by class and SKU. */
export const byUrgency = (one: DueItem, other: DueItem): number =>
  Number(other.onHand < 0) - Number(one.onHand < 0) ||
  one.dueAt - other.dueAt ||
  compare(one.class, other.class) ||
  compare(one.sku, other.sku);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
