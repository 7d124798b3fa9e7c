import type { SkuState } from '../state.js';
import { heldUnits, noSums } from './held-units.js';
import type { StockHold } from './state.js';

/** An open hold with the units that it keeps now. */
export interface HoldView extends Omit<StockHold, 'releaseIds'> {
  /**
   * Units on hand that it holds. Holds with a quantity get what is on hand outside of holds without one, oldest first, so it may be less
   * than the hold names.
   */
  readonly quantityHeld: number;
  /** 1 when it was placed, one more with each release. */
  readonly version: number;
}

/** The open holds of a SKU, oldest first. */
export function holdViews({ detail, balances }: Pick<SkuState, 'detail' | 'balances'>): readonly HoldView[] {
  const sums = detail?.sums ?? noSums();
  const onHandAt = (locationId: string): number => Math.max(0, balances.get(locationId)?.onHand ?? 0);
  const isWhole = (locationId: string): boolean => sums.everywhere > 0 || sums.whole.has(locationId);
  const left = new Map([...sums.quantities.keys()].map((at) => [at, isWhole(at) ? 0 : heldUnits(sums, at, onHandAt(at))]));
  return [...(detail?.holds.values() ?? [])].map(({ releaseIds, ...open }) => {
    const hold = { ...open, version: releaseIds.length + 1 };
    const { locationId, openUnits } = hold;
    if (locationId === undefined) return { ...hold, quantityHeld: [...balances.keys()].reduce((units, at) => units + onHandAt(at), 0) };
    if (openUnits === undefined) return { ...hold, quantityHeld: onHandAt(locationId) };
    const quantityHeld = Math.min(openUnits, left.get(locationId) ?? 0);
    left.set(locationId, (left.get(locationId) ?? 0) - quantityHeld);
    return { ...hold, quantityHeld };
  });
}
