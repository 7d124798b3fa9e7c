import type { Holdfast } from '@holdfast/client';
import { RECALLED } from './food.js';
import { loadLots } from './load-lots.js';
import { stockIsThere } from './stock-is-there.js';

const BLOCKED = { sku: 'JACKET-M', locationId: 'HAM' } as const;
const RULE = { sku: 'BOOT-43', locationId: 'BER' } as const;
const ORDER = 'sample-1';
const SOLD = [
  { sku: 'BOTTLE-1L', quantity: 6 },
  { sku: 'LAMP-HEAD', quantity: 2 },
  { sku: RECALLED.sku, quantity: 4 },
];
const COUNTED = [{ sku: 'BOOT-42' }, { sku: 'BOOT-43' }, { sku: 'MEAL-PASTA', lotId: 'P-0915' }, { sku: 'MEAL-PASTA', lotId: 'P-1012' }];
const DELIVERY = { sku: 'TENT-4P', reference: 'PO-1001' } as const;
const DELIVERY_IN_DAYS = 14;
const DAY_MS = 86_400_000;

/**
 * Work under way. Each is made where there is none of its kind yet, so that another start adds nothing to what became of it.
 * @param now epoch milliseconds
 * @throws HoldfastError of the first request that failed
 */
export async function loadWork(holdfast: Holdfast, now: number): Promise<void> {
  await stockIsThere(holdfast, { productMasterId: BLOCKED.sku, locationId: BLOCKED.locationId });
  await Promise.all([handleLots(holdfast, now), hold(holdfast), request(holdfast), replenish(holdfast), announce(holdfast, now)]);
}

/** Lots that are sold, counted and recalled. */
async function handleLots(holdfast: Holdfast, now: number): Promise<void> {
  // The recall is made last: where it is, all else of the lots was made before, whatever is left of them.
  const isRecalled = (await holdfast.holds.list({ ...RECALLED, type: 'recall', limit: 1 })).holds.length > 0;
  if (!isRecalled) await loadLots(holdfast, now);
  await Promise.all([sell(holdfast), count(holdfast)]);
  if (!isRecalled) await holdfast.holds.place({ ...RECALLED, type: 'recall', reason: 'Allergens are not declared', reference: 'RC-7' });
}

/** Units that may not leave until somebody looked at them. */
async function hold(holdfast: Holdfast): Promise<void> {
  if ((await holdfast.holds.list({ sku: BLOCKED.sku, limit: 1 })).holds.length > 0) return;
  await holdfast.holds.place({ ...BLOCKED, quantity: 2, type: 'quality', reason: 'Seams to be checked', reference: 'QA-118' });
}

/** An order, with units of the lot that is recalled then: it is the first one to expire. */
async function sell(holdfast: Holdfast): Promise<void> {
  if ((await holdfast.reservations.list({ orderId: ORDER })).reservations.length > 0) return;
  const { reservationId } = await holdfast.reservations.reserve({ items: SOLD, orderId: ORDER, channelId: 'webshop' });
  await holdfast.reservations.commit(reservationId);
}

/** A count of a store, of SKUs and of lots, by people who do not see what is recorded. */
async function count(holdfast: Holdfast): Promise<void> {
  if ((await holdfast.counts.list({ limit: 1 })).batches.length > 0) return;
  await holdfast.counts.create({ locationId: 'MUC', name: 'Boots and meals', blind: true, lines: COUNTED });
}

/** A request that waits for approval. */
async function request(holdfast: Holdfast): Promise<void> {
  if ((await holdfast.stockRequests.list({ limit: 1 })).requests.length > 0) return;
  const lines = [
    { sku: 'POT-SET', quantityRequested: 6 },
    { sku: 'LAMP-HEAD', quantityRequested: 10 },
  ];
  const places = { fromLocationId: 'BER', toLocationId: 'MUC' };
  await holdfast.stockRequests.create({ ...places, reason: 'Shelves for the season', lines, submit: true });
}

/** A suggestion of what to order. */
async function replenish(holdfast: Holdfast): Promise<void> {
  if ((await holdfast.replenishment.rules({ limit: 1 })).rules.length > 0) return;
  const levels = { method: 'min_max', min: 4, max: 12, leadTimeDays: 14 } as const;
  const source = { type: 'purchase', supplierId: 'ridge' } as const;
  await holdfast.replenishment.setRules({ rules: [{ ...RULE, ...levels, source, mode: 'approve' }] });
  await holdfast.replenishment.suggest({ locationId: RULE.locationId, skus: [RULE.sku], create: true });
}

/** A delivery that a supplier announced. */
async function announce(holdfast: Holdfast, now: number): Promise<void> {
  if ((await holdfast.inbound.list(DELIVERY.sku)).inbound.length > 0) return;
  const expectedAt = new Date(now + DELIVERY_IN_DAYS * DAY_MS).toISOString();
  await holdfast.inbound.declare(DELIVERY.sku, DELIVERY.reference, { locationId: 'BER', quantity: 10, expectedAt });
}
