import type { ServerResponse } from 'node:http';
import { Problem } from '@holdfast/platform';

/** Less than the heartbeat of a stream: its reader notices nothing else until then. */
export const RECHECK_MS = 5_000;

const isRefusal = (error: unknown): boolean => error instanceof Problem && (error.status === 401 || error.status === 403);

/**
 * Cuts an answer that goes on, such as a stream of events, once its credential is refused: a request is asked who it is only at its
 * beginning. An answer that has not begun is left alone, as a write must say what became of it.
 * @param recheck rejects when the credential is refused; another failure says nothing about it
 */
export function cutWhenRefused(response: ServerResponse, recheck: () => Promise<unknown>): void {
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
  }, RECHECK_MS);
  timer.unref();
  response.once('close', () => clearInterval(timer));
}
