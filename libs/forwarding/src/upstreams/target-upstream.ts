import type { Logger } from '@holdfast/platform';
import { attachCaller } from '@holdfast/platform';
import { Instances } from '../instances/instances.js';
import { readInProcess } from './in-process-request.js';
import type { ServiceTarget } from './targets.js';
import type { Upstream } from './upstream.js';

export interface UpstreamOptions {
  readonly service: string;
  readonly secret: string | undefined;
  readonly bodyLimitBytes: number;
  readonly importLimitBytes: number;
  readonly logger: Logger;
}

export function upstreamOf(target: ServiceTarget, options: UpstreamOptions): Upstream {
  if (target.kind === 'in-process')
    return {
      remote: false,
      serve(request, response, caller) {
        if (caller !== undefined) attachCaller(request, caller);
        target.handle(request, response);
        return undefined;
      },
      read: (path) => readInProcess(target, path),
      close: () => Promise.resolve(),
    };
  if (options.secret === undefined) throw new Error('services in other processes need HOLDFAST_INTERNAL_SECRET');
  return new Instances({ ...options, secret: options.secret, urls: target.urls });
}
