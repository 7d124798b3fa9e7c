import type { EncodedAppend } from '../encoding.js';
import { EventStoreUnavailable } from '../port.js';
import type { AppendResult } from '../port.js';

const MAX_WAITING = 20_000;
const MAX_GROUP_APPENDS = 500;
const MAX_GROUP_EVENTS = 10_000;
const MAX_GROUP_BYTES = 8_000_000;

interface Waiting {
  readonly append: EncodedAppend;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Results in the order of the appends. A rejection fails all of them. */
export type CommitGroup = (appends: readonly EncodedAppend[]) => Promise<readonly AppendResult[]>;

/**
 * Appends that wait go to the database together, at most one per stream; while one group commits the next gathers.
 * No timer: a group is what gathered during the commit before, so that a lonely append waits for nobody.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly commit: CommitGroup,
    /** Whether the database refused the statement itself, so that surely nothing was written. */
    private readonly isRefusal: (error: unknown) => boolean,
  ) {}

  /** @throws EventStoreUnavailable when too many wait already or the store is closed */
  append(append: EncodedAppend): Promise<AppendResult> {
    if (this.closed) return Promise.reject(new EventStoreUnavailable('the event store is closed'));
    if (this.waiting.length >= MAX_WAITING) return Promise.reject(new EventStoreUnavailable(`${MAX_WAITING} appends wait already`));
    return new Promise((resolve, reject) => {
      this.waiting.push({ append, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Takes nothing more; resolves when what waits is settled. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
  }

  private async run(): Promise<void> {
    // Those who come in this same instant join the first group.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      await this.settle(this.gather());
      // One turn of the event loop: those just answered, who ask again, join the next.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.running = undefined;
  }

  private gather(): readonly Waiting[] {
    const group: Waiting[] = [];
    const later: Waiting[] = [];
    const streams = new Set<string>();
    let events = 0;
    let bytes = 0;
    for (const [index, waiting] of this.waiting.entries()) {
      const { append } = waiting;
      const full =
        group.length >= MAX_GROUP_APPENDS || events + append.events.length > MAX_GROUP_EVENTS || bytes + append.bytes > MAX_GROUP_BYTES;
      if (full && group.length > 0) {
        later.push(...this.waiting.slice(index));
        break;
      }
      if (streams.has(append.stream)) {
        later.push(waiting);
        continue;
      }
      streams.add(append.stream);
      events += append.events.length;
      bytes += append.bytes;
      group.push(waiting);
    }
    this.waiting = later;
    return group;
  }

  private async settle(group: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.commit(group.map((waiting) => waiting.append));
      for (const [index, waiting] of group.entries()) {
        const result = results[index];
        if (result) waiting.resolve(result);
        else waiting.reject(new Error(`the append to ${waiting.append.stream} was not answered`));
      }
    } catch (error) {
      // One that the database cannot take must not fail those that came with it.
      if (group.length > 1 && this.isRefusal(error)) for (const waiting of group) await this.settle([waiting]);
      else for (const waiting of group) waiting.reject(error);
    }
  }
}
