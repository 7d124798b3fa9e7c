import type { CommandContext } from '@holdfast/ledger';
import { uuidOf } from '@holdfast/platform';
import { allOf } from './all-of.js';
import { openSkus } from './committing.js';
import type { OrderEnvironment, OrderRef } from './environment.js';
import type { KnownOrder, OrderStep } from './order-streams.js';

/** Lets an order live longer: first every hold, then the order. A crash in between leaves holds that end with the order all the same. */
export class Extending {
  constructor(private readonly env: OrderEnvironment) {}

  /**
   * @returns `lost` where a hold had run out already
   * @throws EventStoreUnavailable, LedgerBusy when only some may have been extended; call it again
   */
  async extend(ref: OrderRef, order: KnownOrder, ttlMs: number, commandId: string, context: CommandContext): Promise<OrderStep | 'lost'> {
    const at = this.env.clock.now();
    const extended = await allOf(openSkus(order).map((sku) => this.extendHold(ref, sku, { at, ttlMs, commandId }, context)));
    if (extended.includes(false)) return 'lost';
    return this.env.streams.execute(ref, { type: 'ExtendOrder', at, commandId, expiresAt: at + ttlMs }, order, context);
  }

  private async extendHold(
    ref: OrderRef,
    sku: string,
    { at, ttlMs, commandId }: { readonly at: number; readonly ttlMs: number; readonly commandId: string },
    context: CommandContext,
  ): Promise<boolean> {
    const { tenant, reservationId } = ref;
    const command = { type: 'ExtendReservation', at, commandId: uuidOf(`${commandId}|${sku}`), reservationId, ttlMs } as const;
    return (await this.env.ledger.execute({ tenant, sku }, command, context)).kind === 'accepted';
  }
}
