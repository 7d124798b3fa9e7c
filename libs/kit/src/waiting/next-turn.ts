/** Resolves in the next turn of the event loop: long work awaits it between its parts, so that others are served. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
