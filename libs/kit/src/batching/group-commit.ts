export interface GroupCommitOptions<Item> {
  /** Stores all items, or throws and has stored none that the caller may rely on. */
  readonly commit: (items: readonly Item[]) => Promise<void>;
  readonly sizeOf: (item: Item) => number;
  /** Items are joined until their sizes reach this; a larger single item goes alone. */
  readonly maxGroupSize: number;
  /** Waiting beyond this is refused with the error of `tooMany`. */
  readonly maxWaitingSize: number;
  readonly tooMany: () => Error;
  /** Whether an error of a commit is not about one of its items, as when the engine is away: it fails all that went together. */
  readonly failsAll: (error: unknown) => boolean;
}

interface Waiting<Item> {
  readonly item: Item;
  readonly size: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Makes callers that wait at the same time share one commit, in order of arrival. There is no timer: callers of one turn of the event loop
 * share a commit, and callers that arrive during it share the next.
 */
export class GroupCommit<Item> {
  private waiting: Waiting<Item>[] = [];
  private waitingSize = 0;
  private running: Promise<void> | undefined;

  constructor(private readonly options: GroupCommitOptions<Item>) {}

  add(item: Item): Promise<void> {
    const size = this.options.sizeOf(item);
    if (this.waitingSize > 0 && this.waitingSize + size > this.options.maxWaitingSize) return Promise.reject(this.options.tooMany());
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, size, resolve, reject });
      this.waitingSize += size;
      this.running ??= this.drainSoon();
    });
  }

  /** Resolves when no caller waits. */
  async settled(): Promise<void> {
    await this.running;
  }

  /** Callers of the same turn of the event loop join the first group. */
  private async drainSoon(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) await this.store(this.nextGroup());
    this.running = undefined;
  }

  private nextGroup(): Waiting<Item>[] {
    let size = 0;
    let count = 0;
    for (const entry of this.waiting) {
      if (count > 0 && size + entry.size > this.options.maxGroupSize) break;
      size += entry.size;
      count += 1;
    }
    this.waitingSize -= size;
    return this.waiting.splice(0, count);
  }

  private async store(group: readonly Waiting<Item>[]): Promise<void> {
    try {
      await this.options.commit(group.map((entry) => entry.item));
      for (const entry of group) entry.resolve();
    } catch (error) {
      // An item that cannot be stored must not fail the other callers of its group.
      if (group.length > 1 && !this.options.failsAll(error)) for (const entry of group) await this.store([entry]);
      else for (const entry of group) entry.reject(error);
    }
  }
}
