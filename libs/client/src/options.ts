/** An attempt, as `on` is told of it. */
export interface Attempt {
  /** Such as `reservations.reserve`. */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  /** From 1. */
  readonly attempt: number;
  readonly idempotencyKey: string | undefined;
}

/** Told of every attempt, for logs and figures. */
export interface Listeners {
  readonly request?: (attempt: Attempt) => void;
  readonly response?: (attempt: Attempt & { readonly status: number; readonly requestId: string | undefined; readonly ms: number }) => void;
  readonly retry?: (attempt: Attempt & { readonly error: Error; readonly waitMs: number }) => void;
}

export interface HoldfastOptions {
  /** Address of the gateway; empty in a page that it serves itself. */
  readonly url: string;
  /** An API key. */
  readonly key?: string;
  /** Gives a JWT; asked before each attempt. */
  readonly token?: () => Promise<string> | string;
  /** For pages that are signed in by cookie. */
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  /** Headers besides, such as `traceparent`; asked before each attempt. */
  readonly headers?: () => Readonly<Record<string, string>>;
  /** Attempts after the first; default 3. */
  readonly retries?: number;
  /** Of one attempt; default 10 s. */
  readonly timeoutMs?: number;
  /** Of a whole call; default 30 s. */
  readonly deadlineMs?: number;
  /** `own-writes` (default): reads reflect what this client wrote; `eventual`: they may be some milliseconds behind. */
  readonly consistency?: 'own-writes' | 'eventual';
  readonly fetch?: typeof fetch;
  readonly on?: Listeners;
}

/** Time and chance, for tests. */
export interface Surroundings {
  readonly now: () => number;
  readonly random: () => number;
  /** Resolves after so long, or at once when the signal says stop. */
  readonly wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

export const systemSurroundings: Surroundings = {
  now: () => Date.now(),
  random: () => Math.random(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      if (signal?.aborted === true) done();
      else signal?.addEventListener('abort', done);
    }),
};
