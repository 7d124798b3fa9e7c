import { parseTime, Problem } from '@holdfast/platform';
import { SOLD_AHEAD_MS, SOLD_BACK_MS } from '../limits.js';

/**
 * When the units of a request were sold, epoch milliseconds; nothing where it does not say so.
 * @param soldAt RFC 3339
 * @throws Problem 400 `validation_failed` where that lies in the future or too far back
 */
export function soldTime(soldAt: string | undefined, now: number): { readonly soldAt?: number } {
  if (soldAt === undefined) return {};
  const time = parseTime(soldAt);
  if (time === undefined) throw fault('must be a time');
  if (time > now + SOLD_AHEAD_MS) throw fault('must not lie in the future');
  if (time < now - SOLD_BACK_MS) throw fault('must lie within the last 31 days');
  return { soldAt: time };
}

const fault = (message: string): Problem =>
  new Problem(400, 'validation_failed', 'The request body has a fault', { details: [{ field: 'soldAt', message }] });
