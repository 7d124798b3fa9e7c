import type { Random, Reply, Wish, WishedLine } from '@holdfast/simulation';
import type { Fleet } from '../fleet.js';
import { BACKORDER_SKU, CHANNELS, HOLDERS, LOCATIONS, SKUS, type World } from '../world.js';
import { ask, reserveErrand, wishErrand, type Errand } from './asking.js';

const TTLS_MS = [5_000, 8_000, 15_000] as const;
export const LONGEST_TTL_MS = 15_000;
/** Of carts, that are filled with what the supplier must bring first. */
const WAITS = 0.5;

interface Held {
  readonly reservationId: string;
  readonly expiresAt: number;
  readonly lines: readonly WishedLine[];
}

/** Somebody who buys, changes their mind, comes too late, and asks twice. */
export class Shopper {
  readonly #held: Held[] = [];
  readonly #asked: Errand[] = [];
  readonly #wished: Extract<Wish, { kind: 'reserve' }>[] = [];
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
    if (drawn < 0.52 && this.#wished.length > 0) return this.#askAnew();
    if (drawn < 0.64) return this.#comeJustInTime();
    const held = this.#random.pick(this.#held);
    if (drawn < 0.72) {
      await Promise.all([this.#ask(this.#wish('commit', held)), this.#ask(this.#wish('release', held))]);
      return;
    }
    const kind = drawn < 0.84 ? 'commit' : drawn < 0.93 ? 'release' : 'extend';
    await this.#ask(this.#wish(kind, held));
  }

  /** Commits around the moment at which a hold runs out, a few milliseconds early or late, while others want the same. */
  async #comeJustInTime(): Promise<void> {
    const { time } = this.world;
    const held = this.#held.filter(({ expiresAt }) => expiresAt > time.now()).sort((left, right) => left.expiresAt - right.expiresAt)[0];
    if (held === undefined) return this.#reserve(this.#cart());
    await time.sleep(held.expiresAt - time.now() + this.#random.between(-6, 4));
    const rival = async (): Promise<void> => {
      await time.sleep(this.#random.between(0, 8));
      await this.#reserve(held.lines.slice(0, 1).map(({ sku }) => ({ sku, quantity: this.#random.between(1, 6) })));
    };
    await Promise.all([this.#ask(this.#wish('commit', held)), rival()]);
  }

  /** Asks for the units of an order once more, under another name, as somebody does who has forgotten that he asked. */
  async #askAnew(): Promise<void> {
    const before = this.#random.pick(this.#wished);
    await ask(this.world, this.fleet, reserveErrand({ ...before, name: this.#random.uuid(), again: true }));
  }

  async #reserve(lines: readonly WishedLine[]): Promise<void> {
    const random = this.#random;
    const mayWait = lines.every(({ sku }) => sku === BACKORDER_SKU) && lines.length > 0 && random.chance(0.7);
    const wish: Extract<Wish, { kind: 'reserve' }> = {
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
    const reply = await this.#ask(reserveErrand(wish));
    this.#wished.push(wish);
    if (reply.kind === 'reservation') {
      const open = reply.lines.filter(({ quantity, waiting }) => quantity + waiting > 0);
      this.#held.push({ ...reply, lines: open });
    }
  }

  #moreThanThereIs(): readonly WishedLine[] {
    return [{ sku: BACKORDER_SKU, quantity: this.#random.between(2, 6) }];
  }

  #cart(): readonly WishedLine[] {
    const random = this.#random;
    return Array.from({ length: random.pick([1, 1, 2, 2, 3]) }, () => ({ sku: random.pick(SKUS), quantity: random.between(1, 4) }));
  }

  #wish(kind: 'commit' | 'release' | 'extend', { reservationId, lines }: Held): Errand {
    const random = this.#random;
    const part = kind !== 'extend' && random.chance(0.25) ? lines.slice(0, 1).map(({ sku }) => ({ sku, quantity: 1 })) : undefined;
    return wishErrand({
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
