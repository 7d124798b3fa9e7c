import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PerService } from '@holdfast/platform';

/** Where a service answers: in this process, or at URLs. */
export type ServiceTarget = InProcessTarget | HttpTarget;

export interface InProcessTarget {
  readonly kind: 'in-process';
  /** The service's own handler of raw requests. The caller is attached to the request. */
  handle(request: IncomingMessage, response: ServerResponse): void;
}

export interface HttpTarget {
  readonly kind: 'http';
  /** One an instance: `http://host:port` without a path, or `dns+http://name:port` for every address of the name. */
  readonly urls: readonly string[];
}

export type ServiceTargets = PerService<ServiceTarget>;
