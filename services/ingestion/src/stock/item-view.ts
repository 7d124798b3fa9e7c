import type { SkuState } from '@holdfast/inventory';
import { availableUnits, itemId } from '@holdfast/inventory';
import type { StockItemView } from './stock.dto.js';

/** @param at epoch milliseconds: holds overdue by then count as free */
export function itemView(state: SkuState, sku: string, locationId: string, at: number): StockItemView {
  const none = { onHand: 0, reserved: 0, safetyStock: 0, held: 0 };
  const { onHand, reserved, safetyStock, held } = state.balances.get(locationId) ?? none;
  return {
    id: itemId(sku, locationId),
    productMasterId: sku,
    sku,
    locationId,
    quantityOnHand: onHand,
    quantityReserved: reserved,
    quantityHeld: held,
    quantityAvailable: availableUnits(state, locationId, at),
    safetyStock,
  };
}
