import { hash, randomUUID } from 'node:crypto';
import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { MAX_IDEMPOTENCY_KEY_LENGTH } from '../input/limits.js';
import { Problem } from '../problems/problem.js';
import { canonicalJson } from './canonical-json.js';

export const IDEMPOTENCY_HEADER = 'idempotency-key';

/** A UUID (version 8) made of the first 16 bytes of the SHA-256 of a text. */
export function uuidOf(text: string): string {
  const hex = hash('sha256', text);
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** @throws Problem 400 `invalid_idempotency_key`. Undefined when none was sent. */
export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers[IDEMPOTENCY_HEADER];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key.length <= MAX_IDEMPOTENCY_KEY_LENGTH && /^[\x20-\x7e]+$/.test(key)) return key;
  const message = `must be 1 to ${MAX_IDEMPOTENCY_KEY_LENGTH} printable ASCII characters`;
  throw new Problem(400, 'invalid_idempotency_key', `Idempotency-Key ${message}`, { details: [{ field: 'Idempotency-Key', message }] });
}

const commandIds = new WeakMap<FastifyRequest, string>();
const requestHashes = new WeakMap<FastifyRequest, string>();

const pathOf = (url: string): string => {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
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

/** SHA-256 (hex) of the canonical body: the order of properties and white space do not matter. */
export function requestHashOf(request: FastifyRequest): string {
  const known = requestHashes.get(request);
  if (known !== undefined) return known;
  const digest = hash('sha256', canonicalJson(request.body));
  requestHashes.set(request, digest);
  return digest;
}

const requestIn = (context: ExecutionContext): FastifyRequest => context.switchToHttp().getRequest<FastifyRequest>();

/** Parameter of a route: UUID of the command that this request means. */
export const CommandId = createParamDecorator((_: unknown, context: ExecutionContext) => commandIdOf(requestIn(context)));

/** Parameter of a route: whether the request came with a key, so that it may come again. */
export const IsKeyed = createParamDecorator((_: unknown, context: ExecutionContext) => idempotencyKeyOf(requestIn(context)) !== undefined);

/** Parameter of a route: hash of the body as sent. */
export const RequestHash = createParamDecorator((_: unknown, context: ExecutionContext) => requestHashOf(requestIn(context)));
