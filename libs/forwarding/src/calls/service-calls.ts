import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Caller, Method, RoutedService } from '@holdfast/platform';
import { answerProblem, REQUEST_ID_HEADER, toProblem } from '@holdfast/platform';
import { RouteTable } from '../route-table.js';
import type { Upstream } from '../upstreams/upstream.js';
import { headOf, ReadableResponse, requestOf, textOf } from './exchange.js';

/** A request that one service makes of another for a caller. */
export interface ServiceCall {
  readonly method: Method;
  /** With its query, percent-encoded. */
  readonly path: string;
  readonly caller: Caller;
  readonly requestId: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON; undefined where the answer has no body. */
  readonly body: unknown;
}

export interface ServiceStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The bytes as they come. Destroy it to end the request. */
  readonly body: Readable;
}

/**
 * Calls routes of other services as the gateway forwards requests: by the same table, to the same handlers, with the caller attached or signed.
 * So access, limits, idempotency and errors are those of the routes. In one process no connection is used.
 */
export class ServiceCalls {
  private readonly table = new RouteTable();

  constructor(private readonly upstreams: Readonly<Partial<Record<RoutedService, Upstream>>>) {}

  /** Resolves also where the route refuses. */
  async call(call: ServiceCall): Promise<ServiceAnswer> {
    const response = this.serve(call);
    const text = await textOf(response);
    return { status: response.statusCode, headers: headersOf(response), body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  }

  /** Resolves when the headers are there. */
  async stream(call: ServiceCall): Promise<ServiceStream> {
    const response = this.serve(call);
    await headOf(response);
    return { status: response.statusCode, headers: headersOf(response), body: response.body };
  }

  private serve(call: ServiceCall): ReadableResponse {
    const request = requestFor(call);
    const response = new ReadableResponse(request);
    this.forward(call, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else answerProblem(request, response, toProblem(error), call.requestId);
    });
    return response;
  }

  private async forward(call: ServiceCall, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = this.table.match(call.method, call.path);
    const upstream = route === undefined || route.destination === 'gateway' ? undefined : this.upstreams[route.destination];
    if (route === undefined || upstream === undefined) throw new Error(`no service answers ${call.method} ${call.path}`);
    await upstream.serve(request, response, call.caller, route);
  }
}

function requestFor({ method, path, headers = {}, body, requestId }: ServiceCall): IncomingMessage {
  const sent = { ...headers, accept: '*/*', [REQUEST_ID_HEADER]: requestId };
  if (body === undefined) return requestOf(method, path, sent);
  return requestOf(method, path, { ...sent, 'content-type': 'application/json' }, Buffer.from(JSON.stringify(body)));
}

const headersOf = (response: ServerResponse): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, value === undefined ? undefined : String(value)]));
