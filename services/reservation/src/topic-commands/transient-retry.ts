import { isTransient } from '@holdfast/messaging';
import { COMMAND_FIRST_PAUSE_MS, COMMAND_MOST_PAUSE_MS } from '../limits.js';
import { pauseOn, type Timers } from '@holdfast/kit';

/** Thrown when the service stops while a command waits out a transient fault. The topic delivers the command again. */
export class IntakeClosed extends Error {
  readonly transient = true;
  constructor(cause: unknown) {
    super('the intake of commands was closed before a transient fault ended', { cause });
    this.name = 'IntakeClosed';
  }
}

const BUSY: readonly unknown[] = ['sku_busy', 'stream_busy'];

/** Whether the fault is transient: a full queue, an engine that is unavailable. */
const isTransientFault = (error: unknown): boolean =>
  isTransient(error) || (typeof error === 'object' && error !== null && 'code' in error && BUSY.includes(error.code));

/** Retries work that meets transient faults. */
export class TransientRetry {
  private closed = false;

  constructor(
    private readonly timers: Timers,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** From now on, a transient fault throws IntakeClosed instead of being retried. */
  close(): void {
    this.closed = true;
  }

  /** Retries until the work is done. @throws IntakeClosed once closed; any other fault at once */
  async untilDone<T>(work: () => Promise<T>): Promise<T> {
    for (let pauseMs = COMMAND_FIRST_PAUSE_MS; ; pauseMs = Math.min(COMMAND_MOST_PAUSE_MS, pauseMs * 2)) {
      try {
        return await work();
      } catch (error) {
        if (!isTransientFault(error)) throw error;
        this.onFault(error);
        if (this.closed) throw new IntakeClosed(error);
        await pauseOn(this.timers, pauseMs);
      }
    }
  }
}
