import type { ServerResponse } from 'node:http';

const HEARTBEAT_MS = 15_000;
/** What a reader may be behind before others wait for it. */
const MAX_BUFFERED_BYTES = 1_048_576;

/**
 * First event of the stream of changes: nothing from now on is missed, so what is read after it and changes later is told. Its id resumes
 * before the first change.
 */
export const HELLO_EVENT = 'hello';

export interface SentEvent {
  /** What the reader sends as `Last-Event-ID` to go on after this one; missing where it cannot go on. */
  readonly id?: string;
  readonly event: string;
  readonly data: string;
}

/** Server-sent events on one connection. */
export class EventStream {
  private begun = false;

  constructor(private readonly response: ServerResponse) {}

  /** Sends the headers: what changes after they have come is told. Called again, it does nothing; what is sent begins by itself. */
  begin(): void {
    if (this.begun || !this.open) return;
    this.begun = true;
    const { response } = this;
    response.writeHead(200, {
      ...response.getHeaders(),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    response.write(': connected\n\n');
    const heartbeat = setInterval(() => this.write(': still here\n\n'), HEARTBEAT_MS);
    heartbeat.unref();
    response.once('close', () => clearInterval(heartbeat));
  }

  onClose(listener: () => void): void {
    this.response.once('close', listener);
  }

  get open(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  /** Sends events in one write: each write of its own costs more than what it says. */
  send(events: readonly SentEvent[]): void {
    if (events.length > 0) this.write(events.map(textOf).join(''));
  }

  /** Resolves when the reader has taken enough for more, or is gone. */
  drained(): Promise<void> {
    return this.open && this.response.writableNeedDrain ? this.drainOrClose() : Promise.resolve();
  }

  /** Waits for a reader that is far behind, but not for long. @returns false when it still is */
  async keepsUp(patienceMs: number): Promise<boolean> {
    if (!this.farBehind) return true;
    let timer: NodeJS.Timeout | undefined;
    const impatience = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)));
    await Promise.race([this.drainOrClose(), impatience]);
    clearTimeout(timer);
    return !this.farBehind;
  }

  /** Drops the connection with what waits on it. */
  cut(): void {
    this.response.destroy();
  }

  end(): void {
    this.begin();
    if (this.open) this.response.end();
  }

  private get farBehind(): boolean {
    return this.open && this.response.writableLength > MAX_BUFFERED_BYTES;
  }

  private async drainOrClose(): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.response.off('drain', done);
        this.response.off('close', done);
        resolve();
      };
      this.response.once('drain', done);
      this.response.once('close', done);
    });
  }

  private write(text: string): void {
    this.begin();
    if (this.open) this.response.write(text);
  }
}

const textOf = ({ id, event, data }: SentEvent): string => `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;
