import { setTimeout as sleep } from 'node:timers/promises';
import type { Holdfast } from '@holdfast/client';
import type { ReplayedChannel } from './channels/replayed-channel.js';
import type { StockCount } from './expected-stock.js';

/** What is on its way for so many quiet times is stuck. */
const MOST_QUIETS = 6;

export interface Stock {
  readonly onHand: number;
  readonly reserved: number;
  /** Epoch milliseconds. */
  readonly updatedAt: number;
}

export interface Comparison {
  readonly skus: number;
  readonly mismatches: readonly string[];
}

/** On hand and reserved of every SKU and location whose SKU begins with the prefix, as the read model has them. Key `sku|location`, without prefix. */
export async function readStock(holdfast: Holdfast, prefix: string, locations: readonly string[]): Promise<Map<string, Stock>> {
  const stock = new Map<string, Stock>();
  for (const locationId of locations)
    for await (const item of holdfast.items.list({ locationId, limit: 100 })) {
      const key = `${item.productMasterId.slice(prefix.length)}|${locationId}`;
      stock.set(key, { onHand: item.quantityOnHand, reserved: item.quantityReserved, updatedAt: Date.parse(item.updatedAt) });
    }
  return stock;
}

/** Reports each SKU and location where on hand differs from the expected count, where units are still reserved, or that is not expected. */
export function compareStock(expected: StockCount, stock: ReadonlyMap<string, Pick<Stock, 'onHand' | 'reserved'>>): Comparison {
  const keys = new Map<string, number>();
  for (const { sku, locationId, units } of expected.entries()) keys.set(`${sku}|${locationId}`, units);
  for (const key of stock.keys()) if (!keys.has(key)) keys.set(key, 0);
  const mismatches: string[] = [];
  for (const [key, units] of keys) {
    const found = stock.get(key) ?? { onHand: 0, reserved: 0 };
    if (found.onHand !== units || found.reserved !== 0) {
      mismatches.push(`${key}: expected ${String(units)}, found ${String(found.onHand)} on hand and ${String(found.reserved)} reserved`);
    }
  }
  return { skus: keys.size, mismatches };
}

/** Every listing shows what can be promised of its SKU: at a location that the channel maps, or over all locations. */
export function compareListings(
  expected: StockCount,
  prefix: string,
  skus: readonly string[],
  { name, shown }: Pick<ReplayedChannel, 'name' | 'shown'>,
): Comparison {
  const promised = new Map<string, number>();
  // Where one location owes units, because they were held or missing, others keep back as many.
  for (const { sku, units } of expected.entries()) promised.set(sku, (promised.get(sku) ?? 0) + units);
  const found = shown();
  const mismatches = skus.flatMap((sku) => {
    const all = promised.get(sku);
    // A SKU that never had stock at any location has nothing to show.
    if (all === undefined) return [];
    return (found.get(prefix + sku) ?? [{ locationId: null, units: undefined }]).flatMap(({ locationId, units }) => {
      const wanted = locationId === null ? Math.max(0, all) : Math.max(0, expected.of(sku, locationId));
      const place = locationId === null ? '' : ` at ${locationId}`;
      return units === wanted ? [] : [`${sku}${place}: expected ${String(wanted)}, ${name} shows ${String(units)}`];
    });
  });
  return { skus: skus.length, mismatches };
}

/** Looks again until nothing differs, or until nothing has changed for the given time and nothing is on its way. */
export async function settled(
  look: () => Promise<readonly string[]>,
  quietMs: number,
  onLook: (mismatches: number) => void,
  isOnItsWay: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<void> {
  let last = '';
  let changedAt = performance.now();
  for (;;) {
    const mismatches = await look();
    onLook(mismatches.length);
    if (mismatches.length === 0) return;
    const now = performance.now();
    const picture = mismatches.join('\n');
    if (picture !== last) {
      last = picture;
      changedAt = now;
    } else if (now - changedAt > quietMs && (now - changedAt > MOST_QUIETS * quietMs || !(await isOnItsWay()))) return;
    await sleep(500);
  }
}
