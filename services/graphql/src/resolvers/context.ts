import { Loaders } from './loaders.js';
import type { Rest } from '../rest/rest.js';

/** What the resolvers of one request share. */
export class RequestContext {
  /** Of the newest event of a subscription: it goes on after it. */
  token: string | undefined;
  private readonly ending = new AbortController();
  private current: { readonly position: bigint | undefined; readonly loaders: Loaders } | undefined;

  constructor(
    readonly rest: Rest,
    /** Of a subscription that goes on where it ended. */
    readonly lastEventId?: string,
  ) {}

  /** Runs when the subscription ends, also while it waits for its next event. */
  onEnd(work: () => void): void {
    this.ending.signal.addEventListener('abort', work, { once: true });
  }

  end(): void {
    this.ending.abort();
  }

  /** Reads of the same SKUs come together. After a write everything is read again. */
  get loaders(): Loaders {
    const { position } = this.rest;
    if (this.current === undefined || this.current.position !== position) this.current = { position, loaders: new Loaders(this.rest) };
    return this.current.loaders;
  }
}
