import type { SkuState } from '@holdfast/inventory';
import { availableUnits, itemId } from '@holdfast/inventory';
import type { StockItemView } from './stock.dto.js';

/** @param at epoch milliseconds: holds overdue by then count as free */
export function itemView(state: SkuState, sku: string, locationId: string, at: number): StockItemView {
  const { onHand, reserved, safetyStock } = state.balances.get(locationId) ?? { onHand: 0, reserved: 0, safetyStock: 0 };
  return {
    id: itemId(sku, locationId),
    productMasterId: sku,
    sku,
    locationId,
    quantityOnHand: onHand,
    quantityReserved: reserved,
    quantityAvailable: availableUnits(state, locationId, at),
    safetyStock,
  };
}
