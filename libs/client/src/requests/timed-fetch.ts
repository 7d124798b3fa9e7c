/** Why no answer came. */
export type Silence = 'timeout' | 'connection';

export interface Received {
  readonly response: Response;
  readonly text: string;
}

/**
 * Fetches and reads the answer within a time.
 * @throws what the caller's signal says when it stops the call; otherwise tells why there was no answer
 */
export async function timedFetch(
  send: typeof fetch,
  url: string,
  init: RequestInit,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Received | { readonly silence: Silence; readonly cause: unknown }> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  try {
    signal?.throwIfAborted();
    const both = signal === undefined ? timeout.signal : AbortSignal.any([signal, timeout.signal]);
    const response = await send(url, { ...init, signal: both });
    return { response, text: await response.text() };
  } catch (cause) {
    signal?.throwIfAborted();
    return { silence: timeout.signal.aborted ? 'timeout' : 'connection', cause };
  } finally {
    clearTimeout(timer);
  }
}
