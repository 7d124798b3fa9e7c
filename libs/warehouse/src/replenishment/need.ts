import type { ReplenishmentRule } from './rule.js';

type Rounding = Pick<ReplenishmentRule, 'packSize' | 'minOrderQuantity' | 'maxOrderQuantity'>;

/**
 * Units to order for a need: at least the minimum, rounded up to packs once, above the most rounded down to a pack.
 * @returns 0 where nothing is needed, before any minimum
 */
export function orderQuantity({ packSize, minOrderQuantity, maxOrderQuantity }: Rounding, need: number): number {
  if (need <= 0) return 0;
  const quantity = Math.ceil(Math.max(need, minOrderQuantity) / packSize) * packSize;
  if (maxOrderQuantity === undefined || quantity <= maxOrderQuantity) return quantity;
  return packsIn(maxOrderQuantity, packSize);
}

/** What the location that gives has to spare, in units. */
export interface SourceFigures {
  readonly available: number;
  /** Its own reorder point. */
  readonly reorderPoint: number;
  /** Units of approved replenishment from it that are not shipped yet. */
  readonly promised: number;
}

export interface Given {
  readonly quantity: number;
  /** Units that the source cannot spare. */
  readonly shortAtSource: number;
}

/** What a source gives of a quantity: whole packs of what it has above its own reorder point. */
export function givenBy(source: SourceFigures, quantity: number, packSize: number): Given {
  const spare = Math.max(0, source.available - source.promised - source.reorderPoint);
  const given = quantity <= spare ? quantity : packsIn(spare, packSize);
  return { quantity: given, shortAtSource: quantity - given };
}

const packsIn = (units: number, packSize: number): number => Math.floor(units / packSize) * packSize;
