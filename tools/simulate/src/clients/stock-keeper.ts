import type { Random } from '@holdfast/simulation';
import type { Fleet } from '../fleet.js';
import { CHANNELS, LIMITED_SKU, LOCATIONS, MANUAL_SKUS, type World } from '../world.js';
import { ask, receiptErrand, stockErrand, type Errand } from './asking.js';

/** A simulated stock keeper: receives, issues, counts, moves and ships units, and sends figures of an ERP. */
export class StockKeeper {
  readonly #random: Random;
  readonly #transfers: { readonly sku: string; readonly transferId: string; readonly quantity: number }[] = [];

  constructor(
    private readonly world: World,
    private readonly fleet: Fleet,
  ) {
    this.#random = world.random.fork();
  }

  async work(until: number): Promise<void> {
    const { time } = this.world;
    while (time.now() < until) {
      await ask(this.world, this.fleet, this.#next(this.#random.pick(MANUAL_SKUS)));
      await time.sleep(this.#random.pick([50, 500, 2_500]));
    }
  }

  /** Receives units. */
  async receive(sku: string, locationId: string, quantity: number): Promise<void> {
    await ask(this.world, this.fleet, this.#receipt(sku, locationId, quantity));
  }

  #next(sku: string): Errand {
    const random = this.#random;
    const { locationId } = random.pick(LOCATIONS);
    const other = LOCATIONS.find((location) => location.locationId !== locationId)?.locationId ?? locationId;
    const id = random.uuid();
    const quantity = random.between(1, 3);
    switch (random.between(0, 9)) {
      case 0:
      case 1:
        return this.#receipt(sku, locationId, quantity);
      case 2:
        return stockErrand({ kind: 'stock', name: id, sku, event: 'StockAdjusted', eventNames: [`${id} ${locationId}`] }, (at) => ({
          type: 'AdjustStock',
          at,
          commandId: id,
          locationId,
          delta: random.chance(0.5) ? quantity : -quantity,
          effectiveAt: at,
          reasonCode: 'count',
        }));
      case 3:
        return stockErrand({ kind: 'stock', name: id, sku, event: 'StockMoved', eventNames: [id] }, (at) => ({
          type: 'MoveStock',
          at,
          commandId: id,
          fromLocationId: locationId,
          toLocationId: other,
          quantity,
          reference: id,
        }));
      case 4:
        this.#transfers.push({ sku, transferId: id, quantity });
        return stockErrand({ kind: 'stock', name: id, sku, event: 'TransferShipped', eventNames: [id] }, (at) => ({
          type: 'ShipTransfer',
          at,
          commandId: id,
          transferId: id,
          startedAt: at,
          fromLocationId: locationId,
          toLocationId: other,
          quantity,
        }));
      case 5:
        return this.#arrival() ?? this.#receipt(sku, locationId, quantity);
      case 6:
        return stockErrand({ kind: 'stock', name: id, sku, event: '', eventNames: [] }, (at) => ({
          type: 'ReportLevel',
          at,
          commandId: id,
          connectionId: 'erp',
          messageId: id,
          locationId,
          figure: random.between(2, 9),
          asOf: at - 100,
          postingLagMs: null,
        }));
      case 7:
        return this.#limits();
      case 8:
        return this.#severalAdjustments(sku, id);
      default:
        return stockErrand({ kind: 'stock', name: id, sku, event: 'StockIssued', eventNames: [id] }, (at) => ({
          type: 'IssueStock',
          at,
          commandId: id,
          connectionId: 'erp',
          messageId: id,
          locationId,
          quantity: 1,
          effectiveAt: at,
        }));
    }
  }

  /** Of every location at once, all or none: what one loses another may gain. */
  #severalAdjustments(sku: string, id: string): Errand {
    const adjustments = LOCATIONS.map(({ locationId }) => ({ locationId, delta: this.#random.pick([-2, -1, 1, 2]) }));
    const eventNames = adjustments.map(({ locationId }) => `${id} ${locationId}`);
    return stockErrand({ kind: 'stock', name: id, sku, event: 'StockAdjusted', eventNames }, (at) => ({
      type: 'AdjustLocations',
      at,
      commandId: id,
      adjustments,
      effectiveAt: at,
      reasonCode: 'count',
    }));
  }

  /** Limits of one of the SKUs; the others have none, so they test the path without limits. */
  #limits(): Errand {
    const random = this.#random;
    const id = random.uuid();
    const [overbookingUnits, holderUnits] = [random.pick([0, 0, 1, 2]), random.pick([0, 2, 4])];
    const allocations = [
      { channelId: CHANNELS[0], cap: random.between(1, 9) },
      { channelId: CHANNELS[1], floor: random.between(0, 2), ...(random.chance(0.5) ? { holderUnits: 2 } : {}) },
    ].slice(random.between(0, 1));
    return stockErrand({ kind: 'stock', name: id, sku: LIMITED_SKU, event: '', eventNames: [] }, (at) => ({
      type: 'SetLimits',
      at,
      commandId: id,
      overbookingUnits,
      allocations,
      ...(holderUnits === 0 ? {} : { holderUnits }),
    }));
  }

  #receipt(sku: string, locationId: string, quantity: number): Errand {
    return receiptErrand(this.#random.uuid(), sku, locationId, quantity);
  }

  #arrival(): Errand | undefined {
    const sent = this.#transfers.shift();
    if (sent === undefined) return undefined;
    const id = this.#random.uuid();
    const { sku, transferId, quantity } = sent;
    return stockErrand({ kind: 'stock', name: id, sku, event: 'TransferReceived', eventNames: [id] }, (at) => ({
      type: 'ReceiveTransfer',
      at,
      commandId: id,
      transferId,
      quantity,
      receiptId: id,
    }));
  }
}
