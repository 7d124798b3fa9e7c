import { ValidateBy } from 'class-validator';
import { Problem } from '../problems/problem.js';
import { property, type PropertyOptions } from './property.js';

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Epoch milliseconds of the start of a calendar day in UTC; undefined for anything but `YYYY-MM-DD` of a day that exists. */
export function parseDay(value: unknown): number | undefined {
  if (typeof value !== 'string' || !DAY.test(value)) return undefined;
  const start = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== value ? undefined : start;
}

/** A calendar day, `YYYY-MM-DD`. Read it with `parseDay`. */
export function IsDay(options: PropertyOptions = {}): PropertyDecorator {
  const check = ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value) => parseDay(value) !== undefined,
      defaultMessage: () => 'must be a calendar day, e.g. 2026-03-01',
    },
  });
  return property({ type: String, format: 'date' }, { example: '2026-03-01', ...options }, [check]);
}

/** Days that a list is asked for; both are included. */
export interface RequestedPeriod {
  readonly fromDate?: string;
  readonly toDate?: string;
}

/** From the start of the first day up to, without it, the start of the day after the last; UTC. */
export interface Period {
  readonly from?: Date;
  readonly until?: Date;
}

/** @throws Problem 400 `invalid_period` where the period ends before it begins */
export function periodOf({ fromDate, toDate }: RequestedPeriod): Period {
  const from = parseDay(fromDate);
  const last = parseDay(toDate);
  if (from !== undefined && last !== undefined && from > last) {
    const details = [{ field: 'toDate', message: `must not be before fromDate, ${String(fromDate)}` }];
    throw new Problem(400, 'invalid_period', 'The period ends before it begins', { details });
  }
  return {
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(last === undefined ? {} : { until: new Date(last + DAY_MS) }),
  };
}
