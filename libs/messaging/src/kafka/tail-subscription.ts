import { randomUUID } from 'node:crypto';
import type { Consumer, EachBatchPayload } from 'kafkajs';
import { reportFault } from '../delivery/delivery.js';
import { GrowingPause } from '@holdfast/kit';
import type { BusTail, TailOptions } from '../port.js';
import type { AdminConnection } from './admin.js';
import { incoming } from './incoming.js';
import type { Settings } from './options.js';
import { SupervisedConsumer } from './supervised-consumer.js';
import { offsetsOf } from './topic-offsets.js';

const BATCH_SIZE = 500;

/**
 * Reads topics without sharing them. The client cannot read without a group, so each tail is the only member of a group with a unique name,
 * seeks to its offsets itself and stores none; the broker forgets an empty group without offsets.
 */
export class TailSubscription implements BusTail {
  private readonly next = new Map<string, string>();
  private consumer: SupervisedConsumer | undefined;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly settings: Settings,
    private readonly admin: AdminConnection,
    private readonly options: TailOptions,
  ) {}

  async start(): Promise<void> {
    for (const topic of this.options.topics) await this.begin(topic);
    this.consumer = new SupervisedConsumer(this.settings, {
      groupId: () => `holdfast-tail-${randomUUID()}`,
      topics: this.options.topics,
      fromBeginning: true,
      eachBatch: () => (payload) => this.inTurn(payload),
      onJoin: (consumer, assigned) => this.goThere(consumer, assigned),
      onFault: (error) => this.fault(error),
      idle: () => this.turn,
    });
  }

  async stop(): Promise<void> {
    await this.consumer?.stop();
    await this.turn;
  }

  nextOffsets(): Record<string, string> {
    return Object.fromEntries(this.next);
  }

  private async begin(topic: string): Promise<void> {
    const { from } = this.options;
    for (const { partition, low, high } of await this.admin.ask((admin) => offsetsOf(admin, topic))) {
      const key = keyOf(topic, partition);
      const wanted = typeof from === 'string' ? (from === 'latest' ? high : low) : (from[key] ?? low);
      // An offset that is gone, or beyond the end (so of another log): everything is read again instead of nothing.
      this.next.set(key, BigInt(wanted) < BigInt(low) || BigInt(wanted) > BigInt(high) ? low : wanted);
    }
  }

  private goThere(consumer: Consumer, assigned: Readonly<Record<string, number[]>>): void {
    for (const [topic, partitions] of Object.entries(assigned)) {
      for (const partition of partitions) {
        const offset = this.next.get(keyOf(topic, partition));
        if (offset !== undefined) consumer.seek({ topic, partition, offset });
      }
    }
  }

  /** One call of the handler at a time, because `nextOffsets` covers all partitions. */
  private inTurn(payload: EachBatchPayload): Promise<void> {
    const mine = this.turn.then(() => this.read(payload));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async read(payload: EachBatchPayload): Promise<void> {
    const { topic, partition, messages } = payload.batch;
    const growing = new GrowingPause(100, 2_000);
    const beating = setInterval(() => void payload.heartbeat().catch(() => undefined), Math.floor(this.settings.sessionTimeoutMs / 6));
    try {
      let done = 0;
      while (done < messages.length && payload.isRunning() && !payload.isStale()) {
        const part = messages.slice(done, done + BATCH_SIZE).map((message) => incoming(topic, partition, message));
        const last = part.at(-1)?.offset ?? '0';
        const after = { ...this.nextOffsets(), [keyOf(topic, partition)]: String(BigInt(last) + 1n) };
        try {
          await this.options.onMessages(part, after);
        } catch (error) {
          this.fault(error);
          await growing.wait(this.consumer?.signal ?? AbortSignal.abort());
          continue;
        }
        growing.reset();
        this.next.set(keyOf(topic, partition), String(BigInt(last) + 1n));
        payload.resolveOffset(last);
        done += part.length;
      }
    } finally {
      clearInterval(beating);
    }
  }

  private fault(error: unknown): void {
    reportFault(this.options.onFault, error);
  }
}

const keyOf = (topic: string, partition: number): string => `${topic}/${partition}`;
