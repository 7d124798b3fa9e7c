import { add, countLotHold } from './lot-holds.js';
import type { HoldSums, StockDetail, StockHold } from './state.js';

export const noSums = (): HoldSums => ({ everywhere: 0, whole: new Map(), quantities: new Map(), lots: new Map() });

export const copyOfSums = ({ everywhere, whole, quantities, lots }: HoldSums): HoldSums => ({
  everywhere,
  whole: new Map(whole),
  quantities: new Map(quantities),
  lots: new Map([...lots].map(([lotId, each]) => [lotId, { ...each, whole: new Map(each.whole), quantities: new Map(each.quantities) }])),
});

export interface HoldScope {
  readonly locationId: string | undefined;
  readonly lotIds: readonly string[] | undefined;
  /** Missing for a hold on all units of its scope. */
  readonly quantity: number | undefined;
}

/** Adds (1) or removes (-1) a hold; of a hold with a quantity so many units. */
export function countHold(sums: HoldSums, { locationId, quantity, lotIds }: HoldScope, sign: 1 | -1): void {
  if (lotIds !== undefined) for (const lotId of lotIds) countLotHold(sums, { lotId, locationId, quantity }, sign);
  else if (locationId === undefined) sums.everywhere += sign;
  else if (quantity === undefined) add(sums.whole, locationId, sign);
  else add(sums.quantities, locationId, sign * quantity);
}

/** Whether a hold keeps all units of the location. */
export const isWhollyHeld = ({ everywhere, whole }: HoldSums, locationId: string): boolean => everywhere > 0 || whole.has(locationId);

/** Whether a hold keeps all units of the lot at the location. */
export function isBlockedByHold(sums: HoldSums, locationId: string, lotId: string): boolean {
  if (isWhollyHeld(sums, locationId)) return true;
  const holds = sums.lots.get(lotId);
  return holds !== undefined && (holds.everywhere > 0 || holds.whole.has(locationId));
}

/** Units of the lot at the location that holds with a quantity name. */
export const lotQuantityHeld = (sums: HoldSums, locationId: string, lotId: string): number =>
  sums.lots.get(lotId)?.quantities.get(locationId) ?? 0;

/** Holds and lots of the SKU; empty ones where it has none. */
export const detailIn = (state: { readonly detail: StockDetail | undefined }): StockDetail =>
  state.detail ?? { holds: new Map(), endedHolds: new Map(), sums: noSums(), lots: undefined };

/** The detail as if the hold were not there. */
export function withoutHold(detail: StockDetail, { locationId, lotIds, openUnits }: StockHold): StockDetail {
  const sums = copyOfSums(detail.sums);
  countHold(sums, { locationId, lotIds, quantity: openUnits }, -1);
  return { ...detail, sums };
}
