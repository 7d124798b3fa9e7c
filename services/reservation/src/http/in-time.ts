import { within } from '@holdfast/kit';
import { Problem } from '@holdfast/platform';
import { ANSWER_WITHIN_MS } from '../limits.js';

/**
 * Waits for the work of a request as long as its caller does. A large order on a slow store may take longer: the work goes on, and the same
 * request, sent again with its key, gets its outcome.
 * @throws Problem 503 `still_at_work`
 */
export const inTime = <T>(work: Promise<T>, withinMs: number = ANSWER_WITHIN_MS): Promise<T> => within(withinMs, work, stillAtWork);

const stillAtWork = (): Problem =>
  new Problem(503, 'still_at_work', 'The order is being worked on still; send the same request with the same Idempotency-Key again', {
    headers: { 'retry-after': '2' },
  });
