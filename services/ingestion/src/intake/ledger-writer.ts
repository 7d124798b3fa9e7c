import type { ErpMessage, ErpReceipt } from '@holdfast/contracts';
import { arrivalBin } from '@holdfast/inventory';
import type { LocationDirectory, LotCalendar, Outcome, SkuLedger } from '@holdfast/ledger';
import { LedgerBusy } from '@holdfast/ledger';
import type { Arrival, Placement } from './stock-command.js';
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
  constructor(
    private readonly ledger: SkuLedger,
    private readonly clock: Clock,
    private readonly calendar: Pick<LotCalendar, 'expiresAt'>,
    private readonly locations: Pick<LocationDirectory, 'find'>,
    private readonly pause = systemPause,
  ) {}

  /** Retries a full queue up to five times. @throws LedgerBusy, EventStoreUnavailable: apply the message again later */
  async apply({ tenant, message, commandId, placement }: Located): Promise<Outcome> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const arrival = message.type === 'receipt' ? await this.arrival(tenant, message, placement) : {};
        const command = stockCommand(message, placement, commandId, this.clock.now(), arrival);
        return await this.ledger.execute({ tenant, sku: message.sku }, command, { actor: `erp:${message.connectionId}` });
      } catch (error) {
        if (!(error instanceof LedgerBusy) || attempt === ATTEMPTS) throw error;
        await this.pause(error.retryAfterMs);
      }
    }
  }

  private async arrival(tenant: string, message: ErpReceipt, placement: Placement): Promise<Arrival> {
    const bin = arrivalBin(this.locations.find(tenant, placement.locationId));
    return { bin, expiresAt: await this.expiresAt(tenant, message, placement) };
  }

  private async expiresAt(tenant: string, message: ErpReceipt, { locationId }: Placement): Promise<number | undefined> {
    if (message.expiryDate === undefined) return undefined;
    const { state } = await this.ledger.read({ tenant, sku: message.sku });
    return this.calendar.expiresAt(tenant, locationId, message.expiryDate, state);
  }
}
