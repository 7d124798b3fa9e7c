import type { SkuState } from '@holdfast/inventory';
import { availableUnits, itemId } from '@holdfast/inventory';

/** A SKU at a location, in the words of the inventory API. Units. */
export interface ItemView {
  readonly id: string;
  readonly productMasterId: string;
  readonly sku: string;
  readonly locationId: string;
  readonly quantityOnHand: number;
  readonly quantityReserved: number;
  readonly quantityAvailable: number;
  readonly safetyStock: number;
}

/** @param at epoch milliseconds: holds overdue by then count as free */
export function itemView(state: SkuState, sku: string, locationId: string, at: number): ItemView {
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
