import type { SkuCommand } from '@holdfast/inventory';
import type { Random } from '@holdfast/simulation';
import type { Fleet } from '../fleet.js';
import { LOCATIONS, LOT_SKU, type World } from '../world.js';
import { ask, stockErrand, type Errand } from './asking.js';
import { BINS, correctionOf } from './correcting.js';
import { countWhileSold } from './counting.js';

const sku = LOT_SKU;
/** How long goods last from their receipt on: some expire while they are sold. */
const LASTS_MS = { least: 500, most: 12_000 } as const;

type Fields = Readonly<Record<string, unknown>>;
type Command = SkuCommand['type'];

/** What the person knows of a lot, who may not have heard whether a command about it took effect. */
interface KnownLot {
  lotId: string;
  readonly expiresAt: number | undefined;
  /** Where some of it came last. */
  at: string;
}

/** A simulated warehouse person with lots: receives them, recalls and holds them, corrects, counts, moves and sends them. */
export class WarehouseKeeper {
  readonly #random: Random;
  readonly #lots: KnownLot[] = [];
  readonly #holds: string[] = [];
  readonly #sent: string[] = [];

  constructor(
    private readonly world: World,
    private readonly fleet: Fleet,
  ) {
    this.#random = world.random.fork();
  }

  async work(until: number): Promise<void> {
    const { time } = this.world;
    await ask(this.world, this.fleet, this.#receipt());
    while (time.now() < until) {
      const errand = this.#random.chance(0.12) ? await this.#count() : this.#next();
      await ask(this.world, this.fleet, errand);
      await time.sleep(this.#random.pick([100, 600, 1_500]));
    }
  }

  async #count(): Promise<Errand> {
    const figures = await countWhileSold(this.world, this.#random, this.#place());
    return this.#told('ApplyCount', (_, id) => ({ ...figures, documentId: `count ${id}` }));
  }

  #next(): Errand {
    switch (this.#random.between(0, 17)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return this.#receipt();
      case 4:
        return this.#recall();
      case 5:
        return this.#hold();
      case 6:
        return this.#release();
      case 7:
      case 8:
        return this.#correction();
      case 9:
        return this.#rename();
      case 10:
        return this.#redate();
      case 11:
        return this.#expiry();
      case 12:
      case 13:
        return this.#shipment();
      case 14:
      case 15:
        return this.#arrival();
      case 16:
        return this.#adjustment();
      default:
        return this.#control();
    }
  }

  /** A command whose effect need not be in the log: it may be refused. */
  #told(type: Command, fields: (at: number, id: string) => Fields): Errand {
    const id = this.#random.uuid();
    return stockErrand(
      { kind: 'stock', name: id, sku, event: '', eventNames: [] },
      (at) => ({ type, at, commandId: id, ...fields(at, id) }) as unknown as SkuCommand,
    );
  }

