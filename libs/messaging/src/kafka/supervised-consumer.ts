import type { Consumer, EachBatchHandler } from 'kafkajs';
import { GrowingPause, pause, whenAborted } from '@holdfast/kit';
import { createClient } from './client.js';
import type { Settings } from './options.js';
import { shareAssigner } from './share-out.js';

export interface ConsumerPlan {
  readonly groupId: () => string;
  readonly topics: readonly string[];
  readonly fromBeginning: boolean;
  /** Makes the handler of one consumer. */
  readonly eachBatch: () => EachBatchHandler;
  /** Called with the partitions received, before anything of them is read. */
  readonly onJoin: (consumer: Consumer, assigned: Readonly<Record<string, number[]>>) => void;
  readonly onFault: (error: unknown) => void;
  /** Resolves when the handlers that run now have ended. */
  readonly idle: () => Promise<unknown>;
}

/** Longest wait for a fetch without messages: bounds how long stopping, and a partition that was set aside, may have to wait. */
const FETCH_WAIT_MS = 500;
const PARTITIONS_AT_ONCE = 16;
const LEAVE_WITHIN_MS = 10_000;

/** Keeps a consumer running: after a crash its connections are closed and a new one is created after a growing pause. */
export class SupervisedConsumer {
  private readonly ending = new AbortController();
  private readonly running: Promise<void>;

  constructor(
    private readonly settings: Settings,
    private readonly plan: ConsumerPlan,
  ) {
    this.running = this.run();
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** Resolves when no handler runs any more and the group was left. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const growing = new GrowingPause(200, 2_000);
    while (!this.ending.signal.aborted) {
      const started = performance.now();
      try {
        await this.live();
      } catch (error) {
        this.plan.onFault(error);
      }
      if (performance.now() - started > 30_000) growing.reset();
      await growing.wait(this.ending.signal);
    }
  }

  /** One consumer from its making to its end. */
  private async live(): Promise<void> {
    const { sessionTimeoutMs, rebalanceTimeoutMs } = this.settings;
    const client = createClient(this.settings);
    const consumer = client.kafka.consumer({
      groupId: this.plan.groupId(),
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: Math.floor(sessionTimeoutMs / 6),
      rebalanceTimeout: rebalanceTimeoutMs,
      partitionAssigners: [shareAssigner],
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
      retry: { retries: 3, restartOnFailure: () => Promise.resolve(false) },
    });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => this.plan.onJoin(consumer, payload.memberAssignment));
    let detach = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      detach = whenAborted(this.ending.signal, resolve);
    });
    try {
      const crashed = new Promise<never>((_resolve, reject) => {
        consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      });
      // The first one that is awaited throws; the other must not count as an unhandled rejection.
      crashed.catch(() => undefined);
      await consumer.connect();
      await consumer.subscribe({ topics: [...this.plan.topics], fromBeginning: this.plan.fromBeginning });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
        eachBatch: this.plan.eachBatch(),
      });
      await Promise.race([crashed, ended]);
    } finally {
      detach();
      await this.leave(consumer);
      client.destroy();
    }
  }

  /** Waits for running handlers without limit, but not for a client that lost its broker: its answers may never come. */
  private async leave(consumer: Consumer): Promise<void> {
    const left = new AbortController();
    const leaving = consumer
      .disconnect()
      .catch((error: unknown) => this.plan.onFault(error))
      .finally(() => left.abort());
    await Promise.race([leaving, this.plan.idle().then(() => pause(LEAVE_WITHIN_MS, left.signal))]);
  }
}
