import { reportFault } from '../../delivery/delivery.js';
import { GrowingPause } from '@holdfast/kit';
import type { BusTail, TailOptions } from '../../port.js';
import type { EngineParts } from './group-subscription.js';
import { readLog, seqAfter } from './log-reader.js';
import type { Head } from '../topics.js';

const BATCH_SIZE = 500;

interface HeadRange {
  readonly id: number;
  readonly first_seq: string;
  readonly next_seq: string;
}

/** Reads topics without sharing them, one partition after the other, from the given offsets. */
export class TailSubscription implements BusTail {
  private readonly ending = new AbortController();
  private readonly next = new Map<Head, number>();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: EngineParts,
    private readonly options: TailOptions,
  ) {}

  async start(): Promise<void> {
    const { topics, connections, watch } = this.parts;
    const heads = (await Promise.all(this.options.topics.map((topic) => topics.headsOf(topic)))).flat();
    const unwatch = heads.map((head) => watch.watch(head.id));
    const sql = 'select h.id, f.first_seq, h.next_seq from bus.heads h join bus.floors f on f.head_id = h.id where h.id = any($1::int4[])';
    const { rows } = await connections.quick.query<HeadRange>(sql, [heads.map((head) => head.id)]);
    for (const head of heads)
      this.begin(
        head,
        rows.find((row) => row.id === head.id),
      );
    this.running = this.run().finally(() => unwatch.forEach((end) => end()));
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  nextOffsets(): Record<string, string> {
    return Object.fromEntries([...this.next].map(([head, seq]) => [keyOf(head), String(seq)]));
  }

  private begin(head: Head, range: HeadRange | undefined): void {
    const [first, end] = [Number(range?.first_seq ?? 0), Number(range?.next_seq ?? 0)];
    const { from } = this.options;
    this.parts.watch.raise(head.id, end);
    if (typeof from === 'string') {
      this.next.set(head, from === 'latest' ? end : first);
      return;
    }
    const wanted = Number(from[keyOf(head)] ?? first);
    // An offset beyond the end is of another log: everything is read again instead of nothing.
    this.next.set(head, wanted < first || wanted > end ? first : wanted);
  }

  private async run(): Promise<void> {
    const growing = new GrowingPause(100, 2_000);
    while (!this.ending.signal.aborted) {
      try {
        await this.parts.watch.beyond(new Map([...this.next].map(([head, seq]) => [head.id, seq])), this.ending.signal);
        for (const head of this.next.keys()) await this.read(head);
        growing.reset();
      } catch (error) {
        reportFault(this.options.onFault, error);
        await growing.wait(this.ending.signal);
      }
    }
  }

  private async read(head: Head): Promise<void> {
    const seq = this.next.get(head) ?? 0;
    const end = this.parts.watch.endOf(head.id);
    if (end <= seq || this.ending.signal.aborted) return;
    const messages = await readLog(this.parts.log, head, seq, BATCH_SIZE);
    const after = seqAfter(messages, end);
    if (messages.length > 0) await this.options.onMessages(messages, { ...this.nextOffsets(), [keyOf(head)]: String(after) });
    this.next.set(head, after);
  }
}

const keyOf = (head: Head): string => `${head.topic}/${head.partition}`;
