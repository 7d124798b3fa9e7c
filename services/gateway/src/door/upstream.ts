import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '@holdfast/platform';
import { attachCaller } from '@holdfast/platform';
import { HttpProxy } from './http-proxy.js';
import { readInProcess } from './in-process-request.js';
import type { GatewayTarget } from './targets.js';

/** A service as the gateway uses it, wherever it runs. */
export interface Upstream {
  readonly remote: boolean;
  /** Hands a request over. Resolves when the gateway has nothing more to do with it. */
  serve(request: IncomingMessage, response: ServerResponse, caller: Caller): Promise<void> | undefined;
  /** Reads JSON of a public route. */
  read(path: string): Promise<unknown>;
  close(): Promise<void>;
}

export function upstreamOf(
  target: GatewayTarget,
  options: { readonly secret: string | undefined; readonly bodyLimitBytes: number },
): Upstream {
  if (target.kind === 'in-process')
    return {
      remote: false,
      serve(request, response, caller) {
        attachCaller(request, caller);
        target.handle(request, response);
        return undefined;
      },
      read: (path) => readInProcess(target, path),
      close: () => Promise.resolve(),
    };
  if (options.secret === undefined) throw new Error('services in other processes need HOLDFAST_INTERNAL_SECRET');
  const proxy = new HttpProxy(target.url, options.secret, options.bodyLimitBytes);
  return {
    remote: true,
    serve: (request, response, caller) => proxy.forward(request, response, caller),
    read: (path) => proxy.read(path),
    close: () => proxy.close(),
  };
}
