import { setTimeout as pause } from 'node:timers/promises';

interface Waiting<Item> {
  readonly items: readonly Item[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs work one at a time; what comes meanwhile waits and goes together. Partitions of a topic touch the same rows:
 * side by side they would wait for each other's locks with a connection each, and sync the disk once each.
 */
export class Together<Item> {
  private waiting: Waiting<Item>[] = [];
  private running = false;

  /** @param lingerMs how long the first one waits for others */
  constructor(
    private readonly work: (items: readonly Item[]) => Promise<void>,
    private readonly lingerMs: number,
  ) {}

  /** Resolves or rejects as the work did that these items were part of. */
  add(items: readonly Item[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ items, resolve, reject });
      if (!this.running) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) {
      await pause(this.lingerMs);
      const turn = this.waiting;
      this.waiting = [];
      try {
        await this.work(turn.flatMap(({ items }) => items));
        for (const { resolve } of turn) resolve();
      } catch (error) {
        for (const { reject } of turn) reject(error);
      }
    }
    this.running = false;
  }
}
