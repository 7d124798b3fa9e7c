import type { Operation } from '../operation-table.js';
import type { Attempt, HoldfastOptions, Surroundings } from '../options.js';
import type { Answer, CallOptions } from './call.js';
import { ApiError, ConnectionError, TimeoutError, type FailedCall, type HoldfastError } from './errors.js';
import { newIdempotencyKey } from './idempotency-key.js';
import { OwnWrites } from './own-writes.js';
import { contentOf, targetOf, type Arguments } from './prepared.js';
import { problemOf } from './problem.js';
import { waitBefore } from './retry.js';
import { timedFetch } from './timed-fetch.js';

const RETRIES = 3;
const TIMEOUT_MS = 10_000;
const DEADLINE_MS = 30_000;
const POSITION = 'holdfast-position';
const MIN_POSITION = 'holdfast-min-position';

interface Sending {
  readonly operation: Operation;
  readonly target: string;
  readonly given: Arguments;
  readonly idempotencyKey: string | undefined;
  /** Of the surroundings' clock. */
  readonly deadline: number;
}

/** Sends calls: keys, retries under the call, its deadline, and reads that reflect own writes. */
export class Requests {
  readonly ownWrites = new OwnWrites();

  constructor(
    readonly options: HoldfastOptions,
    readonly surroundings: Surroundings,
  ) {}

  /** Attempts after the first. */
  get retries(): number {
    return this.options.retries ?? RETRIES;
  }

  /** Of one attempt. */
  get timeoutMs(): number {
    return this.options.timeoutMs ?? TIMEOUT_MS;
  }

  /** The key of a call, which all its attempts carry; undefined where the operation takes none. */
  keyOf({ repeat }: Operation, { idempotencyKey }: CallOptions): string | undefined {
    return repeat === 'key' ? (idempotencyKey ?? newIdempotencyKey(this.surroundings.now())) : undefined;
  }

  /** @throws HoldfastError; what the caller's signal says when it stops the call */
  async send(operation: Operation, given: Arguments, idempotencyKey: string | undefined): Promise<Answer<unknown>> {
    const { now, random, wait } = this.surroundings;
    const deadline = now() + (given.options.deadlineMs ?? this.options.deadlineMs ?? DEADLINE_MS);
    const sending = { operation, target: targetOf(operation, given), given, idempotencyKey, deadline };
    const retries = operation.repeat === 'none' ? 0 : this.retries;
    for (let attempt = 1; ; attempt += 1) {
      const result = await this.attempt(sending, attempt);
      if (!(result instanceof Error)) return result;
      const waitMs = attempt > retries ? undefined : waitBefore(result, attempt, random());
      if (waitMs === undefined || now() + waitMs >= deadline) throw result;
      this.options.on?.retry?.({ ...told(sending, attempt), error: result, waitMs });
      await wait(waitMs, given.options.signal);
    }
  }

  /** Headers that say who calls. */
  async credentials(): Promise<Record<string, string>> {
    const { key, token, headers } = this.options;
    const secret = key ?? (await token?.());
    return { ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }), ...headers?.() };
  }

  /** The answer, or why there is none. */
  private async attempt(sending: Sending, attempt: number): Promise<Answer<unknown> | HoldfastError> {
    const { operation, target, given, idempotencyKey, deadline } = sending;
    const { fetch: send = fetch, url, credentials, on } = this.options;
    const { now } = this.surroundings;
    const about = told(sending, attempt);
    const init = { method: operation.method, ...(await this.contents(sending)), ...(credentials === undefined ? {} : { credentials }) };
    on?.request?.(about);
    const start = now();
    const limitMs = Math.max(1, Math.min(given.options.timeoutMs ?? this.timeoutMs, deadline - start));
    const received = await timedFetch(send, url + target, init, limitMs, given.options.signal);
    const failed = { operation: operation.id, idempotencyKey, attempts: attempt };
    if ('silence' in received) return silent(operation, received, limitMs, failed);
    const { response, text } = received;
    const requestId = response.headers.get('x-request-id') ?? undefined;
    on?.response?.({ ...about, status: response.status, requestId, ms: now() - start });
    if (!response.ok) return new ApiError(problemOf(response, text, now()), failed);
    const position = positionOf(response.headers);
    if (position !== undefined && operation.method !== 'GET' && !operation.takesPosition) this.ownWrites.wrote(position);
    const replayed = response.headers.has('idempotency-replayed');
    const value = valueOf(response, text);
    return { value, status: response.status, position, requestId, idempotencyKey, replayed, attempts: attempt, headers: response.headers };
  }

  private async contents({ operation, given, idempotencyKey }: Sending): Promise<Pick<RequestInit, 'headers' | 'body'>> {
    const { type, body } = contentOf(operation, given);
    const position = operation.takesPosition ? this.positionFor(given.options) : undefined;
    const headers = {
      accept: operation.answer === 'text' ? 'text/csv, application/json' : 'application/json',
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      ...(position === undefined ? {} : { [MIN_POSITION]: String(position) }),
      ...(await this.credentials()),
    };
    if (body === undefined) return { headers };
    // A stream is sent while it is read, which must be said.
    return typeof body === 'function' ? ({ headers, body: body(), duplex: 'half' } as RequestInit) : { headers, body };
  }

  private positionFor({ minPosition }: CallOptions): bigint | string | undefined {
    return minPosition ?? (this.options.consistency === 'eventual' ? undefined : this.ownWrites.position);
  }
}

const told = ({ operation, target, idempotencyKey }: Sending, attempt: number): Attempt => ({
  operation: operation.id,
  method: operation.method,
  path: target,
  attempt,
  idempotencyKey,
});

function silent(
  { method, path }: Operation,
  { silence, cause }: { readonly silence: 'timeout' | 'connection'; readonly cause: unknown },
  limitMs: number,
  failed: FailedCall,
): HoldfastError {
  const unknown = method === 'GET' ? '' : '; whether it took effect is not known';
  const settles = failed.idempotencyKey === undefined ? '' : `: the same call with idempotencyKey ${failed.idempotencyKey} settles it`;
  return silence === 'timeout'
    ? new TimeoutError(`${method} ${path}: no answer within ${String(limitMs)} ms${unknown}${settles}`, failed, { cause })
    : new ConnectionError(`${method} ${path}: no connection, or it broke${unknown}${settles}`, failed, { cause });
}

function positionOf(headers: Headers): bigint | undefined {
  const value = headers.get(POSITION);
  return value === null ? undefined : BigInt(value);
}

function valueOf(response: Response, text: string): unknown {
  if (text === '') return undefined;
  return response.headers.get('content-type')?.includes('json') === true ? (JSON.parse(text) as unknown) : text;
}
