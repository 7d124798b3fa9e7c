import type { CommandContext } from '@holdfast/ledger';
import { uuidOf } from '@holdfast/kit';
import { atEachSku } from './at-each-sku.js';
import { openSkus } from './committing.js';
import type { OrderEnvironment } from './environment.js';
import type { OrderRef } from './order-ref.js';
import type { KnownOrder, OrderStep } from './order-streams.js';

/** Extends an order: first every hold, then the order. After a crash in between, the holds still end with the order. */
export class Extending {
  constructor(private readonly env: OrderEnvironment) {}

  /**
   * @returns `lost` where a hold had run out already
   * @throws EventStoreUnavailable, LedgerBusy when only some may have been extended; call it again
   */
  async extend(ref: OrderRef, order: KnownOrder, ttlMs: number, commandId: string, context: CommandContext): Promise<OrderStep | 'lost'> {
    const at = this.env.clock.now();
    const ends = await atEachSku(this.env, openSkus(order), (sku) => this.extendHold(ref, sku, { at, ttlMs, commandId }, context));
    // A repeat finds the holds extended, and the order lives no longer than the first of them.
    const expiresAt = Math.min(...ends.map((end) => end ?? 0));
    if (expiresAt === 0) return 'lost';
    return this.env.streams.execute(ref, { type: 'ExtendOrder', at, commandId, expiresAt }, order, context);
  }

  /** When the hold ends now; undefined where it had run out. */
  private async extendHold(
    ref: OrderRef,
    sku: string,
    { at, ttlMs, commandId }: { readonly at: number; readonly ttlMs: number; readonly commandId: string },
    context: CommandContext,
  ): Promise<number | undefined> {
    const { tenant, reservationId } = ref;
    const command = { type: 'ExtendReservation', at, commandId: uuidOf(`${commandId}|${sku}`), reservationId, ttlMs } as const;
    const { kind, state } = await this.env.ledger.execute({ tenant, sku }, command, context);
    return kind === 'accepted' ? state.reservations.get(reservationId)?.expiresAt : undefined;
  }
}
