import type { Random, Reply, CallerRequest, RequestedLine } from '@holdfast/simulation';
import type { Fleet } from '../fleet.js';
import { BACKORDER_SKU, CHANNELS, HOLDERS, LOCATIONS, SKUS, type World } from '../world.js';
import { ask, reserveErrand, requestErrand, type Errand } from './asking.js';

const TTLS_MS = [5_000, 8_000, 15_000] as const;
export const LONGEST_TTL_MS = 15_000;
/** Rate of orders for the SKU that waits for deliveries. */
const WAITS = 0.5;

interface Held {
  readonly reservationId: string;
  readonly expiresAt: number;
  readonly lines: readonly RequestedLine[];
}

/** A simulated shopper that buys, changes orders, comes too late, and sends requests twice. */
export class Shopper {
  readonly #held: Held[] = [];
  readonly #asked: Errand[] = [];
  readonly #requests: Extract<CallerRequest, { kind: 'reserve' }>[] = [];
  readonly #random: Random;

  constructor(
    private readonly world: World,
    private readonly fleet: Fleet,
  ) {
    this.#random = world.random.fork();
  }

  async shop(until: number): Promise<void> {
    const { time } = this.world;
    while (time.now() < until) {
      await this.#act();
      await time.sleep(this.#random.pick([0, 3, 50, 400, 1_500]));
    }
  }

  async #act(): Promise<void> {
    const drawn = this.#random.next();
    if (this.#held.length === 0 || drawn < 0.42) return this.#reserve(this.#random.chance(WAITS) ? this.#moreThanThereIs() : this.#cart());
    if (drawn < 0.5 && this.#asked.length > 0) {
      await ask(this.world, this.fleet, this.#random.pick(this.#asked), 1);
      return;
    }
    if (drawn < 0.52 && this.#requests.length > 0) return this.#askAnew();
    if (drawn < 0.64) return this.#comeJustInTime();
    const held = this.#random.pick(this.#held);
    if (drawn < 0.72) {
      await Promise.all([this.#ask(this.#request('commit', held)), this.#ask(this.#request('release', held))]);
      return;
    }
    const kind = drawn < 0.84 ? 'commit' : drawn < 0.93 ? 'release' : 'extend';
    await this.#ask(this.#request(kind, held));
  }

  /** Commits a few milliseconds around the expiry of a hold, while other shoppers request the same units. */
  async #comeJustInTime(): Promise<void> {
    const { time } = this.world;
    const held = this.#held.filter(({ expiresAt }) => expiresAt > time.now()).sort((left, right) => left.expiresAt - right.expiresAt)[0];
    if (held === undefined) return this.#reserve(this.#cart());
    await time.sleep(held.expiresAt - time.now() + this.#random.between(-6, 4));
    const rival = async (): Promise<void> => {
      await time.sleep(this.#random.between(0, 8));
      await this.#reserve(held.lines.slice(0, 1).map(({ sku }) => ({ sku, quantity: this.#random.between(1, 6) })));
    };
    await Promise.all([this.#ask(this.#request('commit', held)), rival()]);
  }

  /** Requests the units of an order again under another name, as a shopper does who has forgotten the first request. */
  async #askAnew(): Promise<void> {
    const before = this.#random.pick(this.#requests);
    await ask(this.world, this.fleet, reserveErrand({ ...before, name: this.#random.uuid(), again: true }));
  }

  async #reserve(lines: readonly RequestedLine[]): Promise<void> {
    const random = this.#random;
    const mayWait = lines.every(({ sku }) => sku === BACKORDER_SKU) && lines.length > 0 && random.chance(0.7);
    const request: Extract<CallerRequest, { kind: 'reserve' }> = {
      kind: 'reserve',
      name: random.uuid(),
      orderId: `order ${random.uuid()}`,
      lines,
      ttlMs: random.pick(TTLS_MS),
      partial: random.chance(0.2),
      ...(mayWait ? { backorder: true } : {}),
      ...(random.chance(0.15) ? { locationId: random.pick(LOCATIONS).locationId } : {}),
      ...(random.chance(0.5) ? { channelId: random.pick(CHANNELS) } : {}),
      ...(random.chance(0.3) ? { holderId: random.pick(HOLDERS) } : {}),
    };
    const reply = await this.#ask(reserveErrand(request));
    this.#requests.push(request);
    if (reply.kind === 'reservation') {
      const open = reply.lines.filter(({ quantity, waiting }) => quantity + waiting > 0);
      this.#held.push({ ...reply, lines: open });
    }
  }

  #moreThanThereIs(): readonly RequestedLine[] {
    return [{ sku: BACKORDER_SKU, quantity: this.#random.between(2, 6) }];
  }

  #cart(): readonly RequestedLine[] {
    const random = this.#random;
    return Array.from({ length: random.pick([1, 1, 2, 2, 3]) }, () => ({ sku: random.pick(SKUS), quantity: random.between(1, 4) }));
  }

  #request(kind: 'commit' | 'release' | 'extend', { reservationId, lines }: Held): Errand {
    const random = this.#random;
    const part = kind !== 'extend' && random.chance(0.25) ? lines.slice(0, 1).map(({ sku }) => ({ sku, quantity: 1 })) : undefined;
    return requestErrand({
      kind,
      name: random.uuid(),
      reservationId,
      ...(part === undefined ? {} : { lines: part }),
      ...(kind === 'extend' ? { ttlMs: random.pick(TTLS_MS) } : {}),
    });
  }

  #ask(errand: Errand): Promise<Reply> {
    this.#asked.push(errand);
    return ask(this.world, this.fleet, errand);
  }
}
