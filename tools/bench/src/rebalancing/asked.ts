import { createHash } from 'node:crypto';
import type { CleanYear } from '@holdfast/replay';

export const DAY_MS = 86_400_000;

/** Four locations and the part of the customers that each serves: the plan by which stock is handed out, the same for every SKU. */
export const SHARES: readonly (readonly [locationId: string, share: number])[] = [
  ['NORTH', 0.4],
  ['SOUTH', 0.3],
  ['EAST', 0.2],
  ['WEST', 0.1],
];

/** Units that were asked for at a location, in the order of the file. */
export interface Asked {
  readonly day: number;
  readonly sku: string;
  readonly locationId: string;
  readonly quantity: number;
}

/**
 * Splits the year's sales over the locations: a customer buys at one location always, which his number chooses; an order without a customer,
 * at the one that its number chooses. What was cancelled within the hour was not asked for.
 */
export function askedUnits(year: CleanYear): readonly Asked[] {
  return year.happenings.flatMap((happening): readonly Asked[] => {
    if (happening.kind !== 'sale') return [];
    const locationId = locationOf(happening.customer === '' ? happening.orderId : happening.customer);
    const cancelled = new Map(happening.cancelled);
    return happening.lines.flatMap(({ sku, quantity }) => {
      const less = Math.min(quantity, cancelled.get(sku) ?? 0);
      cancelled.set(sku, (cancelled.get(sku) ?? 0) - less);
      return quantity > less ? [{ day: Math.floor(happening.at / DAY_MS), sku, locationId, quantity: quantity - less }] : [];
    });
  });
}

function locationOf(name: string): string {
  let place = createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32;
  for (const [locationId, share] of SHARES) {
    if (place < share) return locationId;
    place -= share;
  }
  return SHARES[0]?.[0] ?? '';
}
