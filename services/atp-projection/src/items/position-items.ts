import { positionId, type SkuState } from '@holdfast/inventory';
import type { Clock } from '@holdfast/kit';
import type { SkuLedger } from '@holdfast/ledger';
import { findPositions, type PageRequest, type PositionItem, type Tables } from '@holdfast/read-model';
import type { pageWanted } from '../reading/paging.js';
import { paginationView } from '../reading/paging.js';
import type { ItemsQuery, ItemsView, ItemView } from './item.dto.js';
import { positionFigures, type PositionFigures } from './position-figures.js';

const keyOf = (sku: string, locationId: string, lotId: string | null | undefined, binId: string | null | undefined): string =>
  [sku, locationId, lotId ?? '', binId ?? ''].join('\n');

/** Items by lot and bin. Which there are is read from the tables, their figures from the SKUs, so that the rows of one add up. */
export class PositionItems {
  constructor(
    private readonly tables: Tables,
    private readonly ledger: Pick<SkuLedger, 'read'>,
    private readonly clock: Clock,
  ) {}

  async list(tenant: string, query: ItemsQuery, page: ReturnType<typeof pageWanted> & PageRequest): Promise<ItemsView> {
    const { productMasterId: sku, locationId, lotId, binId } = query;
    const { rows, total } = await findPositions(this.tables, tenant, { sku, locationId, lotId, binId }, page);
    const at = this.clock.now();
    const figures = new Map<string, PositionFigures>();
    await Promise.all(
      [...new Set(rows.map((row) => row.sku))].map(async (each) => {
        const { state } = await this.ledger.read({ tenant, sku: each });
        for (const [key, found] of figuresOf(each, state, at)) figures.set(key, found);
      }),
    );
    return { items: rows.flatMap((row) => itemOf(row, figures)), pagination: paginationView(page, total) };
  }
}

const figuresOf = (sku: string, state: SkuState, at: number): readonly (readonly [string, PositionFigures])[] =>
  positionFigures(state, at).map((one) => [keyOf(sku, one.view.locationId, one.view.lotId, one.view.binId), one] as const);

/** Nothing for a position that is gone meanwhile. */
function itemOf(row: PositionItem, figures: ReadonlyMap<string, PositionFigures>): readonly ItemView[] {
  const found = figures.get(keyOf(row.sku, row.locationId, row.lotId, row.binId));
  if (found === undefined) return [];
  const { view, reserved, held, available } = found;
  return [
    {
      id: positionId(row.sku, row.locationId, row.lotId ?? '', row.binId ?? ''),
      productMasterId: row.sku,
      locationId: row.locationId,
      quantityOnHand: view.quantity,
      quantityReserved: reserved,
      quantityHeld: held,
      quantityExpired: view.because === 'lot_expired' ? view.quantity : 0,
      quantityAvailable: available,
      ...(row.lotId === null ? {} : { lotId: row.lotId }),
      ...(view.expiryDate === undefined ? {} : { expiryDate: view.expiryDate }),
      ...(row.binId === null ? {} : { binId: row.binId }),
      createdAt: new Date(row.createdAt).toISOString(),
      updatedAt: new Date(row.updatedAt).toISOString(),
    },
  ];
}
