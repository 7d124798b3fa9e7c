import type { SkuState } from './state.js';

/** Units that may be promised at the location at that time: on hand less what holds not overdue by then have reserved; never below 0. */
export function availableUnits(state: SkuState, locationId: string, at: number): number {
  void at;
  const balance = state.balances.get(locationId);
  return balance === undefined ? 0 : Math.max(0, balance.onHand - balance.reserved);
}
