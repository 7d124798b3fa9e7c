import { setTimeout as sleep } from 'node:timers/promises';
import { isRefusedData } from '@holdfast/kit';
import type { Bus } from '@holdfast/messaging';
import type { Logger } from '@holdfast/platform';
import type { Outgoing } from './messages.js';

const FIRST_PAUSE_MS = 50;
const MAX_PAUSE_MS = 1_000;

/**
 * Publishes until the bus has stored everything. While the bus is unavailable it waits: the rows are stored and must not get ahead of the
 * topics. A single message that the bus refuses, too large for it say, is left out and logged: what cannot be published must not hold up
 * the rest.
 */
export class Publisher {
  constructor(
    private readonly bus: Bus,
    private readonly logger: Logger,
  ) {}

  /** @throws when `signal` is aborted before everything is out */
  async publish(outgoing: readonly Outgoing[], signal: AbortSignal): Promise<void> {
    await Promise.all(outgoing.filter(({ messages }) => messages.length > 0).map((each) => this.publishTo(each, signal)));
  }

  private async publishTo({ topic, messages }: Outgoing, signal: AbortSignal): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
      signal.throwIfAborted();
      try {
        return await this.bus.publish(topic, messages);
      } catch (error) {
        if (isRefusal(error)) return this.publishRefused({ topic, messages }, error, signal);
        this.logger.warn({ err: error, topic, messages: messages.length }, 'publishing has to wait for the bus');
        await sleep(pauseMs, undefined, { signal });
      }
    }
  }

  /** Halves the refused messages until the one at fault is alone. Consumers recognise a repeated message by its id. */
  private async publishRefused({ topic, messages }: Outgoing, error: unknown, signal: AbortSignal): Promise<void> {
    if (messages.length > 1) {
      const middle = Math.ceil(messages.length / 2);
      await this.publishTo({ topic, messages: messages.slice(0, middle) }, signal);
      return this.publishTo({ topic, messages: messages.slice(middle) }, signal);
    }
    this.logger.error({ err: error, topic, key: messages[0]?.key }, 'the bus refuses a message, which is left out');
  }
}

/** Kafka's names for a record that it will never take. */
const REFUSED_RECORDS = /^(MESSAGE_TOO_LARGE|RECORD_LIST_TOO_LARGE|CORRUPT_MESSAGE|INVALID_RECORD|INVALID_TIMESTAMP)$/;

function isRefusal(error: unknown): boolean {
  if (isRefusedData(error)) return true;
  if (!(error instanceof Error)) return false;
  return 'type' in error && typeof error.type === 'string' ? REFUSED_RECORDS.test(error.type) : isRefusal(error.cause);
}
