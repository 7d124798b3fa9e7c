import type { Delivery } from '../../delivery/delivery.js';
import { GrowingPause, pause, RushPace } from '@holdfast/kit';
import type { IncomingMessage } from '../../port.js';
import type { HeadWatch } from './head-watch.js';
import { readLog, seqAfter } from './log-reader.js';
import type { LogSource } from './log-reader.js';
import type { Offsets } from './offsets.js';
import type { Head } from '../topics.js';

export interface Ownership {
  readonly member: number;
  readonly group: number;
  /** Whether the lease still runs by this process' own clock. */
  isCurrent(): boolean;
}

export interface WorkerParts {
  readonly log: LogSource;
  readonly offsets: Offsets;
  readonly watch: HeadWatch;
  readonly delivery: Delivery;
  readonly batchSize: number;
  readonly onFault: (error: unknown) => void;
  /** The partition went to another member: ask for what is still ours. */
  readonly onLost: () => void;
}

/** Reads one partition for a group member: messages to the handler, then the offset, until stopped or until the partition is another's. */
export class PartitionWorker {
  private readonly ending = new AbortController();
  private readonly done: Promise<void>;
  private readonly pace: RushPace;

  constructor(
    private readonly parts: WorkerParts,
    private readonly head: Head,
    private readonly ownership: Ownership,
    private nextSeq: number,
  ) {
    this.pace = new RushPace(parts.batchSize);
    const unwatch = parts.watch.watch(head.id);
    this.done = this.run().finally(unwatch);
  }

  /** Resolves when the handler runs no more. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.done;
  }

  private async run(): Promise<void> {
    const growing = new GrowingPause(100, 2_000);
    while (!this.ending.signal.aborted) {
      try {
        await this.turn();
        growing.reset();
      } catch (error) {
        this.parts.onFault(error);
        await growing.wait(this.ending.signal);
      }
    }
  }

  private async turn(): Promise<void> {
    const { log, watch, batchSize } = this.parts;
    await watch.beyond(new Map([[this.head.id, this.nextSeq]]), this.ending.signal);
    await this.pace.next(this.ending.signal);
    if (!(await this.mayWork())) return;
    const end = watch.endOf(this.head.id);
    const messages = await readLog(log, this.head, this.nextSeq, batchSize);
    this.pace.begin(messages.length);
    if (messages.length > 0) await this.work(messages);
    // Retention or compaction took what lay here.
    else this.nextSeq = end;
  }

  private async work(messages: readonly IncomingMessage[]): Promise<void> {
    let left = messages;
    while (left.length > 0 && (await this.mayWork())) {
      const { taken, pauseMs } = await this.parts.delivery.deliver(left);
      if (taken > 0) {
        this.nextSeq = seqAfter(left.slice(0, taken), this.nextSeq);
        left = left.slice(taken);
        await this.storeOffset();
      }
      await pause(pauseMs, this.ending.signal);
    }
  }

  /** A member whose lease ran out waits for its next renewal: others may have its partitions. */
  private async mayWork(): Promise<boolean> {
    if (this.ending.signal.aborted) return false;
    if (this.ownership.isCurrent()) return true;
    await pause(100, this.ending.signal);
    return false;
  }

  private async storeOffset(): Promise<void> {
    const { group, member } = this.ownership;
    if (await this.parts.offsets.store({ group, head: this.head.id, member, nextSeq: this.nextSeq })) return;
    this.ending.abort();
    this.parts.onLost();
  }
}
