import type { BodyOf, Holdfast } from '@holdfast/client';
import { dayIn, startOfDay } from '@holdfast/kit';
import { ERP_CONNECTION, TIME_ZONE } from './catalogue.js';
import { LOTS } from './food.js';
import { stockIsThere } from './stock-is-there.js';

const RECEIPTS = LOTS.flatMap(({ units, ...lot }) =>
  ERP_CONNECTION.settings.mappings.flatMap(({ warehouseId, locationId }) => {
    const quantity = units[locationId];
    return quantity === undefined ? [] : [{ ...lot, warehouseId, locationId, quantity }];
  }),
);

/**
 * Has the ERP receive the lots, and waits until they are there. Their dates count from the day of `now`: on another day the same messages
 * would contradict those of the first start.
 * @param now epoch milliseconds
 * @throws HoldfastError of the first request that failed
 */
export async function loadLots(holdfast: Holdfast, now: number): Promise<void> {
  await holdfast.erpMessages.publish({ messages: messages(now) });
  // Messages of one SKU take effect in their order.
  const last = new Map(RECEIPTS.map((receipt) => [receipt.sku, receipt]));
  await Promise.all([...last.values()].map(({ lotId, locationId }) => stockIsThere(holdfast, { lotId, locationId })));
}

function messages(now: number): BodyOf<'erpMessages.publish'>['messages'] {
  const today = dayIn(now, TIME_ZONE);
  const postedAt = new Date(startOfDay(today, TIME_ZONE)).toISOString();
  return RECEIPTS.map(({ sku, lotId, expiresInDays, warehouseId, locationId, quantity }) => ({
    type: 'receipt',
    messageId: `sample-lot-${lotId}-${locationId}`,
    connectionId: ERP_CONNECTION.connectionId,
    ...{ warehouseId, sku, lotId, quantity, postedAt },
    expiryDate: dayIn(startOfDay(today, TIME_ZONE, expiresInDays), TIME_ZONE),
  }));
}
