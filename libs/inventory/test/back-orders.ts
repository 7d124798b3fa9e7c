import type { LimitsSet, ReservationPlaced } from '../src/index.js';
import { limited, placed } from './events.js';
import { hour, noon } from './times.js';

export const day = 24 * hour;
/** When a delivery is expected that says nothing else. */
export const tomorrow = noon + day;
export const graceMs = 2 * day;
/** How long units that were waited for are held once they are there. */
export const ttlMs = 2 * hour;

/** So many units of the SKU may wait. */
export const mayWait = (units = 10, fields: Partial<LimitsSet> = {}): LimitsSet => limited({ backorders: { units, graceMs }, ...fields });

/** Waits for so many units of tomorrow, from some locations only where it says so; what it takes already is held until noon. */
export const waits = (
  reservationId: string,
  quantity: number,
  { locationIds, ...fields }: Partial<ReservationPlaced> & { readonly locationIds?: readonly string[] | undefined } = {},
): ReservationPlaced => {
  const held = (fields.takes ?? []).reduce((units, take) => units + take.quantity, 0);
  return {
    ...placed(reservationId, {}),
    expiresAt: held > 0 ? noon : tomorrow + graceMs,
    waiting: { quantity, expectedAt: tomorrow, ttlMs, ...(locationIds === undefined ? {} : { locationIds }) },
    requested: quantity + held,
    ...fields,
  };
};
