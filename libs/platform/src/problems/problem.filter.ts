import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../observing/logger.js';
import { contextOf } from '../observing/request-context.js';
import { Problem } from './problem.js';
import { writeProblem } from './problem-body.js';
import { toProblem } from './to-problem.js';

/** Methods that a path answers, for requests that matched no route. */
export type AllowedMethods = (path: string) => readonly string[];

/** Writes every error in the one shape, and logs those that are ours. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly allowedMethods: AllowedMethods,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const path = request.url.split('?', 1)[0] ?? '/';
    const problem = request.is404 ? this.unrouted(request.method, path) : toProblem(error);
    if (problem.status >= 500) {
      const { requestId, traceId } = contextOf(request.raw, request.id);
      this.logger.error({ err: problem.cause ?? error, code: problem.code, path, requestId, traceId }, problem.message);
    }
    if (reply.sent || reply.raw.headersSent) {
      // Half an answer is out; ending the connection is the only way left to say that it is not whole.
      reply.raw.destroy();
      return;
    }
    const { contentType, body } = writeProblem(problem, { accept: request.headers.accept, requestId: request.id, path });
    // A route may have chosen how its own answer is written; errors are always written as JSON.
    void reply
      .headers({ ...problem.headers, 'content-type': contentType })
      .serializer(JSON.stringify)
      .status(problem.status)
      .send(body);
  }

  private unrouted(method: string, path: string): Problem {
    const allowed = this.allowedMethods(path);
    if (allowed.length === 0) return new Problem(404, 'unknown_route', `No route answers ${method} ${path}`);
    const allow = allowed.join(', ');
    return new Problem(405, 'method_not_allowed', `${path} answers ${allow}`, { headers: { allow } });
  }
}
