import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** What is known of the request that the running code serves. */
export interface RequestContext {
  readonly requestId: string;
  /** 32 hex digits: the one of the caller's `traceparent`, else made here when somebody asks. */
  readonly traceId: string;
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?$/;
const NO_TRACE = '0'.repeat(32);

class ServedRequest implements RequestContext {
  #traceId: string | undefined;

  constructor(
    readonly requestId: string,
    traceparent: string | undefined,
  ) {
    const given = traceparent === undefined ? undefined : TRACEPARENT.exec(traceparent)?.[1];
    this.#traceId = given === NO_TRACE ? undefined : given;
  }

  get traceId(): string {
    this.#traceId ??= randomUUID().replaceAll('-', '');
    return this.#traceId;
  }
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs work as part of a request. @param traceparent W3C header, malformed ones are ignored */
export const runInRequest = <Result>(requestId: string, traceparent: string | undefined, work: () => Result): Result =>
  storage.run(new ServedRequest(requestId, traceparent), work);

/** The request being served, undefined outside of one (consumers, timers). */
export const currentRequest = (): RequestContext | undefined => storage.getStore();
