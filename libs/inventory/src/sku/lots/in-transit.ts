import type { StockDetail } from '../holds/state.js';
import type { SkuState } from '../state.js';
import type { ChangesPositions, PositionChange } from './events.js';
import { changeLotUnits } from './positions.js';

/** Changes by lot, over all places. */
export function lotSums(changes: readonly PositionChange[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { lotId, delta } of changes) if (lotId !== undefined) sums.set(lotId, (sums.get(lotId) ?? 0) + delta);
  return sums;
}

function changeUnits(detail: StockDetail | undefined, lotId: string, units: number): void {
  if (detail?.lots !== undefined) changeLotUnits(detail.lots, lotId, units, detail.sums.lots);
}

/** Applies the start of a transit: its units keep their lots. Called before the positions themselves change. */
export function enterTransit({ detail, inTransit }: SkuState, transferId: string, { positions }: ChangesPositions): void {
  const transfer = inTransit.get(transferId);
  if (positions === undefined || transfer === undefined) return;
  transfer.lots = [...lotSums(positions)].map(([lotId, units]) => ({ lotId, quantity: -units }));
  for (const { lotId, quantity } of transfer.lots) changeUnits(detail, lotId, quantity);
}

/** Applies the loss of all that is in transit: its lots have so many units less. */
export function loseTransit({ detail, inTransit }: SkuState, transferId: string): void {
  const transfer = inTransit.get(transferId);
  if (transfer?.lots === undefined) return;
  for (const { lotId, quantity } of transfer.lots) changeUnits(detail, lotId, -quantity);
  transfer.lots = [];
}

/** Applies the end of a transit, or of a part. Called before the positions themselves change. */
export function leaveTransit({ detail, inTransit }: SkuState, transferId: string, { positions }: ChangesPositions): void {
  const transfer = inTransit.get(transferId);
  if (positions === undefined || transfer?.lots === undefined) return;
  const arrived = lotSums(positions);
  for (const [lotId, units] of arrived) changeUnits(detail, lotId, -units);
  transfer.lots = transfer.lots
    .map((part) => ({ ...part, quantity: part.quantity - (arrived.get(part.lotId) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
}
