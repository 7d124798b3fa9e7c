import type { IncomingMessage } from 'node:http';
import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.js';

/** Who asks. The tenant comes from the credential and from nowhere else. */
export interface Caller {
  readonly tenant: string;
  /** Key id or token subject; goes into events as the actor. */
  readonly subject: string;
  /** Names as in `inventory.read`; `inventory.*` and `*` are understood. */
  readonly permissions: readonly string[];
  /** The person behind a key: who made it, or who made the key that made it. Missing where the subject is the person. */
  readonly person?: string;
}

/** The person who acts, whichever credential is used: two keys of one maker are one person. */
export const personOf = ({ subject, person }: Pick<Caller, 'subject' | 'person'>): string => person ?? subject;

// A symbol on the raw request: no header of a client can reach it.
const attached = Symbol('holdfast caller');

interface RequestWithCaller extends IncomingMessage {
  [attached]?: Caller;
}

/** Puts the caller on a raw request that is handed over within the process. */
export function attachCaller(request: IncomingMessage, caller: Caller): void {
  (request as RequestWithCaller)[attached] = caller;
}

/** The caller put on a raw request, if one was. */
export function attachedCaller(request: IncomingMessage): Caller | undefined {
  return (request as RequestWithCaller)[attached];
}

/** @throws Problem 401 `unauthenticated` on a request without a credential. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = attachedCaller(request.raw);
  if (caller === undefined) throw new Problem(401, 'unauthenticated', 'Send an API key or a token: Authorization: Bearer …');
  return caller;
}

/** Parameter of a route: who asks. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
