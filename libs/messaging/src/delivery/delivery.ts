import type { Bus, ConsumeOptions, IncomingMessage } from '../port.js';
import { CollectingBatch } from './collecting-batch.js';
import { deadLetterOf, reasonOfFailure } from './dead-letter.js';
import { RetryPlan } from './retry-plan.js';

/** Result of an attempt: how many messages, from the first on, are finished, and how long to wait before the next attempt. */
export interface Delivered {
  readonly taken: number;
  readonly pauseMs: number;
}

/** Calls the handler with the messages of one partition; the same for every engine. Never throws. */
export class Delivery {
  private readonly plan: RetryPlan;
  private readonly deadLetterTopic: string | undefined;

  constructor(
    private readonly publish: Bus['publish'],
    private readonly options: ConsumeOptions,
    private readonly topic: string,
    private readonly partition: number,
  ) {
    this.deadLetterTopic = options.deadLetterTopics?.[topic] ?? options.deadLetterTopic;
    this.plan = new RetryPlan(options.retry, this.deadLetterTopic !== undefined);
  }

  /** Passes the first messages to the handler; all of them unless a failure has lowered the number. */
  async deliver(messages: readonly IncomingMessage[]): Promise<Delivered> {
    const part = messages.length <= this.plan.limitMessages ? messages : messages.slice(0, this.plan.limitMessages);
    try {
      await this.handle(part);
      return this.passed(part);
    } catch (error) {
      return this.failed(error, part);
    }
  }

  private async handle(messages: readonly IncomingMessage[]): Promise<void> {
    const batch = new CollectingBatch(messages, this.topic, this.partition);
    await this.options.onBatch(batch);
    if (batch.rejected.length === 0) return;
    if (this.deadLetterTopic === undefined)
      throw new Error(`A message of ${this.topic} was rejected, but no dead-letter topic is set for it.`);
    await this.publish(
      this.deadLetterTopic,
      batch.rejected.map(({ message, reason }) => deadLetterOf(message, reason)),
    );
  }

  private async failed(error: unknown, messages: readonly IncomingMessage[]): Promise<Delivered> {
    this.report(error);
    const verdict = this.plan.failed(error, messages);
    if (verdict.kind === 'again') return { taken: 0, pauseMs: verdict.pauseMs };
    return this.giveUp(error, messages);
  }

  private async giveUp(error: unknown, messages: readonly IncomingMessage[]): Promise<Delivered> {
    try {
      if (this.deadLetterTopic !== undefined)
        await this.publish(
          this.deadLetterTopic,
          messages.map((message) => deadLetterOf(message, reasonOfFailure(error))),
        );
      return this.passed(messages);
    } catch (publishing) {
      this.report(publishing);
      return { taken: 0, pauseMs: 1_000 };
    }
  }

  private passed(messages: readonly IncomingMessage[]): Delivered {
    this.plan.passed(messages);
    return { taken: messages.length, pauseMs: 0 };
  }

  private report(error: unknown): void {
    reportFault(this.options.onFault, error);
  }
}

/** A listener that throws must not end a consumer. */
export function reportFault(onFault: ((error: unknown) => void) | undefined, error: unknown): void {
  try {
    onFault?.(error);
  } catch {
    // The listener's own fault is ignored.
  }
}
