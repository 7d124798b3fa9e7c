/** Long work that waits to go on, oldest first. */
const waiting: (() => void)[] = [];

/**
 * Resolves in a turn of the event loop that no other caller gets: long work awaits it between its parts, so that others are served in between,
 * and parts of several works do not add up.
 */
export function ownTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(serveOne);
  });
}

function serveOne(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(serveOne);
}
