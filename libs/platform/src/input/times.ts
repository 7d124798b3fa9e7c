import { ValidateBy } from 'class-validator';
import type { PropertyOptions } from './property.js';
import { property } from './property.js';

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt](?:[01]\d|2[0-3]):\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** Epoch milliseconds of an RFC 3339 time from 1970 on, undefined for anything else (also for the 30th of February). */
export function parseTime(value: unknown): number | undefined {
  if (typeof value !== 'string' || !RFC_3339.test(value)) return undefined;
  const millis = Date.parse(value.toUpperCase());
  // Stored times count from 1970; the published schemas allow none before.
  if (Number.isNaN(millis) || millis < 0) return undefined;
  const [year = 0, month = 0, day = 0] = value.slice(0, 10).split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).getUTCDate() >= day ? millis : undefined;
}

/** An RFC 3339 time with its offset, e.g. `2026-03-01T12:00:00Z`. Read it with `parseTime`. */
export function IsTime(options: PropertyOptions = {}): PropertyDecorator {
  const check = ValidateBy({
    name: 'isTime',
    validator: {
      validate: (value) => parseTime(value) !== undefined,
      defaultMessage: () => 'must be an RFC 3339 time from 1970 on, with its offset, e.g. 2026-03-01T12:00:00Z',
    },
  });
  return property({ type: String, format: 'date-time' }, { example: '2026-03-01T12:00:00Z', ...options }, [check], {
    rawPlus: 'plus',
  });
}
