import type { IncomingMessage } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '../observing/logger.js';
import type { Metrics } from '../observing/metrics.js';
import { CONTEXT_IS_CHEAP, contextOf, runInRequest } from '../observing/request-context.js';
import { requestFault } from './request-faults.js';

export const REQUEST_ID_HEADER = 'x-request-id';

/** The id that the caller gave, where it is harmless to repeat, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}

const levelOf = (status: number): 'debug' | 'info' | 'warn' => (status >= 500 ? 'warn' : status >= 400 ? 'info' : 'debug');

/** The metric of every HTTP route, by service, method, template of the route and status. */
export const httpSeconds = (metrics: Metrics): ReturnType<typeof metrics.histogram<'service' | 'method' | 'route' | 'status'>> =>
  metrics.histogram('holdfast_http_request_seconds', 'Time from request to the last byte of the answer', [
    'service',
    'method',
    'route',
    'status',
  ]);

/**
 * Request ids, access lines and the metric of every route; and the context that logs read, where it costs nothing or debug logging is on. Lines
 * of the access log and of errors name their request in any case.
 */
export function addRequestHooks(instance: FastifyInstance, service: string, logger: Logger, metrics: Metrics): void {
  const seconds = httpSeconds(metrics);

  instance.addHook('onRequest', (request, reply, done) => {
    // On the raw response, so that routes that write it themselves (server-sent events) carry it too.
    reply.raw.setHeader(REQUEST_ID_HEADER, request.id);
    done(requestFault(request));
  });

  // After the body was read: what reads it runs in the socket's context and would lose this one.
  if (CONTEXT_IS_CHEAP || logger.isLevelEnabled('debug'))
    instance.addHook('preHandler', (request, _reply, done) => runInRequest(contextOf(request.raw, request.id), done));

  instance.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
    const status = reply.statusCode;
    seconds.labels(service, request.method, route, String(status)).observe(reply.elapsedTime / 1000);
    const level = levelOf(status);
    if (logger.isLevelEnabled(level)) {
      const { requestId, traceId } = contextOf(request.raw, request.id);
      logger[level]({ requestId, traceId, method: request.method, route, status, ms: Math.round(reply.elapsedTime * 10) / 10 }, 'answered');
    }
    done();
  });
}
