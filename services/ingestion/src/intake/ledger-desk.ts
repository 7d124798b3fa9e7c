import type { ErpMessage } from '@holdfast/contracts';
import type { Outcome, SkuLedger } from '@holdfast/ledger';
import { LedgerBusy } from '@holdfast/ledger';
import type { Placement } from './stock-command.js';
import { stockCommand } from './stock-command.js';

export interface Clock {
  now(): number;
}

/** A located message with what the ledger needs of it. */
export interface Located {
  readonly tenant: string;
  readonly message: ErpMessage;
  readonly commandId: string;
  readonly placement: Placement;
}

const ATTEMPTS = 5;

const systemPause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Hands messages to the ledger. */
export class LedgerDesk {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly clock: Clock,
    private readonly pause = systemPause,
  ) {}

  /** Waits out a full queue for a while. @throws LedgerBusy, EventStoreUnavailable: hand it in again later */
  async apply({ tenant, message, commandId, placement }: Located): Promise<Outcome> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const command = stockCommand(message, placement, commandId, this.clock.now());
        return await this.ledger.execute({ tenant, sku: message.sku }, command, { actor: `erp:${message.connectionId}` });
      } catch (error) {
        if (!(error instanceof LedgerBusy) || attempt === ATTEMPTS) throw error;
        await this.pause(error.retryAfterMs);
      }
    }
  }
}
