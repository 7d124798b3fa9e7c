import type { Random } from '@holdfast/simulation';
import type { Fleet } from '../fleet.js';
import { ERP_SKU, LOCATIONS, type World } from '../world.js';
import { ask, stockErrand } from './asking.js';

/** A simulated person who takes units of the ERP's SKU off by hand that the ERP still has: its next figure must bring them back. */
export class Miscounter {
  readonly #random: Random;

  constructor(
    private readonly world: World,
    private readonly fleet: Fleet,
  ) {
    this.#random = world.random.fork();
  }

  async work(until: number): Promise<void> {
    const { time } = this.world;
    while (time.now() < until) {
      await this.miscount();
      await time.sleep(this.#random.pick([700, 3_000, 6_000]));
    }
  }

  async miscount(): Promise<void> {
    const name = this.#random.uuid();
    const { locationId } = this.#random.pick(LOCATIONS);
    const errand = stockErrand(
      { kind: 'stock', name, sku: ERP_SKU, event: 'StockAdjusted', eventNames: [`${name} ${locationId}`] },
      (at) => ({
        type: 'AdjustStock',
        at,
        commandId: name,
        locationId,
        delta: -1,
        effectiveAt: at,
        reasonCode: 'count',
      }),
    );
    await ask(this.world, this.fleet, errand);
  }
}
