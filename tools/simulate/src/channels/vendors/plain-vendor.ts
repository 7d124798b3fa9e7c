import type { Random, VirtualTime } from '@holdfast/simulation';
import type { VendorAnswer, VendorRequest } from '@holdfast/vendor-http';
import { TOKEN_HEADER, type FigureResult, type FiguresBody, type WriteState } from './plain-protocol.js';
import { answered, Vendor, WHOLE, type Reading } from './vendor.js';

/** Told that accepted writes have ended. */
export type OnSettled = (reference: string) => void;

/** Sets figures at once, or accepts them and sets them later, each listing's in the order in which they came. */
export class PlainVendor extends Vendor {
  /** Newest version of each listing that came of a call whose caller still waited. */
  readonly newest = new Map<string, number>();
  private readonly states = new Map<string, WriteState>();
  private readonly lastAt = new Map<string, number>();
  private onSettled: OnSettled = () => undefined;

  /** @param older told of a figure that was sent after a newer one */
  constructor(
    channelId: string,
    time: VirtualTime,
    random: Random,
    private readonly isLater: boolean,
    private readonly older: (says: string) => void,
  ) {
    super(channelId, time, random);
  }

  watchSettled(onSettled: OnSettled): void {
    this.onSettled = onSettled;
  }

  read({ method, url, body }: VendorRequest): Reading {
    const { pathname, searchParams } = new URL(url);
    if (pathname !== '/figures') return { kind: 'other', listingIds: [] };
    if (method === 'GET') return { kind: 'read', listingIds: searchParams.getAll('id') };
    return { kind: 'write', listingIds: figuresOf(body).listings.map(({ id }) => id) };
  }

  handle(request: VendorRequest, isStray: boolean): VendorAnswer {
    const refusal = this.refusal();
    if (refusal !== undefined) return refusal;
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/token') return this.newToken();
    if (!this.takes(request.headers?.[TOKEN_HEADER])) return answered(401, {});
    const ids = searchParams.getAll('id');
    if (pathname === '/writes') return answered(200, Object.fromEntries(ids.map((id) => [id, this.states.get(id) ?? 'failed'])));
    if (request.method === 'GET') return answered(200, Object.fromEntries(ids.map((id) => [id, this.shows(id) ?? null])));
    const results = figuresOf(request.body).listings.map((one) => [one.id, this.take(one, isStray)]);
    return this.breaksAfter() ?? answered(200, Object.fromEntries(results));
  }

  private take({ id, quantity, version }: FiguresBody['listings'][number], isStray: boolean): FigureResult {
    if (!this.listings.has(id)) return 'unknown';
    if (this.stormy && this.random.chance(0.03)) return 'busy';
    this.received.push({ listingId: id, quantity });
    const newest = this.newest.get(id) ?? 0;
    if (!isStray) {
      if (version < newest) this.older(`${this.channelId} ${id}: version ${version} was sent after ${newest}`);
      this.newest.set(id, Math.max(newest, version));
    }
    const set = (): void => this.set(id, new Map([[WHOLE, quantity]]), 'us', isStray);
    if (!this.isLater) {
      set();
      return 'set';
    }
    const reference = this.random.uuid();
    this.states.set(reference, 'open');
    const at = Math.max(this.time.now() + this.random.between(200, this.stormy ? 3_500 : 900), (this.lastAt.get(id) ?? 0) + 1);
    this.lastAt.set(id, at);
    const fails = this.stormy && this.random.chance(0.06);
    this.time.after(at - this.time.now(), () => {
      if (!fails) set();
      this.states.set(reference, fails ? 'failed' : 'done');
      this.onSettled(reference);
    });
    return { accepted: reference };
  }
}

const figuresOf = (body: VendorRequest['body']): FiguresBody => JSON.parse(String(body)) as FiguresBody;
