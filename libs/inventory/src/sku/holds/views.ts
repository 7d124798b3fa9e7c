import { detailIn, isBlockedByHold, lotQuantityHeld } from './hold-sums.js';
import { heldUnits } from './held-units.js';
import { inOpenBins, lotBlock } from '../lots/blocked.js';
import { lotUnitsAt } from '../lots/positions.js';
import type { SkuState } from '../state.js';
import type { StockHold } from './state.js';

/** An open hold with the units that it keeps now. */
export interface HoldView extends Omit<StockHold, 'releaseIds' | 'lotIds'> {
  /**
   * Units on hand that it holds. Holds with a quantity get what is on hand outside of holds without one, oldest first, so it may be less
   * than the hold names.
   */
  readonly quantityHeld: number;
  /** 1 when it was placed, one more with each release. */
  readonly version: number;
}

/** The open holds of a SKU, oldest first. */
export function holdViews(state: Pick<SkuState, 'detail' | 'balances'>): readonly HoldView[] {
  const left = new UnitsLeft(state);
  return [...(state.detail?.holds.values() ?? [])].map((hold) => {
    const { releaseIds, lotIds: _, ...open } = hold;
    return { ...open, version: releaseIds.length + 1, quantityHeld: left.heldBy(hold) };
  });
}

/** What lies there for holds with a quantity, oldest hold first. */
class UnitsLeft {
  /** By location, and by location and lot. */
  readonly #left = new Map<string, number>();

  constructor(private readonly state: Pick<SkuState, 'detail' | 'balances'>) {}

  heldBy({ locationId, lotId, lotIds, openUnits }: StockHold): number {
    const places = locationId === undefined ? [...this.state.balances.keys()] : [locationId];
    if (openUnits === undefined) return places.reduce((units, at) => units + this.#wholly(at, lotIds), 0);
    const [at = ''] = places;
    const key = lotId === undefined ? at : `${at} ${lotId}`;
    const most = this.#left.get(key) ?? (lotId === undefined ? this.#quantitiesAt(at) : this.#ofLot(at, lotId));
    const units = Math.min(openUnits, most);
    this.#left.set(key, most - units);
    return units;
  }

  #wholly(at: string, lotIds: readonly string[] | undefined): number {
    if (lotIds === undefined) return Math.max(0, this.state.balances.get(at)?.onHand ?? 0);
    return lotIds.reduce((units, lotId) => units + lotUnitsAt(this.state.detail?.lots, at, lotId).units, 0);
  }

  /** Units of the location that holds with a quantity and without a lot keep. */
  #quantitiesAt(at: string): number {
    const detail = this.#detail();
    const { sums } = detail;
    if (sums.everywhere > 0 || sums.whole.has(at)) return 0;
    const onHand = this.state.balances.get(at)?.onHand ?? 0;
    const others = { ...sums, quantities: new Map([...sums.quantities].filter(([place]) => place !== at)) };
    return heldUnits(detail, at, onHand) - heldUnits({ ...detail, sums: others }, at, onHand);
  }

  /** Units of the lot that holds with a quantity keep. */
  #ofLot(at: string, lotId: string): number {
    const detail = this.#detail();
    const location = detail.lots?.locations.get(at);
    if (location === undefined || isBlockedByHold(detail.sums, at, lotId) || lotBlock(detail, at, lotId) !== undefined) return 0;
    return Math.min(inOpenBins(lotUnitsAt(detail.lots, at, lotId), location), lotQuantityHeld(detail.sums, at, lotId));
  }

  #detail(): ReturnType<typeof detailIn> {
    return detailIn(this.state);
  }
}
