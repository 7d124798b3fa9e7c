import type { Operation } from '../operation-table.js';
import { ApiError, ConnectionError, TimeoutError } from '../requests/errors.js';
import { targetOf, type Arguments } from '../requests/prepared.js';
import { problemOf } from '../requests/problem.js';
import type { Requests } from '../requests/requests.js';

/** The server cannot go on behind the token that it was given: read what you follow anew, and follow it from there. */
export class ResumeLost extends ApiError {
  override readonly name: string = 'ResumeLost';
}

/**
 * Opens a stream behind a token; resolves with the answer's head.
 * @param connection stops the connection, then and later
 * @throws HoldfastError
 */
export async function openStream(
  requests: Requests,
  operation: Operation,
  given: Arguments,
  token: string | undefined,
  connection: AbortController,
): Promise<Response> {
  const { url, fetch: send = fetch, credentials } = requests.options;
  const headers = {
    accept: 'text/event-stream',
    ...(token === undefined ? {} : { 'last-event-id': token }),
    ...(await requests.credentials()),
  };
  const failed = { operation: operation.id, idempotencyKey: undefined, attempts: 1 };
  const timer = setTimeout(() => connection.abort(new TimeoutError(`${operation.path}: no answer in time`, failed)), requests.timeoutMs);
  try {
    const init = { headers, signal: connection.signal, ...(credentials === undefined ? {} : { credentials }) };
    const response = await send(url + targetOf(operation, given), init);
    if (response.ok) return response;
    const problem = problemOf(response, await response.text(), requests.surroundings.now());
    throw problem.code === 'invalid_resume_token' ? new ResumeLost(problem, failed) : new ApiError(problem, failed);
  } catch (cause) {
    connection.signal.throwIfAborted();
    if (cause instanceof ApiError) throw cause;
    throw new ConnectionError(`${operation.path}: no connection, or it broke`, failed, { cause });
  } finally {
    clearTimeout(timer);
  }
}
