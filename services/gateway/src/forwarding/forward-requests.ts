import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RouteTable, Upstream } from '@holdfast/forwarding';
import type { Caller, Logger, Metrics, PerService } from '@holdfast/platform';
import {
  answerProblem,
  attachCaller,
  httpSeconds,
  normaliseTarget,
  Problem,
  REQUEST_ID_HEADER,
  requestIdOf,
  toProblem,
} from '@holdfast/platform';
import type { Authenticator } from '../access/authenticator.js';
import type { RateLimiter } from '../access/rate-limiter.js';
import type { Strangers } from '../access/strangers.js';
import { tooMany } from '../access/strangers.js';
import { cutWhenRefused, mayBeCut } from './long-answers.js';

export type RawHandler = (request: IncomingMessage, response: ServerResponse) => void;

export interface ForwardingOptions {
  readonly table: RouteTable;
  readonly authenticator: Authenticator;
  readonly limiter: RateLimiter;
  readonly strangers: Strangers;
  readonly upstreams: PerService<Upstream>;
  /** Handler of the routes of the gateway itself. */
  readonly own: RawHandler;
  /** Answers what no route answers, and `/`, where a browser asks for the console. @returns false for everything else */
  readonly serveConsole: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** How often the credential of an answer that goes on is checked again; every 5 s unless given. */
  readonly recheckMs: number | undefined;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Prefix of headers that processes of Holdfast exchange. They are removed from requests of clients. */
const INTERNAL = 'x-holdfast-';

function stripInternal(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers)) if (name.startsWith(INTERNAL)) Reflect.deleteProperty(request.headers, name);
}

const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?', 1)[0] ?? '/';

/** Returns the handler of every request: it matches the route, authenticates and limits the caller, and forwards the raw request. */
export function forwardRequests(options: ForwardingOptions): RawHandler {
  const { table, authenticator, limiter, strangers, upstreams, own, logger } = options;
  const refused = options.metrics.counter('holdfast_gateway_refused_total', 'Requests that the gateway answered with a problem itself', [
    'code',
  ]);

  const seconds = httpSeconds(options.metrics);

  const refuse = (request: IncomingMessage, response: ServerResponse, error: unknown): void => {
    const problem = toProblem(error);
    const requestId = requestIdOf(request);
    refused.inc({ code: problem.code });
    const level = problem.status >= 500 ? 'error' : 'info';
    logger[level](
      { requestId, code: problem.code, path: pathOf(request), ...(level === 'error' ? { err: problem.cause } : {}) },
      problem.message,
    );
    if (response.headersSent) {
      response.destroy();
      return;
    }
    // The rest of an unread body would be read as the next request.
    if (!request.complete) response.setHeader('connection', 'close');
    answerProblem(request, response, problem, requestId);
  };

  // Only requests to other processes are measured here: a service in this process measures its own.
  const measure = (request: IncomingMessage, response: ServerResponse, route: string): void => {
    const start = performance.now();
    response.once('close', () => {
      const status = String(response.statusCode);
      seconds.labels('gateway', request.method ?? 'GET', route, status).observe((performance.now() - start) / 1000);
    });
  };

  const limit = (caller: Caller): void => {
    const waitMs = limiter.take(`${caller.tenant}|${caller.subject}`);
    if (waitMs > 0) throw tooMany('requests', limiter.perSecond, waitMs);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    normaliseTarget(request);
    const url = request.url ?? '/';
    const route = table.match(request.method ?? 'GET', url);
    if (route === undefined || route.open) strangers.admit(request);
    if ((route === undefined || route.template === '/') && options.serveConsole(request, response)) return;
    if (route === undefined) {
      const allowed = table.allowed(url);
      // The router of the application answers a path that is no route (404).
      if (allowed.length === 0) return own(request, response);
      const allow = allowed.join(', ');
      throw new Problem(405, 'method_not_allowed', `${pathOf(request)} answers ${allow}`, { headers: { allow } });
    }
    if (route.open && route.destination === 'gateway') return own(request, response);
    const caller = route.open ? undefined : await authenticator.authenticate(request);
    if (caller !== undefined) limit(caller);
    if (route.destination !== 'gateway') {
      if (caller !== undefined && mayBeCut(request)) cutWhenRefused(response, authenticator.recheckOf(request), options.recheckMs);
      // What opens a session is for the gateway alone; over HTTP it is not forwarded either.
      delete request.headers.cookie;
      const upstream = upstreams[route.destination];
      if (upstream.remote) measure(request, response, route.template);
      return upstream.serve(request, response, caller, route);
    }
    if (caller !== undefined) attachCaller(request, caller);
    return own(request, response);
  };

  return (request, response) => {
    stripInternal(request);
    request.headers[REQUEST_ID_HEADER] = requestIdOf(request);
    serve(request, response).catch((error: unknown) => refuse(request, response, error));
  };
}
