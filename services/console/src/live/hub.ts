import { changeOf, type Change, type StreamState, type Told } from './changes.js';
import { EventParser, type ServerSentEvent } from './server-sent-events.js';

const STREAM = '/api/inventory/stream';
/** The server sends at least a comment every 15 s. */
const SILENT_MS = 40_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** Changes are told at most this often: a screen shows no more frames. */
const TELL_EVERY_MS = 16;

type Listener = (told: Told) => void;

/**
 * Follows the stream of changes for all who listen: one connection a browser, as HTTP/1.1 allows six in all. After a cut it goes on where
 * it was; where it cannot, it says `reset`.
 */
export class Hub {
  private readonly listeners = new Set<Listener>();
  private token: string | undefined;
  private state: StreamState = 'connecting';
  private running = false;
  private connection: AbortController | undefined;
  private waiting: Change[] = [];
  private position = '0';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private heardAt = Date.now();
  /** Ends the pause before the next attempt. */
  private endPause: () => void = () => undefined;

  /** Tells the state first. @returns how to leave */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    listener({ kind: 'state', state: this.state, heardAt: this.heardAt });
    if (!this.running) void this.run();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.connection?.abort();
    };
  }

  /** After somebody signed in: what was read as somebody else is no longer followed, and everything is to be read again. */
  restart(): void {
    this.token = undefined;
    this.waiting = [];
    this.connection?.abort();
    this.endPause();
    if (!this.running && this.listeners.size > 0) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    let pauseMs = FIRST_PAUSE_MS;
    while (this.listeners.size > 0) {
      const outcome = await this.follow().catch(() => 'cut' as const);
      if (this.listeners.size === 0) break;
      if (this.state === 'live') pauseMs = FIRST_PAUSE_MS;
      if (outcome !== 'cut') this.token = undefined;
      this.enter('lost');
      if (outcome === 'signed-out') {
        this.tell({ kind: 'signed-out' });
        break;
      }
      await this.pause(pauseMs * (0.5 + Math.random() / 2));
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
    this.running = false;
  }

  private async pause(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      this.endPause = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  }

  private async follow(): Promise<'cut' | 'reset' | 'signed-out'> {
    const connection = (this.connection = new AbortController());
    let watchdog = setTimeout(() => connection.abort(), SILENT_MS);
    try {
      const headers: Record<string, string> = this.token === undefined ? {} : { 'last-event-id': this.token };
      const response = await fetch(STREAM, { headers, credentials: 'same-origin', signal: connection.signal });
      if (response.status === 401 || response.status === 403) return 'signed-out';
      if (response.status === 400) return 'reset';
      if (!response.ok || response.body === null) return 'cut';
      const parser = new EventParser();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        // What the session before was sent must not be told to the next one.
        if (done || connection.signal.aborted) return 'cut';
        this.heardAt = Date.now();
        clearTimeout(watchdog);
        watchdog = setTimeout(() => connection.abort(), SILENT_MS);
        for (const event of parser.take(value)) this.take(event);
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  private take({ id, event, data }: ServerSentEvent): void {
    if (event === 'hello') {
      // Without a token of before, what came in between is unknown.
      if (this.token === undefined) this.tell({ kind: 'reset' });
      this.token = id;
      this.enter('live');
      return;
    }
    this.token = id;
    const { change, position } = changeOf(data);
    this.waiting.push(change);
    this.position = position;
    this.timer ??= setTimeout(() => this.flush(), TELL_EVERY_MS);
  }

  private flush(): void {
    this.timer = undefined;
    if (this.waiting.length === 0) return;
    this.tell({ kind: 'changes', changes: this.waiting, position: this.position });
    this.waiting = [];
  }

  private enter(state: StreamState): void {
    this.state = state;
    this.tell({ kind: 'state', state, heardAt: this.heardAt });
  }

  private tell(told: Told): void {
    for (const listener of this.listeners) listener(told);
  }
}
