import { setTimeout as sleep } from 'node:timers/promises';
import type { Holdfast } from '@holdfast/client';
import { Durations } from './expected-stock.js';

const SAMPLE_EVERY = 20;

/** Reads the ATP topic's live stream and measures the time from an ERP message's send to the ATP message that it caused. */
export class AtpListener {
  readonly lagMs = new Durations();
  messages = 0;
  private readonly sentAt = new Map<string, number>();
  private seen = 0;
  private readonly ending = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly holdfast: Holdfast) {}

  start(): void {
    this.running = this.listen();
  }

  /** Remembers when some of these ERP messages left. */
  sent(messageIds: readonly string[]): void {
    const now = performance.now();
    for (const messageId of messageIds) {
      this.seen += 1;
      if (this.seen % SAMPLE_EVERY === 0 && !this.sentAt.has(messageId)) this.sentAt.set(messageId, now);
    }
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  /** The stream is only measured: where it is refused or lost, it is followed from the newest message on. */
  private async listen(): Promise<void> {
    while (!this.ending.signal.aborted) {
      await this.read().catch(() => sleep(200));
    }
  }

  private async read(): Promise<void> {
    for await (const { topic, event } of this.holdfast.stream({ topic: 'inventory.atp.v1', signal: this.ending.signal })) {
      this.messages += 1;
      if (topic === 'inventory.atp.v1') event.data.causes.forEach((cause) => this.measure(cause));
    }
  }

  private measure(cause: string): void {
    const sentAt = this.sentAt.get(cause);
    if (sentAt === undefined) return;
    this.lagMs.add(performance.now() - sentAt);
    this.sentAt.delete(cause);
  }
}
