import type { ServerResponse } from 'node:http';

const HEARTBEAT_MS = 15_000;
/** What a reader may be behind before it is let go; it resumes by its last id. */
const MAX_BUFFERED_BYTES = 1_048_576;

/** Server-sent events on one connection. */
export class EventStream {
  private readonly heartbeat: NodeJS.Timeout;

  constructor(private readonly response: ServerResponse) {
    response.writeHead(200, {
      ...response.getHeaders(),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    response.write(': connected\n\n');
    this.heartbeat = setInterval(() => this.write(': still here\n\n'), HEARTBEAT_MS);
    this.heartbeat.unref();
    response.once('close', () => clearInterval(this.heartbeat));
  }

  onClose(listener: () => void): void {
    this.response.once('close', listener);
  }

  get open(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  /** @param id what the reader sends as `Last-Event-ID` to go on after this one */
  send(id: string, event: string, data: string): void {
    this.write(`id: ${id}\nevent: ${event}\ndata: ${data}\n\n`);
  }

  /** Resolves when the reader has taken enough for more, or is gone. */
  async drained(): Promise<void> {
    if (!this.open || !this.response.writableNeedDrain) return;
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

  /** Whether the reader is too far behind to be waited for. */
  get overrun(): boolean {
    return this.response.writableLength > MAX_BUFFERED_BYTES;
  }

  end(): void {
    if (this.open) this.response.end();
  }

  private write(text: string): void {
    if (this.open) this.response.write(text);
  }
}
