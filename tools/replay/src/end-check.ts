import type { Holdfast } from '@holdfast/client';
import type { ReplayedChannel } from './channels/replayed-channel.js';
import { compareListings, compareStock, readStock, type Comparison, type Stock } from './compare.js';
import type { ReplayedErp } from './erp.js';
import { StockCount } from './expected-stock.js';
import type { Scenario } from './scenario.js';
import type { Shop } from './shop.js';
import { compareLots, type LotComparison } from './warehouse/compare-lots.js';
import type { WarehousePerson } from './warehouse/warehouse-person.js';

/** Deliveries and changes less sales, and less what counts missed. */
export function expectedStock(supplied: StockCount, shop: Shop, person: WarehousePerson | undefined): StockCount {
  const expected = new StockCount();
  for (const { sku, locationId, units } of supplied.entries()) expected.add(sku, locationId, units);
  for (const { sku, locationId, units } of shop.changed.entries()) expected.add(sku, locationId, units);
  for (const { sku, locationId, units } of person?.sheet.booked.entries() ?? []) expected.add(sku, locationId, units);
  for (const { sku, locationId, units } of shop.sold.entries()) expected.add(sku, locationId, -units);
  return expected;
}

/** Units that were sold beyond all that ever was there. */
export function oversold(supplied: StockCount, shop: Shop): number {
  let units = 0;
  for (const { sku, locationId, units: sold } of shop.sold.entries()) {
    units += Math.max(0, sold - supplied.of(sku, locationId) - shop.changed.of(sku, locationId));
  }
  return units;
}

export interface Comparisons {
  readonly conservation: Comparison;
  readonly erpBook: Comparison;
  readonly channels: readonly (Comparison & { readonly name: string; readonly channelId: string })[];
  readonly lots?: LotComparison;
}

export const mismatchesOf = ({ conservation, erpBook, channels, lots }: Comparisons): readonly string[] =>
  [conservation, erpBook, ...channels, ...(lots === undefined ? [] : [lots])].flatMap(({ mismatches }) => mismatches);

export async function compareAll(
  holdfast: Holdfast,
  scenario: Scenario,
  expected: StockCount,
  erp: ReplayedErp,
  skus: readonly string[],
  channels: readonly ReplayedChannel[],
  person: WarehousePerson | undefined,
): Promise<Comparisons> {
  const stock: Map<string, Stock> = await readStock(
    holdfast,
    scenario.prefix,
    scenario.warehouses.map((warehouse) => warehouse.locationId),
  );
  const lots = person === undefined ? undefined : await compareLots(holdfast, scenario, person.lots, person.holds);
  const promised = lots === undefined ? expected : expected.less(lots.held);
  return {
    conservation: compareStock(expected, stock),
    erpBook: compareStock(erp.stock, stock),
    channels: channels.map((channel) => ({
      name: channel.name,
      channelId: channel.channelId,
      ...compareListings(promised, scenario.prefix, skus, channel),
    })),
    ...(lots === undefined ? {} : { lots }),
  };
}

/** SKUs of mismatches, as Holdfast names them. */
export const skusOf = (mismatches: readonly string[], prefix: string): readonly string[] => [
  ...new Set(mismatches.map((text) => prefix + (text.split(/ at |: /u, 1)[0] ?? ''))),
];
