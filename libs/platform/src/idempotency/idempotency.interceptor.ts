import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { defer, firstValueFrom } from 'rxjs';
import { callerOf } from '../access/caller.js';
import { IDEMPOTENCY } from '../http/tokens.js';
import { POSITION_HEADER } from '../http/positions.js';
import type { Problem } from '../problems/problem.js';
import { toProblem } from '../problems/to-problem.js';
import { commandIdOf, hashInSlices, idempotencyKeyOf, keyReused, requestHashOf } from './keyed-request.js';
import { isRefusal, problemOfRefusal, refusalOf } from './refusal.js';
import type { IdempotencyStore, RememberedAnswer } from './store.js';

export const REPLAYED_HEADER = 'idempotency-replayed';
/** Metadata of a route: whether what it did can be told again from the decision itself. */
export const DECIDED_ONCE = Symbol('holdfast decided once');
/** Hashing a longer body takes milliseconds. */
const LONG_BODY_BYTES = 65_536;
const KEPT_HEADERS = [POSITION_HEADER, 'location'] as const;

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly next: CallHandler;
  readonly decidedOnce: boolean;
}

type Executed = { readonly answer: RememberedAnswer; readonly value: unknown };

/** Answers a repeated key with the first answer. Repeats that come while the first is served wait for it. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  // Shared by the routes of one process through the store, as each module gets its own interceptor.
  private static readonly served = new WeakMap<IdempotencyStore, Map<string, Promise<unknown>>>();
  private readonly inFlight: Map<string, Promise<unknown>>;

  constructor(@Inject(IDEMPOTENCY) private readonly store: IdempotencyStore) {
    const known = IdempotencyInterceptor.served.get(store) ?? new Map<string, Promise<unknown>>();
    IdempotencyInterceptor.served.set(store, known);
    this.inFlight = known;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (idempotencyKeyOf(request) === undefined) return next.handle();
    const decidedOnce = Reflect.getMetadata(DECIDED_ONCE, context.getHandler()) === true;
    return defer(() => this.once({ request, reply: http.getResponse<FastifyReply>(), next, decidedOnce }));
  }

  private async once(asked: Asked): Promise<unknown> {
    const id = commandIdOf(asked.request);
    if (isLong(asked.request)) await hashInSlices(asked.request);
    for (let first = this.inFlight.get(id); first !== undefined; first = this.inFlight.get(id)) await first;
    const turn = this.serve(id, asked);
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    this.inFlight.set(id, settled);
    try {
      return await turn;
    } finally {
      this.inFlight.delete(id);
    }
  }

  private async serve(id: string, { request, reply, next, decidedOnce }: Asked): Promise<unknown> {
    const known = await this.store.find(id);
    if (known !== undefined) return replay(known, request, reply);

    const { answer, value } = await execute(request, reply, next);
    const { tenant } = callerOf(request);
    if (decidedOnce && !isRefusal(answer)) await this.store.rememberSoon(id, tenant, answer);
    else {
      const kept = await this.store.remember(id, tenant, answer);
      if (kept !== answer) return replay(kept, request, reply);
      if (isRefusal(answer)) throw problemOfRefusal(answer);
    }
    if (answer.body !== null) serialiseAs(reply, answer.body);
    return value;
  }
}

/** Without a length told, the body may have any. */
const isLong = ({ headers }: FastifyRequest): boolean => Number(headers['content-length'] ?? LONG_BODY_BYTES) >= LONG_BODY_BYTES;

/**
 * Nothing was decided: the request was faulty, came too often, while another worked on the same thing or before a view reflected what it needs,
 * or we failed. Its key may come again with a mended request.
 */
const isUndecided = ({ status, code }: Problem): boolean =>
  status === 400 || status === 413 || status === 415 || status === 429 || status >= 500 || isForNow(code);

const isForNow = (code: string): boolean => code.endsWith('_busy') || code === 'position_not_reached';

/** Runs the route. A refusal is an answer; what was not decided is thrown on. */
async function execute(request: FastifyRequest, reply: FastifyReply, next: CallHandler): Promise<Executed> {
  const requestHash = requestHashOf(request);
  try {
    const value: unknown = await firstValueFrom(next.handle(), { defaultValue: undefined });
    const body = value === undefined || value === null ? null : JSON.stringify(value);
    return { answer: { requestHash, status: reply.statusCode, headers: keptHeaders(reply), body }, value };
  } catch (error) {
    const problem = toProblem(error);
    if (isUndecided(problem)) throw error;
    return { answer: refusalOf(problem, requestHash), value: undefined };
  }
}

function keptHeaders(reply: FastifyReply): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = reply.getHeader(name);
    if (value !== undefined) headers[name] = String(value);
  }
  return headers;
}

// The text was made for the store already; making it again of a large bulk answer would cost as much as the rest of the request.
const serialiseAs = (reply: FastifyReply, text: string): unknown =>
  reply.header('content-type', 'application/json; charset=utf-8').serializer(() => text);

function replay(known: RememberedAnswer, request: FastifyRequest, reply: FastifyReply): unknown {
  if (known.requestHash !== requestHashOf(request)) throw keyReused();
  reply.headers({ ...known.headers, [REPLAYED_HEADER]: 'true' });
  if (isRefusal(known)) throw problemOfRefusal(known);
  reply.status(known.status);
  return known.body === null ? undefined : (JSON.parse(known.body) as unknown);
}
