import { ApiError } from './errors.js';

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;
/** A server that asks for more has asked us to come back another time. */
const LONGEST_OBEYED_MS = 30_000;
const PASSING = [429, 502, 503, 504];

/** Whether the same request may succeed soon. A read behind the position that it was asked for may, too. */
const isPassing = (error: unknown): boolean =>
  !(error instanceof ApiError) || PASSING.includes(error.status) || (error.status === 412 && error.code === 'position_not_reached');

/**
 * How long to wait before the next attempt; undefined where there should be none.
 * @param attempts that failed
 * @param random from 0 to 1: the wait is any part of its bound, so that callers who failed together do not come again together
 */
export function waitBefore(error: unknown, attempts: number, random: number): number | undefined {
  if (!isPassing(error)) return undefined;
  const asked = error instanceof ApiError ? error.retryAfterMs : undefined;
  if (asked !== undefined) return asked <= LONGEST_OBEYED_MS ? asked : undefined;
  return random * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
}
