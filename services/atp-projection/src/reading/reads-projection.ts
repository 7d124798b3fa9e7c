import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable, UseInterceptors, applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { answerPosition, minPositionOf } from '@holdfast/platform';
import { Freshness } from './freshness.js';

@Injectable()
export class ProjectionPosition implements NestInterceptor {
  constructor(private readonly freshness: Freshness) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    // Taken before the rows are read, so that these are at least as new.
    answerPosition(reply, (await this.freshness.reach(request, minPositionOf(request))).position);
    return next.handle();
  }
}

/** Reads of the projection: the answer says which position it reflects, and the caller may ask for one that it must. */
export const ReadsProjection = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    UseInterceptors(ProjectionPosition),
    ApiHeader({
      name: 'holdfast-min-position',
      required: false,
      description: 'Waits up to 5 s until this position is reflected, else 412. Every answer carries the header `holdfast-position`.',
      schema: { type: 'string' },
    }),
  );
