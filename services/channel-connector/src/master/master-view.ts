import { availableUnits, type SkuState } from '@holdfast/inventory';
import type { MasterView } from './master.dto.js';

export const onHandUnits = (state: SkuState): number => [...state.balances.values()].reduce((sum, { onHand }) => sum + onHand, 0);

/** @param at epoch milliseconds; holds that are overdue by then take nothing from what is available */
export function masterView(sku: string, state: SkuState, at: number): MasterView {
  const locations = [...state.balances]
    .map(([locationId, { onHand, reserved }]) => ({
      locationId,
      quantity: onHand,
      reserved,
      available: availableUnits(state, locationId, at),
    }))
    .sort((one, other) => (one.locationId < other.locationId ? -1 : 1));
  return {
    sku,
    quantity: onHandUnits(state),
    reserved: locations.reduce((sum, { reserved }) => sum + reserved, 0),
    available: locations.reduce((sum, { available }) => sum + available, 0),
    verified: state.verified,
    locations,
  };
}
