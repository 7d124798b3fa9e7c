import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable, UseInterceptors, applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { answerPosition, minPositionOf } from '@holdfast/platform';
import { Freshness } from './freshness.js';

@Injectable()
export class StorePosition implements NestInterceptor {
  constructor(private readonly freshness: Freshness) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    answerPosition(reply, await this.freshness.reachStore(minPositionOf(request)));
    return next.handle();
  }
}

/** Reads of the event store itself: they reflect every write that was answered, and say up to which position they do at least. */
export const ReadsStore = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    UseInterceptors(StorePosition),
    ApiHeader({
      name: 'holdfast-min-position',
      required: false,
      description: 'Refused with 412 where the log has no such position yet. Every answer carries the header `holdfast-position`.',
      schema: { type: 'string' },
    }),
  );
