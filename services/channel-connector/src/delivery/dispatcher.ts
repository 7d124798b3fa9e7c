import { setMaxListeners } from 'node:events';
import { MAX_CHANNELS_AT_ONCE } from '../limits.js';
import type { WriterTools } from './channel-writer.js';
import { ChannelWriter } from './channel-writer.js';
import { keyOf, type ChannelRef } from '../accounts/channel-ref.js';

/**
 * Starts a writer for every channel with due listings. It polls slowly, and at once when it is told of new work. All state is in the
 * database, so that a restart, or another process, continues where this one stopped.
 */
export class Dispatcher {
  private readonly stopping = stoppable();
  private readonly writers = new Map<string, { readonly channel: ChannelRef; readonly work: Promise<void> }>();
  private loop: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;
  private woken = false;

  constructor(
    private readonly tools: WriterTools,
    private readonly onFault: (error: unknown) => void,
  ) {}

  start(): void {
    this.loop = this.run();
  }

  /** There may be something to tell: look now rather than at the next beat. */
  nudge(): void {
    this.woken = true;
    this.wake();
  }

  /** Resolves when no call is under way any more; those that were, count as unanswered and are made again. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.loop;
    await Promise.allSettled([...this.writers.values()].map(({ work }) => work));
    await this.tools.leases.releaseAll().catch(this.onFault);
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.woken = false;
      await this.startWriters().catch(this.onFault);
      if (!this.woken) await this.rest();
    }
  }

  private async startWriters(): Promise<void> {
    const free = MAX_CHANNELS_AT_ONCE - this.writers.size;
    if (free <= 0) return;
    const written = [...this.writers.values()].map(({ channel }) => channel);
    for (const channel of await this.tools.leases.waiting(free, written)) this.startWriter(channel);
  }

  private startWriter(channel: ChannelRef): void {
    if (this.stopping.signal.aborted) return;
    const key = keyOf(channel);
    const mayGoOn = (): boolean => this.writers.size < MAX_CHANNELS_AT_ONCE;
    const writer = new ChannelWriter(channel, mayGoOn, this.tools, this.stopping.signal);
    // A change after the writer's last read is looked for at once. After a fault, the next poll is soon enough.
    const work = writer.run().then(
      () => this.ended(key, true),
      (error: unknown) => {
        this.onFault(error);
        this.ended(key, false);
      },
    );
    this.writers.set(key, { channel, work });
  }

  private ended(key: string, lookAgain: boolean): void {
    this.writers.delete(key);
    if (lookAgain) this.nudge();
  }

  private rest(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.tools.timers.after(this.tools.timings.pollMs, resolve);
      this.wake = () => {
        cancel();
        resolve();
      };
      if (this.stopping.signal.aborted) this.wake();
    });
  }
}

/** Every writer listens for the end; Node would warn of a leak from the eleventh on. */
function stoppable(): AbortController {
  const controller = new AbortController();
  setMaxListeners(MAX_CHANNELS_AT_ONCE + 1, controller.signal);
  return controller;
}
