import type { LotStock } from '../lots/state.js';
import type { HoldPlaced } from './events.js';
import type { HoldSums, LotHolds, StockDetail } from './state.js';

const noLotHolds = (): LotHolds => ({ everywhere: 0, whole: new Map(), quantities: new Map() });

/** The sums of the holds on a lot; created where there are none. */
export function lotHoldsOf(sums: HoldSums, lotId: string): LotHolds {
  const known = sums.lots.get(lotId);
  if (known !== undefined) return known;
  const fresh = noLotHolds();
  sums.lots.set(lotId, fresh);
  return fresh;
}

/** Holds on the whole lot cover the one that was split from it. */
export function shareLotHolds({ holds, sums }: Pick<StockDetail, 'holds' | 'sums'>, lotId: string, splitId: string): void {
  for (const hold of holds.values()) {
    if (hold.openUnits !== undefined || hold.lotIds?.includes(lotId) !== true) continue;
    hold.lotIds = [...hold.lotIds, splitId];
    countLotHold(sums, { lotId: splitId, locationId: hold.locationId, quantity: undefined }, 1);
  }
}

/** The holds on a lot follow it to its new id. */
export function moveLotHolds({ holds, sums }: Pick<StockDetail, 'holds' | 'sums'>, lotId: string, toLotId: string): void {
  for (const hold of holds.values()) {
    if (hold.lotIds?.includes(lotId) !== true) continue;
    hold.lotIds = hold.lotIds.map((each) => (each === lotId ? toLotId : each));
    if (hold.lotId === lotId) hold.lotId = toLotId;
  }
  const there = sums.lots.get(lotId);
  if (there === undefined) return;
  sums.lots.delete(lotId);
  sums.lots.set(toLotId, there);
}

interface LotScope {
  readonly lotId: string;
  readonly locationId: string | undefined;
  readonly quantity: number | undefined;
}

/** Adds (1) or removes (-1) a hold on a lot. */
export function countLotHold(sums: HoldSums, { lotId, locationId, quantity }: LotScope, sign: 1 | -1): void {
  const holds = lotHoldsOf(sums, lotId);
  if (locationId === undefined) holds.everywhere += sign;
  else add(quantity === undefined ? holds.whole : holds.quantities, locationId, sign * (quantity ?? 1));
  if (holds.everywhere === 0 && holds.whole.size === 0 && holds.quantities.size === 0) sums.lots.delete(lotId);
}

/** Adds units to a sum by location; a sum of 0 is left out. */
export function add(sums: Map<string, number>, locationId: string, units: number): void {
  const sum = (sums.get(locationId) ?? 0) + units;
  if (sum === 0) sums.delete(locationId);
  else sums.set(locationId, sum);
}

/** Holds that concern the goods as they were made, whatever they were split into or merged with. */
const FOLLOWS_GOODS: ReadonlySet<string> = new Set(['recall', 'legal']);

type Scope = Pick<HoldPlaced, 'lotId' | 'holdType' | 'quantity'>;

const followsGoods = ({ holdType, quantity }: Scope): boolean => quantity === undefined && FOLLOWS_GOODS.has(holdType);

/** The lots that a stored hold on a lot covers. Where it names no others, a recall also covers what was split from it. */
export function coveredLots(lots: LotStock | undefined, hold: Scope & Pick<HoldPlaced, 'lotIds'>): readonly string[] | undefined {
  const { lotId, lotIds } = hold;
  if (lotId === undefined || lotIds !== undefined) return lotIds;
  if (lots === undefined || !followsGoods(hold)) return [lotId];
  const covered = new Set([lotId]);
  for (let size = 0; size < covered.size;) {
    size = covered.size;
    for (const lot of lots.lots.values()) if (lot.parentLotId !== undefined && covered.has(lot.parentLotId)) covered.add(lot.lotId);
  }
  return [...covered];
}

/** The lots that a new hold on a lot is to cover: a recall also those of which units came from it. */
export function lotsToCover(lots: LotStock | undefined, hold: Scope): readonly string[] | undefined {
  const split = coveredLots(lots, hold);
  const { lotId } = hold;
  if (split === undefined || lotId === undefined || lots === undefined || !followsGoods(hold)) return split;
  const others = [...lots.lots.values()].filter(({ origins }) => origins.includes(lotId));
  return [...new Set([lotId, ...others.map((lot) => lot.lotId), ...split])];
}
