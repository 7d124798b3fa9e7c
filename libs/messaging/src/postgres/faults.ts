import { isConnectionLost } from '../delivery/transient.js';
import { BusUnavailable } from '../port.js';
import { FENCED_STATE } from './schema/groups.js';

/** Runs a database call; connection errors become `BusUnavailable`. */
export async function reaching<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (isConnectionLost(error) || isPoolClosed(error))
      throw new BusUnavailable('The database of the bus cannot be reached.', { cause: error });
    throw error;
  }
}

export const isFenced = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === FENCED_STATE;

const isPoolClosed = (error: unknown): boolean =>
  error instanceof Error && error.message === 'Cannot use a pool after calling end on the pool';
