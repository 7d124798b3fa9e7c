import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { GroupCommit } from '@holdfast/kit';
import { Delivery, reportFault } from '../delivery/delivery.js';
import type { Bus, BusSubscription, ConsumeOptions } from '../port.js';
import type { AdminConnection } from './admin.js';
import { incoming } from './incoming.js';
import { offsetCommits, type EndedBatch } from './offset-commits.js';
import type { Settings } from './options.js';
import { SupervisedConsumer } from './supervised-consumer.js';
import { offsetsOf } from './topic-offsets.js';

const DEFAULT_BATCH_SIZE = 500;

/** One member of a consumer group: messages to the handler, then the offset. */
export class GroupSubscription implements BusSubscription {
  private readonly deliveries = new Map<string, Delivery>();
  private readonly resuming = new Set<NodeJS.Timeout>();
  private readonly handling = new Set<Promise<void>>();
  private startAt = new Map<string, string>();
  private consumer: SupervisedConsumer | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly admin: AdminConnection,
    private readonly publish: Bus['publish'],
    private readonly options: ConsumeOptions,
  ) {}

  async start(): Promise<void> {
    if (this.options.from === 'latest') this.startAt = await this.endsWithoutOffset();
    this.consumer = new SupervisedConsumer(this.settings, {
      groupId: () => this.options.group,
      topics: this.options.topics,
      fromBeginning: this.options.from !== 'latest',
      eachBatch: () => {
        const commits = offsetCommits();
        return (payload) => this.tracked(payload, commits);
      },
      onJoin: (consumer, assigned) => this.beginAt(consumer, assigned),
      onFault: (error) => this.fault(error),
      idle: () => Promise.allSettled(this.handling),
    });
  }

  async stop(): Promise<void> {
    await this.consumer?.stop();
    for (const timer of this.resuming) clearTimeout(timer);
    await Promise.allSettled(this.handling);
  }

  /** `latest` means the end as of this call, not as of the moment, some seconds later, at which the group has formed. */
  private endsWithoutOffset(): Promise<Map<string, string>> {
    return this.admin.ask(async (admin) => {
      const stored = await admin.fetchOffsets({ groupId: this.options.group, topics: [...this.options.topics] });
      const ends = new Map<string, string>();
      for (const { topic, partitions } of stored) {
        const missing = new Set(partitions.filter(({ offset }) => Number(offset) < 0).map(({ partition }) => partition));
        if (missing.size === 0) continue;
        for (const { partition, high } of await offsetsOf(admin, topic))
          if (missing.has(partition)) ends.set(keyOf(topic, partition), high);
      }
      return ends;
    });
  }

  private beginAt(consumer: Consumer, assigned: Readonly<Record<string, number[]>>): void {
    for (const [topic, partitions] of Object.entries(assigned)) {
      for (const partition of partitions) {
        const offset = this.startAt.get(keyOf(topic, partition));
        if (offset === undefined) continue;
        this.startAt.delete(keyOf(topic, partition));
        consumer.seek({ topic, partition, offset });
        // Stored at once, so that another member that takes over begins at the same offset.
        consumer.commitOffsets([{ topic, partition, offset }]).catch((error: unknown) => this.fault(error));
      }
    }
  }

  private async tracked(payload: EachBatchPayload, commits: GroupCommit<EndedBatch>): Promise<void> {
    const handling = this.handle(payload, commits);
    this.handling.add(handling);
    try {
      await handling;
    } finally {
      this.handling.delete(handling);
    }
  }

  private async handle(payload: EachBatchPayload, commits: GroupCommit<EndedBatch>): Promise<void> {
    let lost: { readonly error: unknown } | undefined;
    const beat = (): void => {
      payload.heartbeat().catch((error: unknown) => {
        lost ??= { error };
      });
    };
    const beating = setInterval(beat, Math.floor(this.settings.sessionTimeoutMs / 6));
    try {
      await this.deliver(payload, commits, () => lost === undefined && payload.isRunning() && !payload.isStale());
    } finally {
      clearInterval(beating);
    }
    // The client rejoins the group when it is told.
    if (lost) throw lost.error;
  }

  private async deliver(payload: EachBatchPayload, commits: GroupCommit<EndedBatch>, mayGoOn: () => boolean): Promise<void> {
    const { topic, partition, messages } = payload.batch;
    const delivery = this.deliveryOf(topic, partition);
    const batchSize = this.options.batchSize ?? DEFAULT_BATCH_SIZE;
    let done = 0;
    while (done < messages.length && mayGoOn()) {
      const part = messages.slice(done, done + batchSize).map((message) => incoming(topic, partition, message));
      const { taken, pauseMs } = await delivery.deliver(part);
      const last = part[taken - 1];
      if (last) {
        payload.resolveOffset(last.offset);
        await commits.add({ payload, next: String(BigInt(last.offset) + 1n) });
      }
      done += taken;
      if (pauseMs > 0) return this.setAside(payload, pauseMs);
    }
  }

  /** Continues the other partitions while this one waits for its next try; unresolved messages are fetched again. */
  private setAside(payload: EachBatchPayload, pauseMs: number): void {
    const resume = payload.pause();
    const timer = setTimeout(() => {
      this.resuming.delete(timer);
      resume();
    }, pauseMs);
    this.resuming.add(timer);
  }

  private deliveryOf(topic: string, partition: number): Delivery {
    const key = keyOf(topic, partition);
    const delivery = this.deliveries.get(key) ?? new Delivery(this.publish, this.options, topic, partition);
    this.deliveries.set(key, delivery);
    return delivery;
  }

  private fault(error: unknown): void {
    reportFault(this.options.onFault, error);
  }
}

const keyOf = (topic: string, partition: number): string => `${topic}/${partition}`;
