import { HttpProxy, Unanswered } from '../upstreams/http-proxy.js';

/** Interval of health checks of an instance that answers, and of one that does not. */
const LOOK_EVERY_MS = 1_000;
const LOOK_FOR_RETURN_EVERY_MS = 250;
/** A process that takes connections but does not answer so often in a row is taken for dead; busy ones miss one now and then. */
const MISSES = 3;

const ALIVE_PATH = '/health/live';

/** One process of a service, and whether it is known to answer. */
export class Instance {
  /** New instances count as alive: the first request finds out. */
  alive = true;
  readonly proxy: HttpProxy;
  private misses = 0;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    readonly name: string,
    secret: string,
    private readonly onChange: (instance: Instance) => void,
  ) {
    this.proxy = new HttpProxy(name, secret);
  }

  /** Checks its health regularly until it is closed. */
  watch(): void {
    this.lookAfter(LOOK_EVERY_MS);
  }

  /** Called when a request got no answer. An instance that refuses connections is skipped until a health check succeeds. */
  failed({ seen }: Unanswered): void {
    if (seen === 'never') this.mark(false);
    if (this.timer !== undefined) this.lookAfter(0);
  }

  close(): Promise<void> {
    this.end();
    return this.proxy.close();
  }

  /** No new request comes; those under way are answered. */
  retire(): Promise<void> {
    this.end();
    return this.proxy.retire();
  }

  private end(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private lookAfter(ms: number): void {
    clearTimeout(this.timer);
    if (this.closed) return;
    this.timer = setTimeout(() => void this.look(), ms);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    try {
      await this.proxy.read(ALIVE_PATH);
      this.misses = 0;
      this.mark(true);
    } catch (error) {
      this.misses += 1;
      if (new Unanswered(error).seen === 'never') this.mark(false);
      else if (this.misses >= MISSES && this.alive) {
        this.mark(false);
        // Ends the requests under way, which would otherwise wait for an answer that may never come.
        await this.proxy.cut();
      }
    }
    this.lookAfter(this.alive ? LOOK_EVERY_MS : LOOK_FOR_RETURN_EVERY_MS);
  }

  private mark(alive: boolean): void {
    if (this.closed || this.alive === alive) return;
    this.alive = alive;
    this.onChange(this);
  }
}
