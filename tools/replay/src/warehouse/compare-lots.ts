import type { Comparison } from '../compare.js';
import { StockCount } from '../expected-stock.js';
import type { Scenario } from '../scenario.js';
import type { Holds } from './holds.js';
import type { LotBook } from './lot-book.js';

interface Row {
  readonly productMasterId: string;
  readonly quantityOnHand: number;
  readonly quantityHeld: number;
  readonly lotId?: string;
}

/** Where rows are read from; a client of Holdfast is one. */
export interface ListedRows {
  readonly items: {
    list(query: { readonly locationId: string; readonly limit: number; readonly groupBy?: 'position' }): AsyncIterable<Row>;
  };
}

interface Location {
  readonly sku: string;
  readonly locationId: string;
  /** As the location's own row says. */
  onHand: number;
  held: number;
  /** As the rows of its lots say. */
  inRows: number;
  stopped: number;
  unassigned: number;
}

/** Units that may not leave, by the shop's own notes, and what of Holdfast's figures contradicts them. */
export interface LotComparison extends Comparison {
  readonly held: StockCount;
}

/**
 * Compares rows of lots with those of their location, and held units with the shop's notes: units of expired and recalled lots, units without
 * a lot where one is required, and units that people hold, each once. Recalled lots must have lost nothing since.
 */
export async function compareLots(
  holdfast: ListedRows,
  scenario: Scenario,
  book: LotBook,
  holds: Pick<Holds, 'unitsAt' | 'recalls'>,
): Promise<LotComparison> {
  const mismatches: string[] = [];
  const locations = await readLocations(holdfast, scenario);
  const lots = new Map<string, number>();
  for (const { locationId } of scenario.warehouses)
    for await (const row of holdfast.items.list({ locationId, groupBy: 'position', limit: 100 })) {
      const sku = row.productMasterId.slice(scenario.prefix.length);
      const location = locations.get(`${sku}|${locationId}`);
      if (location === undefined) continue;
      const { lotId, quantityOnHand: units } = row;
      location.inRows += units;
      if (lotId === undefined) {
        location.unassigned += units;
        continue;
      }
      lots.set(`${sku}|${lotId}`, (lots.get(`${sku}|${lotId}`) ?? 0) + units);
      if (book.isStopped({ sku, lotId }, locationId)) location.stopped += units;
    }
  const held = new StockCount();
  for (const [key, { sku, locationId, onHand, held: found, inRows, stopped, unassigned }] of locations) {
    if (inRows !== onHand) mismatches.push(`${key}: ${String(onHand)} on hand, ${String(inRows)} in its lots`);
    const noLot = book.controlled.get(sku) === 'required' ? Math.max(0, unassigned) : 0;
    const expected = stopped + noLot + Math.min(holds.unitsAt(sku, locationId), Math.max(0, onHand - stopped - noLot));
    held.add(sku, locationId, expected);
    if (found !== expected) mismatches.push(`${key}: expected ${String(expected)} held, found ${String(found)}`);
  }
  for (const { sku, lotId, units } of holds.recalls) {
    const left = lots.get(`${sku}|${lotId}`) ?? 0;
    if (left < units) mismatches.push(`${sku}: ${String(units - left)} units of the recalled lot ${lotId} left`);
  }
  return { skus: locations.size, mismatches, held };
}

async function readLocations(holdfast: ListedRows, { prefix, warehouses }: Scenario): Promise<Map<string, Location>> {
  const locations = new Map<string, Location>();
  for (const { locationId } of warehouses)
    for await (const item of holdfast.items.list({ locationId, limit: 100 })) {
      const sku = item.productMasterId.slice(prefix.length);
      const figures = { onHand: item.quantityOnHand, held: item.quantityHeld, inRows: 0, stopped: 0, unassigned: 0 };
      locations.set(`${sku}|${locationId}`, { sku, locationId, ...figures });
    }
  return locations;
}
