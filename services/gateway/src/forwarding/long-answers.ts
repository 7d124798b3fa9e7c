import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '@holdfast/platform';

/** Less than the heartbeat of a stream: its reader notices nothing else until then. */
export const RECHECK_MS = 5_000;

const isRefusal = (error: unknown): boolean => error instanceof Problem && (error.status === 401 || error.status === 403);

/** Whether the answer to a request may be cut: a read or a stream of events. The answer to a write says what became of it, however long it takes. */
export const mayBeCut = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' || (headers.accept?.toLowerCase().includes('text/event-stream') ?? false);

/**
 * Cuts an answer that goes on, such as a stream of events, once its credential is refused: a request is asked who it is only at its
 * beginning. An answer that has not begun is left alone: it may still be refused with a problem.
 * @param recheck rejects when the credential is refused; another failure says nothing about it
 */
export function cutWhenRefused(response: ServerResponse, recheck: () => Promise<unknown>, everyMs = RECHECK_MS): void {
  // The client may have left while it was authenticated; `close` is not emitted again.
  if (response.destroyed || response.closed) return;
  let isAsking = false;
  const timer = setInterval(() => {
    if (isAsking || !response.headersSent) return;
    isAsking = true;
    recheck()
      .catch((error: unknown) => {
        if (isRefusal(error)) response.destroy();
      })
      .finally(() => {
        isAsking = false;
      });
  }, everyMs);
  timer.unref();
  response.once('close', () => clearInterval(timer));
}
