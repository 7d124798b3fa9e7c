import type { Bus, BusTail, IncomingMessage } from '@holdfast/messaging';
import type { Logger } from '@holdfast/platform';
import { STREAMED_TOPICS } from './filter.js';
import type { Offsets } from './tokens.js';

/** Gets every chunk of messages with the offsets after it; what it returns is waited for. */
export type Listener = (messages: readonly IncomingMessage[], next: Offsets) => Promise<void>;

/** A listener that has been let in. */
export interface Listening {
  /** The messages from here on are told to it. */
  readonly from: Offsets;
  leave(): Promise<void>;
}

/** Reads the newest messages of the topics once for all listeners. A listener that resumes reads on its own, from its own offsets. */
export class LiveTopics {
  private readonly listeners = new Set<Listener>();
  private shared: Promise<BusTail> | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly logger: Logger,
  ) {}

  /** Listens to the newest messages. Resolves when nothing from now on can be missed. */
  async listen(listener: Listener): Promise<Listening> {
    this.listeners.add(listener);
    const shared = (this.shared ??= this.tail('latest', (messages, next) => this.tellAll(messages, next)));
    let tail: BusTail;
    try {
      tail = await shared;
    } catch (error) {
      // Another listener may have opened a new tail since.
      if (this.shared === shared) this.shared = undefined;
      this.listeners.delete(listener);
      throw error;
    }
    const leave = async (): Promise<void> => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) await this.stop();
    };
    return { from: tail.nextOffsets(), leave };
  }

  /** Listens from a place on, at the listener's own pace. */
  async resume(from: Offsets, listener: Listener): Promise<Listening> {
    const own = await this.tail(from, listener);
    return { from, leave: () => own.stop() };
  }

  async stop(): Promise<void> {
    const shared = this.shared;
    this.shared = undefined;
    await (await shared)?.stop();
  }

  private tail(from: 'latest' | Offsets, onMessages: Listener): Promise<BusTail> {
    return this.bus.tail({
      topics: STREAMED_TOPICS,
      from,
      onMessages,
      onFault: (error) => this.logger.warn({ err: error }, 'the live stream waits for the bus'),
    });
  }

  private async tellAll(messages: readonly IncomingMessage[], next: Offsets): Promise<void> {
    await Promise.all([...this.listeners].map((listener) => listener(messages, next)));
  }
}
