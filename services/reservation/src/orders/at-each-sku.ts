import { EventStoreUnavailable } from '@holdfast/event-store';
import { paced } from '@holdfast/kit';
import { quickAnswerMs, SKUS_AT_ONCE } from '../limits.js';
import type { OrderEnvironment } from './environment.js';

/**
 * Does one step of an order at each of its SKUs, at many at once, at a pace that the store can follow, and with turns of the event loop
 * in between, so that nobody else waits for a long order.
 * @param signal once aborted, no further SKU is begun with, and the results of those are missing
 * @throws the first failure, once no step is under way; while the store is unavailable no further step is begun
 */
export const atEachSku = <Line, Result>(
  env: Pick<OrderEnvironment, 'clock'>,
  lines: readonly Line[],
  step: (line: Line) => Promise<Result>,
  { ttlMs = Number.POSITIVE_INFINITY, signal }: { readonly ttlMs?: number; readonly signal?: AbortSignal } = {},
): Promise<readonly Result[]> =>
  paced(
    lines,
    {
      clock: env.clock,
      ...SKUS_AT_ONCE,
      quickMs: quickAnswerMs(ttlMs),
      isFatal: (error) => error instanceof EventStoreUnavailable,
      ...(signal === undefined ? {} : { signal }),
    },
    step,
  );
