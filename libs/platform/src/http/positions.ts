import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.js';

/** Answered by writes and reads: position of the newest event that the answer reflects, decimal. */
export const POSITION_HEADER = 'holdfast-position';
/** Sent with a read: it waits until its tables reflect this position, else 412 `position_not_reached`. */
export const MIN_POSITION_HEADER = 'holdfast-min-position';

/** Writes the position header of an answer. */
export function answerPosition(reply: FastifyReply, position: bigint): void {
  reply.header(POSITION_HEADER, position.toString());
}

/** @throws Problem 400 `invalid_position`. Undefined when none was sent. */
export function minPositionOf(request: FastifyRequest): bigint | undefined {
  const value = request.headers[MIN_POSITION_HEADER];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return BigInt(value);
  const details = [{ field: 'Holdfast-Min-Position', message: 'must be a decimal whole number' }];
  throw new Problem(400, 'invalid_position', 'Holdfast-Min-Position must be a decimal whole number', { details });
}

/** Parameter of a read: the position that the answer must reflect, `bigint | undefined`. */
export const MinPosition = createParamDecorator((_: unknown, context: ExecutionContext) =>
  minPositionOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
