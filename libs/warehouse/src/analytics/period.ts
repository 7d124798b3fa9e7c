import { dayOf } from '../replenishment/review.js';
import { MAX_PERIOD_DAYS, USUAL_PERIOD_DAYS } from './limits.js';

const DAY_MS = 86_400_000;

/** Days that figures are asked for, since 1970 in UTC; both are included. */
export interface AnalyticsPeriod {
  readonly fromDay: number;
  readonly toDay: number;
  /** The last day that has begun: what is to come counts in no mean. */
  readonly lastDay: number;
  /** Days from the first to `lastDay`. */
  readonly days: number;
}

export interface PeriodFault {
  readonly code: 'invalid_period' | 'period_too_long';
  readonly field: 'fromDate' | 'toDate';
  readonly message: string;
}

/**
 * @param asked start of the first and of the last day, epoch milliseconds; the last is the current day where it is missing, the first so that
 * the period has 30 days
 * @param now epoch milliseconds
 */
export function analyticsPeriod(
  asked: { readonly from?: number | undefined; readonly to?: number | undefined },
  now: number,
): AnalyticsPeriod | PeriodFault {
  const today = dayOf(now);
  const toDay = asked.to === undefined ? today : dayOf(asked.to);
  const fromDay = asked.from === undefined ? Math.min(toDay, today) - USUAL_PERIOD_DAYS + 1 : dayOf(asked.from);
  if (fromDay > toDay) return { code: 'invalid_period', field: 'toDate', message: 'must not be before fromDate; swap them' };
  if (fromDay > today) return { code: 'invalid_period', field: 'fromDate', message: 'must not be after the current day, UTC' };
  if (toDay - fromDay >= MAX_PERIOD_DAYS) {
    return { code: 'period_too_long', field: 'fromDate', message: `the period must have at most ${String(MAX_PERIOD_DAYS)} days` };
  }
  const lastDay = Math.min(toDay, today);
  return { fromDay, toDay, lastDay, days: lastDay - fromDay + 1 };
}

/** First and last millisecond of the period. */
export const boundsOf = ({ fromDay, toDay }: AnalyticsPeriod): { readonly from: number; readonly to: number } => ({
  from: fromDay * DAY_MS,
  to: (toDay + 1) * DAY_MS - 1,
});
