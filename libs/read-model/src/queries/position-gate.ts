import type { Position } from '@holdfast/event-store';
import type { Checkpoint } from '../storage/checkpoint.js';
import { readCheckpoint } from '../storage/checkpoint.js';
import type { Tables } from './tables.js';

const POLL_MS = 10;

interface Waiter {
  readonly position: Position;
  readonly reached: (checkpoint: Checkpoint) => void;
  readonly failed: (error: unknown) => void;
}

/** Lets readers wait until the tables reflect a position; any number of them share one poll of the checkpoint. */
export class PositionGate {
  private readonly waiters = new Set<Waiter>();
  private polling = false;

  constructor(private readonly tables: Tables) {}

  /** How far the tables are now. Read it before the rows, then these are at least as new. */
  now(): Promise<Checkpoint> {
    return readCheckpoint(this.tables.pool, this.tables.schema);
  }

  /**
   * Waits until the tables reflect the position.
   * @returns the checkpoint then, undefined when it was not reached within `timeoutMs`
   */
  async reach(position: Position, timeoutMs: number): Promise<Checkpoint | undefined> {
    const checkpoint = await this.now();
    if (checkpoint.position >= position) return checkpoint;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        this.waiters.delete(waiter);
      };
      const waiter: Waiter = {
        position,
        reached: (reached) => {
          leave();
          resolve(reached);
        },
        failed: (error) => {
          leave();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      };
      const timer = setTimeout(() => {
        leave();
        resolve(undefined);
      }, timeoutMs);
      this.waiters.add(waiter);
      void this.poll();
    });
  }

  private async poll(): Promise<void> {
    if (this.polling) return;
    this.polling = true;
    try {
      while (this.waiters.size > 0) {
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        const checkpoint = await this.now();
        for (const waiter of [...this.waiters]) if (checkpoint.position >= waiter.position) waiter.reached(checkpoint);
      }
    } catch (error) {
      for (const waiter of [...this.waiters]) waiter.failed(error);
    } finally {
      this.polling = false;
    }
  }
}
