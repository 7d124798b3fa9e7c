import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { Durations } from './expected-stock.js';

const SAMPLE_EVERY = 20;

/** Reads the ATP topic's live stream and measures the time from an ERP message's send to the ATP message that it caused. */
export class AtpListener {
  readonly lagMs = new Durations();
  messages = 0;
  private readonly sentAt = new Map<string, number>();
  private seen = 0;
  private stopped = false;
  private lastEventId: string | undefined;
  private readonly abort = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

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
    this.stopped = true;
    this.abort.abort();
    await this.running;
  }

  private async listen(): Promise<void> {
    while (!this.stopped) {
      await this.read().catch(() => undefined);
      if (!this.stopped) await sleep(200);
    }
  }

  private async read(): Promise<void> {
    const response = await request(`${this.url}/api/inventory/stream?topic=inventory.atp.v1`, {
      headers: {
        authorization: `Bearer ${this.key}`,
        accept: 'text/event-stream',
        ...(this.lastEventId === undefined ? {} : { 'last-event-id': this.lastEventId }),
      },
      signal: this.abort.signal,
      bodyTimeout: 0,
    });
    let rest = '';
    response.body.setEncoding('utf8');
    for await (const chunk of response.body as AsyncIterable<string>) {
      const parts = (rest + chunk).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) this.take(part);
    }
  }

  private take(part: string): void {
    const lines = part.split('\n');
    const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5));
    if (data.length === 0) return;
    this.lastEventId =
      lines
        .find((line) => line.startsWith('id:'))
        ?.slice(3)
        .trim() ?? this.lastEventId;
    this.messages += 1;
    const message = JSON.parse(data.join('\n')) as { data: { causes?: readonly string[] } };
    for (const cause of message.data.causes ?? []) {
      const sentAt = this.sentAt.get(cause);
      if (sentAt === undefined) continue;
      this.lagMs.add(performance.now() - sentAt);
      this.sentAt.delete(cause);
    }
  }
}
