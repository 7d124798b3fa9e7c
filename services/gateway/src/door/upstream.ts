import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller, Logger } from '@holdfast/platform';
import { attachCaller } from '@holdfast/platform';
import { Instances } from '../instances/instances.js';
import { readInProcess } from './in-process-request.js';
import type { GatewayTarget } from './targets.js';

/** A service as the gateway uses it, wherever it runs. */
export interface Upstream {
  readonly remote: boolean;
  /**
   * Hands a request over. Resolves when the gateway has nothing more to do with it.
   * @param params of the route that matched, by name, decoded
   */
  serve(
    request: IncomingMessage,
    response: ServerResponse,
    caller: Caller,
    params: Readonly<Record<string, string | undefined>>,
  ): Promise<void> | undefined;
  /** Reads JSON of a public route. */
  read(path: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface UpstreamOptions {
  readonly service: string;
  readonly secret: string | undefined;
  readonly bodyLimitBytes: number;
  readonly logger: Logger;
}

export function upstreamOf(target: GatewayTarget, options: UpstreamOptions): Upstream {
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
  return new Instances({ ...options, secret: options.secret, urls: target.urls });
}
