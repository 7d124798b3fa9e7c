import type { ArrivalBin } from '../../locations/bin-sale.js';
import type { ReceivedPosition } from './commands.js';
import type { PositionChange } from './events.js';
import { positionChange } from './positions.js';

/** The positions of a receipt; those that name no bin are in the one that is given. */
export const inArrivalBin = (positions: readonly ReceivedPosition[], bin: ArrivalBin): readonly ReceivedPosition[] =>
  positions.map((position) => (position.binId === undefined ? { ...position, ...bin } : position));

interface Arrived {
  readonly locationId: string;
  /** Units that arrive, those without a lot among them. */
  readonly units: number;
  /** Of these the first so many come into the bin. */
  readonly good: number;
}

/** Changes by which units arrive, with the bin for those that name none and are good. */
export function broughtToBin(
  changes: readonly PositionChange[],
  { binId, sellable }: ArrivalBin,
  arrived: Arrived,
): readonly PositionChange[] {
  const { locationId, units, good } = arrived;
  let [left, loose] = [good, units];
  const brought: PositionChange[] = [];
  for (const change of changes) {
    const { lotId, delta } = change;
    loose -= delta;
    const inBin = Math.min(left, delta);
    left -= inBin;
    if (change.binId !== undefined) {
      brought.push(change);
      continue;
    }
    if (inBin > 0) brought.push({ ...positionChange(locationId, lotId, binId, inBin), sellable });
    if (delta > inBin) brought.push(positionChange(locationId, lotId, undefined, delta - inBin));
  }
  const inBin = Math.min(left, loose);
  return inBin > 0 ? [...brought, { ...positionChange(locationId, undefined, binId, inBin), sellable }] : brought;
}
