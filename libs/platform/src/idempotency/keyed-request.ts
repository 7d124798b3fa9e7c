import type { Hash } from 'node:crypto';
import { createHash, randomUUID } from 'node:crypto';
import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { MAX_IDEMPOTENCY_KEY_LENGTH } from '../input/limits.js';
import { Problem } from '../problems/problem.js';
import { canonicalJson, canonicalSteps, inSlices, sha256, uuidOf } from '@holdfast/kit';

export const IDEMPOTENCY_HEADER = 'idempotency-key';

/** @throws Problem 400 `invalid_idempotency_key`. Undefined when none was sent. */
export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers[IDEMPOTENCY_HEADER];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key.length <= MAX_IDEMPOTENCY_KEY_LENGTH && /^[\x20-\x7e]+$/.test(key)) return key;
  const message = `must be 1 to ${MAX_IDEMPOTENCY_KEY_LENGTH} printable ASCII characters`;
  throw new Problem(400, 'invalid_idempotency_key', `Idempotency-Key ${message}`, { details: [{ field: 'Idempotency-Key', message }] });
}

/** The refusal of a key that came with another request before. */
export const keyReused = (): Problem =>
  new Problem(422, 'idempotency_key_reused', 'This Idempotency-Key came with another body or query before; send a new key');

/** Bytes that are hashed in one step: some tenths of a millisecond. */
const STEP_BYTES = 262_144;

const commandIds = new WeakMap<FastifyRequest, string>();
const requestHashes = new WeakMap<FastifyRequest, string>();

const pathOf = (url: string): string => {
  const [path = '/'] = url.split('?', 1);
  return path.endsWith('/') && path !== '/' ? path.slice(0, -1) : path;
};

/** The same for repeats of a keyed request of one tenant on one route; random without a key. */
export function commandIdOf(request: FastifyRequest): string {
  const known = commandIds.get(request);
  if (known !== undefined) return known;
  const key = idempotencyKeyOf(request);
  const id = key === undefined ? randomUUID() : uuidOf(`${callerOf(request).tenant}|${request.method} ${pathOf(request.url)}|${key}`);
  commandIds.set(request, id);
  return id;
}

/** What the query adds to the text that is hashed: nothing where there is none, so that answers kept before it counted are still found. */
function hashedQuery({ query }: FastifyRequest): string {
  const text = canonicalJson(query ?? {});
  return text === '{}' ? '' : `?${text}`;
}

/** SHA-256 (hex) of body and query: of JSON without regard to the order of properties and white space, of a file its bytes. */
export function requestHashOf(request: FastifyRequest): string {
  const known = requestHashes.get(request);
  if (known !== undefined) return known;
  const { body } = request;
  const query = hashedQuery(request);
  const digest = Buffer.isBuffer(body)
    ? createHash('sha256').update(body).update(query).digest('hex')
    : sha256(canonicalJson(body) + query);
  requestHashes.set(request, digest);
  return digest;
}

/** Makes the hash of a request with a long body without holding the event loop; `requestHashOf` finds it then. */
export async function hashInSlices(request: FastifyRequest): Promise<void> {
  requestHashes.set(request, await inSlices(hashing(request)));
}

function* hashing(request: FastifyRequest): Generator<undefined, string> {
  const { body } = request;
  const digest = createHash('sha256');
  if (Buffer.isBuffer(body)) yield* updateWith(body, digest);
  else yield* canonicalSteps(body, (text) => digest.update(text));
  return digest.update(hashedQuery(request)).digest('hex');
}

function* updateWith(bytes: Buffer, digest: Hash): Generator<undefined, void> {
  for (let start = 0; start < bytes.length; start += STEP_BYTES) {
    digest.update(bytes.subarray(start, start + STEP_BYTES));
    yield;
  }
}

const requestIn = (context: ExecutionContext): FastifyRequest => context.switchToHttp().getRequest<FastifyRequest>();

/** Parameter of a route: UUID of the command that this request means. */
export const CommandId = createParamDecorator((_: unknown, context: ExecutionContext) => commandIdOf(requestIn(context)));

/** Parameter of a route: whether the request came with a key, so that it may come again. */
export const IsKeyed = createParamDecorator((_: unknown, context: ExecutionContext) => idempotencyKeyOf(requestIn(context)) !== undefined);

/** Parameter of a route: hash of the body and query as sent. */
export const RequestHash = createParamDecorator((_: unknown, context: ExecutionContext) => requestHashOf(requestIn(context)));
