import type { CommandContext } from '@holdfast/ledger';
import { uuidOf } from '@holdfast/kit';
import { atEachSku } from './at-each-sku.js';
import type { OrderEnvironment } from './environment.js';
import type { OrderRef } from './order-ref.js';

type Ending = 'ReleaseReservation' | 'ExpireReservation';

/**
 * Ends every hold of the order on these SKUs: by release, or by expiry when it is overdue. A SKU without such a hold accepts the command unchanged.
 * @throws EventStoreUnavailable, LedgerBusy when some holds may still be open; call it again
 */
export const releaseHolds = (env: OrderEnvironment, ref: OrderRef, skus: readonly string[], context: CommandContext): Promise<unknown> =>
  atEachSku(env, skus, (sku) => end(env, ref, sku, ['ReleaseReservation', 'ExpireReservation'], context));

/** As `releaseHolds`, but by expiry first. A hold is released when its extension was stored and the extension of the order was not. */
export const expireHolds = (env: OrderEnvironment, ref: OrderRef, skus: readonly string[]): Promise<unknown> =>
  atEachSku(env, skus, (sku) => end(env, ref, sku, ['ExpireReservation', 'ReleaseReservation'], {}));

async function end(env: OrderEnvironment, ref: OrderRef, sku: string, ways: readonly Ending[], context: CommandContext): Promise<void> {
  const { tenant, reservationId } = ref;
  const at = env.clock.now();
  for (const type of ways) {
    const commandId = uuidOf(`${reservationId}|${sku}|${type}`);
    const { state } = await env.ledger.execute({ tenant, sku }, { type, at, commandId, reservationId }, context);
    if (!state.reservations.has(reservationId)) return;
  }
}
