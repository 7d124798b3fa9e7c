import type { SkuState } from '../state.js';
import { detailIn } from '../holds/hold-sums.js';
import { lacksLot, lotBlock } from './blocked.js';
import { asOf } from './expiry.js';
import type { LotInstant } from './events.js';
import { NONE, unassignedUnits } from './positions.js';

/** Units of a lot, in a bin, at a location. With neither, the unassigned units of the location, which may be below 0. */
export interface PositionView {
  readonly locationId: string;
  readonly lotId: string | undefined;
  readonly binId: string | undefined;
  readonly quantity: number;
  /** Why the units may not leave; undefined where they may. Holds of a number of units are not among these: they name no position. */
  readonly because: 'lot_expired' | 'lot_held' | 'bin_not_sellable' | 'lot_required' | undefined;
  readonly expiryDate: string | undefined;
  readonly expiresAt: number | undefined;
}

/** The positions of a SKU as of that time, by location: first those that expire first, unassigned units last. */
export function positionViews(recorded: SkuState, at: number): readonly PositionView[] {
  const { state } = asOf(recorded, at);
  const detail = detailIn(state);
  const { lots } = detail;
  return [...state.balances.keys()].flatMap((locationId) => {
    const location = lots?.locations.get(locationId);
    const views = [...(location?.lots ?? [])].flatMap(([lotId, { bins }]) => {
      const lot = lots?.lots.get(lotId);
      const noLot = lacksLot(lots, lotId) ? ('lot_required' as const) : undefined;
      const block = lotId === NONE ? noLot : lotBlock(detail, locationId, lotId);
      return [...bins].map(([binId, quantity]): PositionView => ({
        locationId,
        lotId: lotId === NONE ? undefined : lotId,
        binId: binId === NONE ? undefined : binId,
        quantity,
        because: block ?? (location?.closedBins.has(binId) === true ? 'bin_not_sellable' : undefined),
        expiryDate: lot?.expiryDate,
        expiresAt: lot?.expiresAt.get(locationId),
      }));
    });
    const unassigned = unassignedUnits(state, locationId);
    const because = lots?.control === 'required' && unassigned > 0 ? ('lot_required' as const) : undefined;
    const none = { lotId: undefined, binId: undefined, expiryDate: undefined, expiresAt: undefined };
    const rest = unassigned === 0 ? [] : [{ locationId, ...none, quantity: unassigned, because }];
    return [...views.sort(soonestFirst((lotId) => lots?.lots.get(lotId)?.declaredAt ?? 0)), ...rest];
  });
}

const soonestFirst =
  (declaredAt: (lotId: string) => number) =>
  (one: PositionView, other: PositionView): number => {
    const [left, right] = [one.expiresAt ?? Number.POSITIVE_INFINITY, other.expiresAt ?? Number.POSITIVE_INFINITY];
    if ((one.lotId === undefined) !== (other.lotId === undefined)) return one.lotId === undefined ? 1 : -1;
    if (left !== right) return left < right ? -1 : 1;
    const [lot, otherLot] = [one.lotId ?? NONE, other.lotId ?? NONE];
    return declaredAt(lot) - declaredAt(otherLot) || (lot === otherLot ? 0 : lot < otherLot ? -1 : 1);
  };

/** A lot of a SKU. */
export interface LotView {
  readonly lotId: string;
  readonly expiryDate: string | undefined;
  readonly expiresAt: readonly LotInstant[];
  readonly expiredAt: readonly string[];
  readonly parentLotId: string | undefined;
  readonly formerLotIds: readonly string[];
  /** Over all locations and in transit. */
  readonly quantity: number;
  readonly destroyed: boolean;
}

/** The lots of a SKU as of that time, the latest emptied ones too. */
export const lotViews = (recorded: SkuState, at: number): readonly LotView[] =>
  [...(asOf(recorded, at).state.detail?.lots?.lots.values() ?? [])].map(
    ({ expiresAt, expired, marked: _, origins: __, units, declaredAt: ___, ...lot }) => ({
      ...lot,
      expiresAt: [...expiresAt].map(([locationId, instant]) => ({ locationId, expiresAt: instant })),
      expiredAt: [...expired],
      quantity: units,
    }),
  );
