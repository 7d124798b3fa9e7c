import type { Random } from '@holdfast/simulation';
import type { Fleet } from '../fleet.js';
import { BACKORDER_SKU, CHANNELS, LOCATIONS, type World } from '../world.js';
import { ask, receiptErrand, stockErrand, type DeliveryNames, type Errand } from './asking.js';

const sku = BACKORDER_SKU;
/** How far ahead deliveries are expected; the least value makes one late from the beginning. */
const EXPECTED_IN_MS = { least: -1_000, most: 10_000 } as const;
const GRACES_MS = [0, 1_500, 5_000] as const;

/** A simulated buyer: announces deliveries, changes or cancels them, receives them, and sets how many units may wait for them. */
export class Buyer {
  readonly #random: Random;
  readonly #references: string[] = [];
  /** Constant during a run. */
  readonly #overbookingUnits: number;

  constructor(
    private readonly world: World,
    private readonly fleet: Fleet,
  ) {
    this.#random = world.random.fork();
    this.#overbookingUnits = this.#random.pick([0, 0, 0, 2]);
  }

  /** From now on reservations may wait. */
  async open(): Promise<void> {
    await ask(this.world, this.fleet, this.#policy());
    for (let deliveries = 0; deliveries < 2; deliveries += 1) await ask(this.world, this.fleet, this.#declaration(undefined));
  }

  async work(until: number): Promise<void> {
    const { time } = this.world;
    while (time.now() < until) {
      await ask(this.world, this.fleet, this.#next());
      await time.sleep(this.#random.pick([50, 400, 1_500]));
    }
  }

  #next(): Errand {
    switch (this.#random.between(0, 12)) {
      case 0:
        return this.#policy();
      case 1:
        return this.#cancellation();
      case 2:
      case 3:
        return this.#declaration(this.#known());
      case 4:
      case 5:
        return this.#receipt((reference) => ({ inboundReference: reference }));
      case 6:
        return this.#receipt((documentId) => ({ documentId }));
      case 7:
        return this.#receipt(() => ({}));
      default:
        return this.#declaration(undefined);
    }
  }

  /**
   * Sets how many units may wait, the grace of deliveries, sometimes a channel that alone may wait; and caps, floors and limits per holder.
   */
  #policy(): Errand {
    const random = this.#random;
    const id = random.uuid();
    const backorders = {
      units: random.pick([0, 6, 20, 20]),
      graceMs: random.pick(GRACES_MS),
      ...(random.chance(0.25) ? { channels: [CHANNELS[0]] } : {}),
    };
    const holderUnits = random.pick([0, 0, 0, 5]);
    const allocations = [
      { channelId: CHANNELS[0], cap: random.between(4, 20) },
      { channelId: CHANNELS[1], floor: random.between(0, 3), ...(random.chance(0.3) ? { holderUnits: 5 } : {}) },
    ].slice(random.pick([0, 1, 2, 2, 2, 2]));
    return stockErrand({ kind: 'stock', name: id, sku, event: '', eventNames: [] }, (at) => ({
      type: 'SetLimits',
      at,
      commandId: id,
      overbookingUnits: this.#overbookingUnits,
      allocations,
      ...(holderUnits === 0 ? {} : { holderUnits }),
      backorders,
    }));
  }

  /** A delivery, or its changed data. */
  #declaration(known: string | undefined): Errand {
    const random = this.#random;
    const id = random.uuid();
    const reference = known ?? `delivery ${id}`;
    if (known === undefined) this.#references.push(reference);
    const { locationId } = random.pick(LOCATIONS);
    const quantity = random.between(3, 12);
    const expectedAt = this.world.time.now() + random.between(EXPECTED_IN_MS.least, EXPECTED_IN_MS.most);
    const event = known === undefined ? 'InboundDeclared' : '';
    return stockErrand({ kind: 'stock', name: id, sku, event, eventNames: event === '' ? [] : [id] }, (at) => ({
      type: 'DeclareInbound',
      at,
      commandId: id,
      reference,
      locationId,
      quantity,
      expectedAt,
    }));
  }

  #cancellation(): Errand {
    const id = this.#random.uuid();
    const reference = this.#known() ?? 'delivery of nothing';
    return stockErrand({ kind: 'stock', name: id, sku, event: 'InboundCancelled', eventNames: [id] }, (at) => ({
      type: 'CancelInbound',
      at,
      commandId: id,
      reference,
    }));
  }

  /** Receives a delivery as its note names it: all of it, a part, or more than announced. */
  #receipt(named: (reference: string) => DeliveryNames): Errand {
    const random = this.#random;
    const id = random.uuid();
    const { locationId } = random.pick(LOCATIONS);
    const quantity = random.between(1, 3);
    return receiptErrand(id, sku, locationId, quantity, named(this.#known() ?? 'delivery of nothing'));
  }

  #known(): string | undefined {
    return this.#references.length === 0 ? undefined : this.#random.pick(this.#references.slice(-4));
  }
}
