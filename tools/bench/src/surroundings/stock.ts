import { randomUUID } from 'node:crypto';
import type { PlaceReservation, Source } from '@holdfast/inventory';
import type { SkuLedger, SkuRef } from '@holdfast/ledger';

export const TENANT = 'bench';
const TTL_MS = 900_000;
const REQUEST_HASH = 'a'.repeat(43);
/** SKUs that are stocked at once. */
const STOCKED_AT_ONCE = 500;

export const locationsOf = (count: number): readonly Source[] =>
  Array.from({ length: count }, (_none, index) => ({ locationId: `L${String(index + 1)}`, priority: index + 1 }));

/** Receives the units of every SKU at every location. */
export async function stockUp(
  ledger: SkuLedger,
  skus: readonly string[],
  locations: readonly Source[],
  units: number,
  tenant = TENANT,
): Promise<void> {
  for (let from = 0; from < skus.length; from += STOCKED_AT_ONCE) {
    await Promise.all(
      skus
        .slice(from, from + STOCKED_AT_ONCE)
        .flatMap((sku) => locations.map(({ locationId }) => receive(ledger, { tenant, sku }, locationId, units))),
    );
  }
}

async function receive(ledger: SkuLedger, ref: SkuRef, locationId: string, quantity: number): Promise<void> {
  const commandId = randomUUID();
  const at = Date.now();
  const outcome = await ledger.execute(ref, {
    type: 'ReceiveStock',
    at,
    commandId,
    locationId,
    quantity,
    effectiveAt: at,
    messageId: commandId,
  });
  if (outcome.kind === 'refused') throw new Error(`${ref.sku} was not received: ${outcome.code}`);
}

/** A command as the reservation service makes it of one request. */
export function placing(quantity: number, sources: readonly Source[]): PlaceReservation {
  const commandId = randomUUID();
  return {
    type: 'PlaceReservation',
    at: Date.now(),
    commandId,
    reservationId: `rs_c2t1.${commandId}`,
    orderId: `order-${commandId}`,
    quantity,
    ttlMs: TTL_MS,
    requestHash: REQUEST_HASH,
    sources,
  };
}

/** From function call to durable answer. @throws when it is refused: there is enough of everything */
export async function reserve(ledger: SkuLedger, sku: string, quantity: number, sources: readonly Source[]): Promise<void> {
  const outcome = await ledger.execute({ tenant: TENANT, sku }, placing(quantity, sources), { actor: 'bench' });
  if (outcome.kind === 'refused') throw new Error(`${sku} was refused: ${outcome.code}`);
}
