import type { EncodedAppend } from '../encoding.js';
import { EventStoreUnavailable } from '../port.js';
import type { AppendResult } from '../port.js';

const MAX_WAITING = 20_000;
const MAX_GROUP_APPENDS = 500;
const MAX_GROUP_EVENTS = 10_000;
const MAX_GROUP_BYTES = 8_000_000;
/** The database works on one group at a time; the second is ready when it finishes, while this process answers the one before. */
const GROUPS_UNDER_WAY = 2;
/** Fewer than this go in one group: two commits would cost more than the overlap gains. */
const WORTH_SPLITTING = 16;

interface Waiting {
  readonly append: EncodedAppend;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/** A result for each append. A rejection fails all of them. */
export type CommitGroup = (appends: readonly EncodedAppend[]) => Promise<ReadonlyMap<EncodedAppend, AppendResult>>;

/**
 * Sends waiting appends to the database in groups, at most one append per stream. At most two groups are running, never with the same
 * stream in both; meanwhile the next one is collected. There is no timer: a group is what was collected before, so a single append does not
 * wait.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private readonly underWay = new Set<Promise<void>>();
  /** Streams with a running append: the next append of such a stream must see its outcome. */
  private readonly streams = new Set<string>();
  private starting = false;
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
      // Appends of the same tick join the first group.
      this.start(queueMicrotask);
    });
  }

  /** Refuses new appends; resolves when the waiting ones are settled. */
  async close(): Promise<void> {
    this.closed = true;
    while (this.starting || this.underWay.size > 0) await Promise.all([...this.underWay, new Promise((resolve) => setImmediate(resolve))]);
  }

  private start(soon: (start: () => void) => void): void {
    if (this.starting || this.waiting.length === 0 || this.underWay.size >= GROUPS_UNDER_WAY) return;
    this.starting = true;
    soon(() => {
      this.starting = false;
      this.startGroups();
    });
  }

  private startGroups(): void {
    // If no group is running, half is sent first: from then on one half is stored while the other is answered and asks again.
    const split = this.underWay.size === 0 && this.waiting.length >= WORTH_SPLITTING;
    let mostAppends = split ? Math.min(MAX_GROUP_APPENDS, Math.ceil(this.waiting.length / 2)) : MAX_GROUP_APPENDS;
    while (this.underWay.size < GROUPS_UNDER_WAY && this.waiting.length > 0) {
      const group = this.gather(mostAppends);
      if (group.length === 0) return;
      mostAppends = MAX_GROUP_APPENDS;
      const settled: Promise<void> = this.settle(group).finally(() => {
        this.underWay.delete(settled);
        for (const { append } of group) this.streams.delete(append.stream);
        // After one turn of the event loop, callers that were just answered can join with their next append.
        this.start(setImmediate);
      });
      this.underWay.add(settled);
    }
  }

  /** The first that fit into one group, none of a stream with an append under way. */
  private gather(mostAppends: number): readonly Waiting[] {
    const group: Waiting[] = [];
    const later: Waiting[] = [];
    let events = 0;
    let bytes = 0;
    for (const [index, waiting] of this.waiting.entries()) {
      const { append } = waiting;
      const full =
        group.length >= mostAppends || events + append.events.length > MAX_GROUP_EVENTS || bytes + append.bytes > MAX_GROUP_BYTES;
      if (full && group.length > 0) {
        later.push(...this.waiting.slice(index));
        break;
      }
      if (this.streams.has(append.stream)) {
        later.push(waiting);
        continue;
      }
      this.streams.add(append.stream);
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
      for (const waiting of group) {
        const result = results.get(waiting.append);
        if (result) waiting.resolve(result);
        else waiting.reject(new Error(`the append to ${waiting.append.stream} was not answered`));
      }
    } catch (error) {
      // An append that the database refuses must not fail the others of its group.
      if (group.length > 1 && this.isRefusal(error)) for (const waiting of group) await this.settle([waiting]);
      else for (const waiting of group) waiting.reject(error);
    }
  }
}
