import type { ProcessorObserver } from '@holdfast/ledger';

/** Told of what the queues per SKU do, on their own path: it must be quick, and must not throw. */
export type TurnListener = Required<Pick<ProcessorObserver, 'turnEnded' | 'turnedAway'>>;

/** Lets the services of a process listen to the queues per SKU. */
export class LedgerTurns {
  private readonly listeners = new Set<TurnListener>();

  /** @returns what ends it */
  listen(listener: TurnListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** An observer that tells the listeners too. */
  observing(observer: ProcessorObserver): ProcessorObserver {
    return {
      ...observer,
      turnEnded: (turn) => {
        observer.turnEnded?.(turn);
        for (const listener of this.listeners) listener.turnEnded(turn);
      },
      turnedAway: (stream, command) => {
        observer.turnedAway?.(stream, command);
        for (const listener of this.listeners) listener.turnedAway(stream, command);
      },
    };
  }
}
