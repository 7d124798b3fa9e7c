import { parseTime, Problem } from '@holdfast/platform';
import type { Clocks } from '@holdfast/read-model';

export interface AskedClocks {
  readonly at?: string;
  readonly knownAt?: string;
}

const refused = (code: string, field: keyof AskedClocks, message: string, figures: object = {}): Problem =>
  new Problem(422, code, `${field} ${message}`, { details: [{ field, message, ...figures }] });

/**
 * The moment that a query names, in epoch milliseconds. Left out, `knownAt` is now, and `at` is `knownAt`.
 * @throws Problem 422 `time_in_future` or `at_after_known_at`
 */
export function clocksOf(query: AskedClocks, now: number): Clocks {
  const at = parseTime(query.at);
  const knownAt = parseTime(query.knownAt);
  const ahead = knownAt !== undefined && knownAt > now ? 'knownAt' : at !== undefined && at > now ? 'at' : undefined;
  if (ahead !== undefined) {
    throw refused('time_in_future', ahead, 'must not be in the future; leave it out for now', { now: new Date(now).toISOString() });
  }
  if (at !== undefined && knownAt !== undefined && at > knownAt) {
    throw refused('at_after_known_at', 'at', 'must not be after knownAt: what was later could not be known then');
  }
  return { at, knownAt };
}

/** For a moment at which no event of the SKU had been recorded. */
export const beforeFirstEvent = (firstRecordedAt: number): Problem =>
  refused('before_first_event', 'knownAt', 'is before the first event of the SKU', {
    firstRecordedAt: new Date(firstRecordedAt).toISOString(),
  });
