import type { RunningReduction } from '@holdfast/inventory';
import type { CommandContext } from '@holdfast/ledger';
import { uuidOf } from '@holdfast/kit';
import { atEachSku } from './at-each-sku.js';
import { openSkus } from './committing.js';
import type { OrderEnvironment } from './environment.js';
import type { OrderRef } from './order-ref.js';
import { expireHolds, releaseHolds } from './release-holds.js';
import type { KnownOrder } from './order-streams.js';

/** Carries a decided release or expiry out. Several processes may do so at the same time. */
export class Ending {
  constructor(private readonly env: OrderEnvironment) {}

  /** @throws EventStoreUnavailable, LedgerBusy when it is under way still; call it again */
  async finishRelease(ref: OrderRef, order: KnownOrder, context: CommandContext): Promise<KnownOrder> {
    await releaseHolds(this.env, ref, openSkus(order), context);
    const command = { type: 'CompleteOrderRelease', at: this.env.clock.now(), commandId: uuidOf(`${ref.reservationId}|released`) } as const;
    return (await this.env.streams.execute(ref, command, order, context)).order;
  }

  /**
   * As `finishRelease`, for a part. A hold that has run out meanwhile holds nothing any more, and the order ends with it.
   * @throws EventStoreUnavailable, LedgerBusy when it is under way still; call it again
   */
  async finishReduction(
    ref: OrderRef,
    order: KnownOrder,
    { reductionId, lines }: RunningReduction,
    context: CommandContext,
  ): Promise<KnownOrder> {
    const { tenant, reservationId } = ref;
    const release = async (sku: string, quantity: number): Promise<void> => {
      const command = { type: 'ReleaseReservation', at: this.env.clock.now(), reservationId, quantity } as const;
      const outcome = await this.env.ledger.execute({ tenant, sku }, { ...command, commandId: uuidOf(`${reductionId}|${sku}`) }, context);
      if (outcome.kind === 'accepted' || outcome.code === 'reservation_expired') return;
      if (outcome.state.reservations.has(reservationId)) throw new Error(`SKU ${sku} does not let ${reductionId} go: ${outcome.code}`);
    };
    await atEachSku(this.env, lines, ({ sku, quantity }) => release(sku, quantity));
    const at = this.env.clock.now();
    const command = { type: 'CompleteOrderReduction', at, commandId: uuidOf(`${reductionId}|complete`), reductionId } as const;
    return (await this.env.streams.execute(ref, command, order, context)).order;
  }

  /** @throws EventStoreUnavailable, LedgerBusy when it is under way still; call it again */
  async finishExpiry(ref: OrderRef, order: KnownOrder): Promise<KnownOrder> {
    // An order that expires while it is being held has no lines yet that say what is held.
    const held = openSkus(order);
    await expireHolds(this.env, ref, held.length > 0 ? held : order.state.lines.map(({ sku }) => sku));
    const command = { type: 'CompleteOrderExpiry', at: this.env.clock.now(), commandId: uuidOf(`${ref.reservationId}|expired`) } as const;
    return (await this.env.streams.execute(ref, command, order)).order;
  }
}
