/**
 * Runs `action` once when the signal aborts, at once where it has already.
 * @returns detaches the action. Call it when the wait is over: a signal lives as long as its service, and keeps each action and all
 * that the action refers to.
 */
export function whenAborted(signal: AbortSignal, action: () => void): () => void {
  if (signal.aborted) {
    action();
    return () => undefined;
  }
  signal.addEventListener('abort', action, { once: true });
  return () => signal.removeEventListener('abort', action);
}
