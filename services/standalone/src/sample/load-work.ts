import type { Holdfast } from '@holdfast/client';
import { pause } from '@holdfast/kit';

const BLOCKED = { sku: 'JACKET-M', locationId: 'HAM' } as const;
const RULE = { sku: 'BOOT-43', locationId: 'BER' } as const;
const ORDER = 'sample-1';
const DELIVERY = { sku: 'TENT-4P', reference: 'PO-1001' } as const;
const DELIVERY_IN_DAYS = 14;
const DAY_MS = 86_400_000;
const STOCK_WITHIN_MS = 60_000;
const LOOK_MS = 50;

/**
 * Work under way: units on hold, a sale, a count, a request that waits for approval, a suggestion of what to order, a delivery. Each is made where
 * there is none of its kind yet, so that another start adds nothing to what became of it.
 * @throws HoldfastError of the first request that failed
 */
export async function loadWork(holdfast: Holdfast): Promise<void> {
  await stockIsThere(holdfast);
  if ((await holdfast.holds.list({ limit: 1 })).holds.length === 0) {
    await holdfast.holds.place({ ...BLOCKED, quantity: 2, type: 'quality', reason: 'Seams to be checked', reference: 'QA-118' });
  }
  if ((await holdfast.reservations.list({ orderId: ORDER })).reservations.length === 0) {
    const items = [
      { sku: 'BOTTLE-1L', quantity: 6 },
      { sku: 'LAMP-HEAD', quantity: 2 },
    ];
    const { reservationId } = await holdfast.reservations.reserve({ items, orderId: ORDER, channelId: 'webshop' });
    await holdfast.reservations.commit(reservationId);
  }
  if ((await holdfast.counts.list({ limit: 1 })).batches.length === 0) {
    await holdfast.counts.create({ locationId: 'MUC', name: 'Boots', lines: [{ sku: 'BOOT-42' }, { sku: 'BOOT-43' }] });
  }
  if ((await holdfast.stockRequests.list({ limit: 1 })).requests.length === 0) {
    const lines = [
      { sku: 'POT-SET', quantityRequested: 6 },
      { sku: 'LAMP-HEAD', quantityRequested: 10 },
    ];
    const places = { fromLocationId: 'BER', toLocationId: 'MUC' };
    await holdfast.stockRequests.create({ ...places, reason: 'Shelves for the season', lines, submit: true });
  }
  if ((await holdfast.replenishment.rules({ limit: 1 })).rules.length === 0) {
    const levels = { method: 'min_max', min: 4, max: 12, leadTimeDays: 14 } as const;
    const source = { type: 'purchase', supplierId: 'ridge' } as const;
    await holdfast.replenishment.setRules({ rules: [{ ...RULE, ...levels, source, mode: 'approve' }] });
    await holdfast.replenishment.suggest({ locationId: RULE.locationId, skus: [RULE.sku], create: true });
  }
  if ((await holdfast.inbound.list(DELIVERY.sku)).inbound.length === 0) {
    const expectedAt = new Date(Date.now() + DELIVERY_IN_DAYS * DAY_MS).toISOString();
    await holdfast.inbound.declare(DELIVERY.sku, DELIVERY.reference, { locationId: 'BER', quantity: 10, expectedAt });
  }
}

/** The ERP's figures take effect a moment after they were published. */
async function stockIsThere(holdfast: Holdfast): Promise<void> {
  const { sku, locationId } = BLOCKED;
  for (let waitedMs = 0; waitedMs < STOCK_WITHIN_MS; waitedMs += LOOK_MS) {
    if ((await holdfast.items.list({ productMasterId: sku, locationId })).items.length > 0) return;
    await pause(LOOK_MS);
  }
  throw new Error(`the stock of the sample data was not there after ${String(STOCK_WITHIN_MS / 1_000)} seconds`);
}
