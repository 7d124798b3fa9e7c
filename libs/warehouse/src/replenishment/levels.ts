import { LEAST_DAYS_OF_DATA, type DailyUse } from './daily-use.js';
import { SERVICE_FACTORS, type ReplenishmentRule } from './rule.js';

/** Levels of a rule in units; undefined where neither the rule gives one nor daily use allows one to be computed. */
export interface Levels {
  readonly safetyStock: number | undefined;
  /** At or below it something is missing; of a periodic rule only a floor for what it gives to others. */
  readonly reorderPoint: number | undefined;
  readonly orderUpTo: number | undefined;
}

export type UseOfLevels = Pick<DailyUse, 'mean' | 'deviation' | 'days'>;

/** Whether enough days were seen to compute from. */
export const hasHistory = ({ days }: Pick<DailyUse, 'days'>): boolean => days >= LEAST_DAYS_OF_DATA;

/**
 * Levels of a rule: what the rule gives stands, the rest is computed from daily use. With d and s for its mean and deviation, L for the lead
 * time with deviation t, R for the review period and z for the service level: safety stock = z * sqrt(L * s^2 + d^2 * t^2), reorder point
 * = d * L + safety stock; a periodic rule orders up to what protects L + R. Each part is rounded up by itself.
 */
export function levelsOf(rule: ReplenishmentRule, use: UseOfLevels): Levels {
  const known = hasHistory(use);
  const mean = Math.max(0, use.mean);
  const safetyFor = (days: number): number => rule.safetyStock ?? safetyStock(rule, { mean, deviation: use.deviation }, days);
  const levelFor = (days: number): number | undefined => (known ? ceil(mean * days) + safetyFor(days) : undefined);
  const { leadTimeDays, reviewPeriodDays = 0 } = rule;
  const reorderPoint = rule.method === 'min_max' ? rule.min : (rule.reorderPoint ?? levelFor(leadTimeDays));
  return {
    safetyStock: known ? safetyFor(leadTimeDays) : rule.safetyStock,
    reorderPoint,
    orderUpTo: rule.orderUpTo ?? (rule.method === 'periodic' ? levelFor(leadTimeDays + reviewPeriodDays) : (rule.max ?? reorderPoint)),
  };
}

/** Units that cover what daily use and lead time vary by over so many days. */
export function safetyStock(
  { serviceLevel, leadTimeStdDays }: Pick<ReplenishmentRule, 'serviceLevel' | 'leadTimeStdDays'>,
  { mean, deviation }: Pick<DailyUse, 'mean' | 'deviation'>,
  days: number,
): number {
  const factor = SERVICE_FACTORS.get(serviceLevel) ?? 0;
  return ceil(factor * Math.sqrt(days * deviation ** 2 + mean ** 2 * leadTimeStdDays ** 2));
}

/** A product of binary fractions may lie a little above the whole number that it is. */
const ROUNDING = 1e-9;

const ceil = (units: number): number => Math.max(0, Math.ceil(units - ROUNDING));
