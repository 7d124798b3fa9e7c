import { MaxAppendSizeExceededError } from '@eventstore/db-client';
import { EventStoreUnavailable, InvalidAppend } from '../port.js';

/** Errors of batched appends have an empty message; their type says what happened. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const type = 'type' in error && typeof error.type === 'string' ? error.type : error.name;
  return error.message === '' ? type : error.message;
}

/** The error for the caller: every error of the server or the client means a failure or an unknown outcome. */
export function toPortError(error: unknown): EventStoreUnavailable | InvalidAppend {
  if (error instanceof EventStoreUnavailable || error instanceof InvalidAppend) return error;
  const message = `EventStoreDB: ${describeError(error)}`;
  return error instanceof MaxAppendSizeExceededError ? new InvalidAppend(message) : new EventStoreUnavailable(message, { cause: error });
}
