import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault, FaultPlan } from '../faults/fault-plan.js';
import { spoiled } from '../faults/spoiled-answers.js';
import type { SandboxClock } from '../sandbox-clock.js';
import type { SimulatorOptions } from '../simulator.js';
import type { CallLog } from './call-log.js';
import type { VendorAnswer, VendorCall, VendorRoute } from './vendor-call.js';

const MAX_BODY_BYTES = 64 * 1_048_576;

export interface VendorServerOptions {
  readonly routes: readonly VendorRoute[];
  readonly faults: FaultPlan;
  readonly log: CallLog;
  readonly clock: SandboxClock;
  readonly port: number;
  /** Operations, such as asking for a token, that meet no planned fault unless it names them. */
  readonly spared?: readonly string[];
  /** Says in the vendor's words that there were too many calls, or that the vendor has a fault. */
  readonly faultAnswer: (fault: Fault & { readonly kind: 'throttle' | 'server_error' }) => VendorAnswer;
  readonly onExpireTokens: () => void;
  /** Headers of every answer. */
  readonly headers?: () => Readonly<Record<string, string>>;
  readonly onCall: SimulatorOptions['onCall'] | undefined;
  /** Sees every call with its answer, e.g. to check both against the vendor's specification. */
  readonly check?: (route: VendorRoute, call: VendorCall, answer: VendorAnswer) => void;
}

export interface VendorServer {
  readonly url: string;
  close(): Promise<void>;
}

const OF_THE_CALL = ['reject_listings', 'apply_late', 'never_apply', 'apply_twice', 'error_with_200', 'repeat_page'] as const;
type CallFault = Extract<Fault, { readonly kind: (typeof OF_THE_CALL)[number] }>;
const faultOfCall = new WeakMap<VendorCall, CallFault>();

const isOfTheCall = (fault: Fault): fault is CallFault => OF_THE_CALL.some((kind) => kind === fault.kind);

/** The planned fault that the handler of this call itself has to act out. */
export const callFault = (call: VendorCall): CallFault | undefined => faultOfCall.get(call);

/** Serves a vendor's routes on a loopback port and acts out the faults that are the same for every vendor. */
export async function serveVendor(options: VendorServerOptions): Promise<VendorServer> {
  const routes = options.routes.map((route) => ({ route, segments: route.path.split('/') }));
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      failed(error);
      response.destroy();
    });
  });

  function failed(error: unknown): void {
    options.log.violation(`the simulator failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const found = matching(routes, request.method ?? 'GET', url.pathname);
    const body = await bodyOf(request);
    if (body === undefined) return send(response, { status: 413 });
    if (found === undefined) {
      options.log.violation(`${request.method ?? ''} ${url.pathname} is no route of this vendor`);
      return send(response, { status: 404, body: {} });
    }
    const { params } = found;
    const call: VendorCall = {
      method: found.route.method,
      path: url.pathname,
      params,
      query: url.searchParams,
      headers: request.headers,
      body,
    };
    const route = { ...found.route, operation: found.route.operationOf?.(call) ?? found.route.operation };
    const fault = options.spared?.includes(route.operation) === true ? undefined : options.faults.take(route.operation);
    await act(route, call, fault, response);
  }

  async function act(route: VendorRoute, call: VendorCall, fault: Fault | undefined, response: ServerResponse): Promise<void> {
    if (fault?.kind === 'drop') return note(route, 0, false, () => response.destroy());
    if (fault?.kind === 'throttle' || fault?.kind === 'server_error') return answer(route, call, options.faultAnswer(fault), response);
    if (fault?.kind === 'arrive_late') {
      options.clock.after(fault.ms, () => void Promise.resolve(route.handle(call)).catch(failed));
      return note(route, 0, false, () => response.destroy());
    }
    if (fault?.kind === 'expire_tokens') options.onExpireTokens();
    if (fault !== undefined && isOfTheCall(fault)) faultOfCall.set(call, fault);
    options.onCall?.(route.operation, call);
    const made = await route.handle(call);
    if (fault?.kind === 'lose_answer') return note(route, 0, false, () => response.destroy());
    if (fault?.kind === 'slow_answer') await new Promise<void>((resolve) => options.clock.after(fault.ms, resolve));
    if (fault?.kind !== 'spoil') return answer(route, call, made, response);
    options.check?.(route, call, made);
    note(route, 200, false, () => send(response, withHeaders(spoiled(fault.how, made)), fault.how === 'cut_off'));
  }

  const withHeaders = (made: VendorAnswer): VendorAnswer =>
    options.headers === undefined ? made : { ...made, headers: { ...options.headers(), ...made.headers } };

  function answer(route: VendorRoute, call: VendorCall, made: VendorAnswer, response: ServerResponse): void {
    options.check?.(route, call, made);
    note(route, made.status, made.throttled === true, () => send(response, withHeaders(made)));
  }

  function note(route: VendorRoute, status: number, throttled: boolean, then: () => void): void {
    options.log.add({ at: options.clock.now(), operation: route.operation, status, throttled });
    then();
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Match {
  readonly route: VendorRoute;
  readonly params: Readonly<Record<string, string>>;
}

function matching(
  routes: readonly { readonly route: VendorRoute; readonly segments: readonly string[] }[],
  method: string,
  path: string,
): Match | undefined {
  const parts = path.split('/');
  for (const { route, segments } of routes) {
    if (route.method !== method || segments.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = segments.every((segment, index) => {
      const part = parts[index] ?? '';
      if (!segment.startsWith(':')) return segment === part;
      params[segment.slice(1)] = decodeURIComponent(part);
      return part !== '';
    });
    if (fits) return { route, params };
  }
  return undefined;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @param cut the connection ends where the body does, whatever length was said */
function send(response: ServerResponse, { status, headers, body }: VendorAnswer, cut = false): void {
  if (cut) return void response.writeHead(status, headers).write(body, () => response.destroy());
  if (body === undefined) return void response.writeHead(status, headers).end();
  if (Buffer.isBuffer(body)) return void response.writeHead(status, headers).end(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