  #place(): string {
    return this.#random.pick(LOCATIONS).locationId;
  }

  #lot(): KnownLot {
    return this.#random.pick(this.#lots.length === 0 ? [{ lotId: 'none', expiresAt: undefined, at: this.#place() }] : this.#lots.slice(-4));
  }

  #newLot(): KnownLot {
    const lasts = this.#random.chance(0.8) ? this.#random.between(LASTS_MS.least, LASTS_MS.most) : undefined;
    const expiresAt = lasts === undefined ? undefined : this.world.time.now() + lasts;
    const lot = { lotId: `lot ${this.#lots.length + 1}`, expiresAt, at: this.#place() };
    this.#lots.push(lot);
    return lot;
  }

  #receipt(): Errand {
    const random = this.#random;
    const lot = this.#lots.length === 0 || random.chance(0.6) ? this.#newLot() : this.#lot();
    const { lotId, expiresAt } = lot;
    const [quantity, locationId, bin] = [random.between(1, 4), this.#place(), random.chance(0.4) ? random.pick(BINS) : undefined];
    lot.at = locationId;
    const id = random.uuid();
    const date = expiresAt === undefined ? {} : { expiresAt, expiryDate: dayOf(expiresAt) };
    const positions = [{ lotId, quantity, ...date, ...(bin === undefined ? {} : { binId: bin }) }];
    return stockErrand({ kind: 'stock', name: id, sku, event: 'StockReceived', eventNames: [id] }, (at) => ({
      type: 'ReceiveStock',
      at,
      commandId: id,
      locationId,
      quantity,
      effectiveAt: at,
      messageId: id,
      positions,
    }));
  }

  /** Sometimes of a lot that is yet to come. */
  #recall(): Errand {
    const { lotId } = this.#random.chance(0.2) ? this.#newLot() : this.#lot();
    return this.#told('PlaceHold', (_, id) => ({ holdId: this.#held(id), holdType: 'recall', lotId }));
  }

  #hold(): Errand {
    const quantity = this.#random.between(1, 2);
    const { lotId, at: locationId } = this.#lot();
    return this.#told('PlaceHold', (_, id) => ({ holdId: this.#held(id), holdType: 'quality', lotId, locationId, quantity }));
  }

  #held(holdId: string): string {
    if (this.#holds.at(-1) !== holdId) this.#holds.push(holdId);
    return holdId;
  }

  #release(): Errand {
    const holdId = this.#holds.shift() ?? 'none';
    const disposition = this.#random.pick(['to_stock', 'to_stock', 'scrap']);
    return this.#told('ReleaseHold', () => ({ holdId, disposition }));
  }

  #correction(): Errand {
    const from = this.#lot();
    const beside = this.#lots.filter((lot) => lot.at === from.at && lot !== from).slice(-4);
    const to = beside.length === 0 ? this.#lot() : this.#random.pick(beside);
    const part = `part ${this.#lots.length + 1}`;
    const correction = correctionOf(this.#random, from, to.lotId, part);
    if (correction.toLotId === part) this.#lots.push({ lotId: part, expiresAt: undefined, at: from.at });
    return this.#told('CorrectPositions', () => correction);
  }

  #rename(): Errand {
    const lot = this.#lot();
    const { lotId } = lot;
    const toLotId = `${lotId}'`;
    if (this.#random.chance(0.5)) lot.lotId = toLotId;
    return this.#told('RenameLot', () => ({ lotId, toLotId }));
  }

  #redate(): Errand {
    const { lotId } = this.#lot();
    const expiresAt = this.world.time.now() + this.#random.between(-1_000, LASTS_MS.most);
    const instants = LOCATIONS.map(({ locationId }) => ({ locationId, expiresAt }));
    return this.#told('ChangeLotExpiry', () => ({ lotId, expiryDate: dayOf(expiresAt), expiresAt: instants, reason: 'checked' }));
  }

  /** The scheduler of the service, or a person who finds a lot spoilt. */
  #expiry(): Errand {
    const lotId = this.#random.chance(0.3) ? this.#lot().lotId : undefined;
    return this.#told('ExpireLots', () => (lotId === undefined ? {} : { lotId, reason: 'spoilt' }));
  }

  #shipment(): Errand {
    const [{ lotId }, fromLocationId, quantity, isMove] = [
      this.#lot(),
      this.#place(),
      this.#random.between(1, 2),
      this.#random.chance(0.3),
    ];
    const toLocationId = LOCATIONS.find(({ locationId }) => locationId !== fromLocationId)?.locationId;
    const positions = this.#random.chance(0.6) ? { positions: [{ lotId, quantity }], mayMoveHeld: true } : {};
    const way = { fromLocationId, toLocationId, quantity, ...positions };
    if (isMove) return this.#told('MoveStock', (_, id) => ({ ...way, reference: id }));
    return this.#told('ShipTransfer', (at, id) => {
      if (this.#sent.at(-1) !== id) this.#sent.push(id);
      return { ...way, transferId: id, startedAt: at };
    });
  }

  /** A part or all of a shipment arrives, some of it unfit, or it goes back, or it is lost. */
  #arrival(): Errand {
    const random = this.#random;
    const transferId = this.#sent.at(0) ?? 'none';
    const [quantity, rejected] = random.pick([
      [1, 0],
      [2, 0],
      [1, 1],
    ] as const);
    switch (random.between(0, 6)) {
      case 0: {
        const [one, other] = LOCATIONS;
        const way = { fromLocationId: one.locationId, toLocationId: other.locationId };
        this.#sent.shift();
        return this.#told('ReturnTransfer', () => ({ transferId, ...way }));
      }
      case 1:
        this.#sent.shift();
        return this.#told('CloseTransfer', () => ({ transferId, reasonCode: 'lost' }));
      default:
        return this.#told('ReceiveTransfer', (_, id) => ({ transferId, receiptId: id, quantity, ...(rejected > 0 ? { rejected } : {}) }));
    }
  }

  #adjustment(): Errand {
    const [{ lotId, at: locationId }, delta] = [this.#lot(), this.#random.pick([-2, -1, 1])];
    return this.#told('AdjustStock', (at) => ({ locationId, lotId, delta, effectiveAt: at, reasonCode: 'damage' }));
  }

  #control(): Errand {
    const control = this.#random.pick(['none', 'optional', 'required']);
    return this.#told('SetLotControl', () => ({ control }));
  }
}

/** Any name of a date: the instant is what counts. */
const dayOf = (expiresAt: number): string => new Date(expiresAt).toISOString();
