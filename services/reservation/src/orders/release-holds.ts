import type { CommandContext } from '@holdfast/ledger';
import { uuidOf } from '@holdfast/kit';
import { allOf } from './all-of.js';
import type { OrderEnvironment } from './environment.js';
import type { OrderRef } from './order-ref.js';

type Ending = 'ReleaseReservation' | 'ExpireReservation';

/**
 * Frees whatever the order holds of these SKUs, by release or, where its time has come, by expiry. A SKU that holds nothing is content.
 * @throws EventStoreUnavailable, LedgerBusy when some may be held still; call it again
 */
export const letGo = (env: OrderEnvironment, ref: OrderRef, skus: readonly string[], context: CommandContext): Promise<unknown> =>
  allOf(skus.map((sku) => end(env, ref, sku, ['ReleaseReservation', 'ExpireReservation'], context)));

/** As `letGo`, by expiry; a hold that lives on by an extension the order never took note of is released. */
export const expireHolds = (env: OrderEnvironment, ref: OrderRef, skus: readonly string[]): Promise<unknown> =>
  allOf(skus.map((sku) => end(env, ref, sku, ['ExpireReservation', 'ReleaseReservation'], {})));

async function end(env: OrderEnvironment, ref: OrderRef, sku: string, ways: readonly Ending[], context: CommandContext): Promise<void> {
  const { tenant, reservationId } = ref;
  const at = env.clock.now();
  for (const type of ways) {
    const commandId = uuidOf(`${reservationId}|${sku}|${type}`);
    const { state } = await env.ledger.execute({ tenant, sku }, { type, at, commandId, reservationId }, context);
    if (!state.reservations.has(reservationId)) return;
  }
}
