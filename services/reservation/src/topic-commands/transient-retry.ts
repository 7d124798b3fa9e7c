import { isTransient } from '@holdfast/messaging';
import { DOOR_FIRST_PAUSE_MS, DOOR_MOST_PAUSE_MS } from '../limits.js';
import { pauseOn, type Timers } from '@holdfast/kit';

/** The door closes while a command waits for a fault to pass; the topic brings the command again. */
export class DoorClosed extends Error {
  readonly transient = true;
  constructor(cause: unknown) {
    super('the door was closed before a fault had passed', { cause });
    this.name = 'DoorClosed';
  }
}

const BUSY: readonly unknown[] = ['sku_busy', 'stream_busy'];

/** Whether the fault passes by itself: a full queue, an engine that is away. */
const isPassing = (error: unknown): boolean =>
  isTransient(error) || (typeof error === 'object' && error !== null && 'code' in error && BUSY.includes(error.code));

/** Waits out faults that pass by themselves. */
export class Patience {
  private closed = false;

  constructor(
    private readonly timers: Timers,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** Work that waits gives up from now on. */
  close(): void {
    this.closed = true;
  }

  /** Tries again until it works. @throws DoorClosed once closed, and at once what does not pass by itself */
  async through<T>(work: () => Promise<T>): Promise<T> {
    for (let pauseMs = DOOR_FIRST_PAUSE_MS; ; pauseMs = Math.min(DOOR_MOST_PAUSE_MS, pauseMs * 2)) {
      try {
        return await work();
      } catch (error) {
        if (!isPassing(error)) throw error;
        this.onFault(error);
        if (this.closed) throw new DoorClosed(error);
        await pauseOn(this.timers, pauseMs);
      }
    }
  }
}
