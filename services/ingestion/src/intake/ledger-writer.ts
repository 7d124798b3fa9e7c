import type { ErpMessage, ErpReceipt } from '@holdfast/contracts';
import { arrivalBin } from '@holdfast/inventory';
import type { LocationDirectory, LotCalendar, Outcome, SkuLedger } from '@holdfast/ledger';
import { LedgerBusy } from '@holdfast/ledger';
import type { Placement } from './stock-command.js';
import { stockCommand } from './stock-command.js';

export interface Clock {
  now(): number;
}

/** A message whose location is known, with the fields that its stock command needs. */
export interface Located {
  readonly tenant: string;
  readonly message: ErpMessage;
  readonly commandId: string;
  readonly placement: Placement;
}

const ATTEMPTS = 5;

const systemPause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Intake and unparking call it to carry a located message out: it executes the stock command of the message on its SKU. */
export class LedgerWriter {
  /** By SKU, what must be read before its last message can enter the ledger. */
  readonly #reading = new Map<string, Promise<unknown>>();

  constructor(
    private readonly ledger: SkuLedger,
    private readonly clock: Clock,
    private readonly calendar: Pick<LotCalendar, 'expiresAt'>,
    private readonly locations: Pick<LocationDirectory, 'find'>,
    private readonly pause = systemPause,
  ) {}

  /**
   * Messages of one SKU enter the ledger in the order of the calls. Retries a full queue up to five times.
   * @throws LedgerBusy, EventStoreUnavailable: apply the message again later
   */
  async apply(located: Located): Promise<Outcome> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.enter(located);
      } catch (error) {
        if (!(error instanceof LedgerBusy) || attempt === ATTEMPTS) throw error;
        await this.pause(error.retryAfterMs);
      }
    }
  }

  /** At once, unless something must be read: for this message, or for one of the same SKU before it. */
  private enter(located: Located): Promise<Outcome> {
    const { tenant, message, placement } = located;
    const key = JSON.stringify([tenant, message.sku]);
    const before = this.#reading.get(key);
    const isDated = message.type === 'receipt' && message.expiryDate !== undefined;
    if (before === undefined && !isDated) return this.execute(located);
    const reading = Promise.resolve(before).then(() => (isDated ? this.expiresAt(tenant, message, placement) : undefined));
    const kept = reading
      .catch(() => undefined)
      .finally(() => {
        if (this.#reading.get(key) === kept) this.#reading.delete(key);
      });
    this.#reading.set(key, kept);
    return reading.then((expiresAt) => this.execute(located, expiresAt));
  }

  private execute({ tenant, message, commandId, placement }: Located, expiresAt?: number): Promise<Outcome> {
    const bin = message.type === 'receipt' ? arrivalBin(this.locations.find(tenant, placement.locationId)) : undefined;
    const command = stockCommand(message, placement, commandId, this.clock.now(), { bin, expiresAt });
    return this.ledger.execute({ tenant, sku: message.sku }, command, { actor: `erp:${message.connectionId}` });
  }

  private async expiresAt(tenant: string, message: ErpReceipt, { locationId }: Placement): Promise<number | undefined> {
    if (message.expiryDate === undefined) return undefined;
    const { state } = await this.ledger.read({ tenant, sku: message.sku });
    return this.calendar.expiresAt(tenant, locationId, message.expiryDate, state);
  }
}
