import type { Random } from '@holdfast/simulation';
import type { Fleet } from '../fleet.js';
import { LOCATIONS, MANUAL_SKUS, type World } from '../world.js';
import { ask, stockErrand, type Errand } from './asking.js';

const MOST_OPEN = 2;

/** A simulated person who holds units for inspection or a recall, and releases them whole or in part, to stock or as scrap. */
export class Inspector {
  readonly #random: Random;
  readonly #open: { readonly sku: string; readonly holdId: string; readonly quantity: number | undefined }[] = [];

  constructor(
    private readonly world: World,
    private readonly fleet: Fleet,
  ) {
    this.#random = world.random.fork();
  }

  async work(until: number): Promise<void> {
    const { time } = this.world;
    while (time.now() < until) {
      await time.sleep(this.#random.pick([200, 900, 2_500]));
      await ask(this.world, this.fleet, this.#open.length < MOST_OPEN && this.#random.chance(0.6) ? this.#hold() : this.#release());
    }
  }

  #hold(): Errand {
    const random = this.#random;
    const [sku, holdId] = [random.pick(MANUAL_SKUS), random.uuid()];
    const scope = random.pick(['some', 'some', 'some', 'location', 'all']);
    const quantity = scope === 'some' ? random.between(1, 4) : undefined;
    const locationId = scope === 'all' ? undefined : random.pick(LOCATIONS).locationId;
    const holdType = random.pick(['quality', 'damage', 'recall'] as const);
    this.#open.push({ sku, holdId, quantity });
    return stockErrand({ kind: 'stock', name: holdId, sku, event: 'HoldPlaced', eventNames: [`${holdId} ${holdId}`] }, (at) => ({
      type: 'PlaceHold',
      at,
      commandId: holdId,
      holdId,
      holdType,
      ...(locationId === undefined ? {} : { locationId }),
      ...(quantity === undefined ? {} : { quantity }),
    }));
  }

  #release(): Errand {
    const random = this.#random;
    const { sku, holdId, quantity } = this.#open.shift() ?? { sku: random.pick(MANUAL_SKUS), holdId: 'nobody', quantity: undefined };
    const id = random.uuid();
    const isPart = quantity !== undefined && quantity > 1 && random.chance(0.5);
    if (isPart) this.#open.push({ sku, holdId, quantity: quantity - 1 });
    const disposition = random.pick(['to_stock', 'to_stock', 'scrap'] as const);
    // A hold that was refused is unknown, and the rest of one may be released already: no event must be there.
    return stockErrand({ kind: 'stock', name: id, sku, event: '', eventNames: [] }, (at) => ({
      type: 'ReleaseHold',
      at,
      commandId: id,
      holdId,
      disposition,
      ...(isPart ? { quantity: 1 } : {}),
    }));
  }
}
