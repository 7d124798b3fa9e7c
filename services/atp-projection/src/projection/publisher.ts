import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus } from '@holdfast/messaging';
import type { Logger } from '@holdfast/platform';
import type { Outgoing } from './messages.js';

const FIRST_PAUSE_MS = 50;
const MAX_PAUSE_MS = 1_000;

/** Publishes until the bus has taken everything; while the bus is away it waits, as the rows are safe and must not run ahead. */
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
        this.logger.warn({ err: error, topic, messages: messages.length }, 'publishing has to wait for the bus');
        await sleep(pauseMs, undefined, { signal });
      }
    }
  }
}
