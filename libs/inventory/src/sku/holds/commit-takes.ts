import { refuse, type Refusal } from '../../decision.js';
import { asOf } from '../lots/expiry.js';
import { setOff } from '../reconciliation/issued-ahead.js';
import type { SkuState } from '../state.js';
import { takeAt, type Take } from '../stock-place.js';
import { firstUnits, totalUnits, unitsAt } from '../takes.js';
import { sellableUnits } from './held-units.js';

export interface CommitTakes {
  readonly takes: readonly Take[];
  /** Of these, units that an ERP issued already; they are off on hand. */
  readonly alreadyIssued: readonly Take[];
}

/**
 * Called by commits. Chooses the units to commit: those taken first, but where some of these are held, others of the reservation that may
 * leave. Refuses a quantity that would take held units. Where nothing is held, on hand may become negative, as after any fact.
 */
export function commitTakes(
  state: SkuState,
  orderId: string,
  reserved: readonly Take[],
  quantity: number,
  allowUncovered = false,
): CommitTakes | Refusal<'stock_held'> {
  const ahead = state.issuedAhead.get(orderId) ?? [];
  const chosen = (takes: readonly Take[]): CommitTakes => ({ takes, alreadyIssued: setOff(ahead, takes).alreadyIssued });
  const first = chosen(firstUnits(reserved, quantity));
  if (state.detail === undefined || allowUncovered || !takesHeld(state, first)) return first;

  const sellable = sellableTakes(state, reserved);
  const others = chosen(firstUnits(sellable, quantity));
  if (totalUnits(others.takes) === quantity) return others;
  const locations = [...new Set(reserved.map(({ locationId }) => locationId))];
  const byLocation = locations.map((locationId) => ({
    locationId,
    sellable: unitsAt(sellable, { locationId }),
    held: state.balances.get(locationId)?.held ?? 0,
  }));
  return refuse('stock_held', {
    requested: quantity,
    sellable: totalUnits(sellable),
    held: byLocation.reduce((units, { held }) => units + held, 0),
    byLocation,
  });
}

const takesHeld = ({ balances }: SkuState, { takes, alreadyIssued }: CommitTakes): boolean =>
  takes.some((take) => {
    const balance = balances.get(take.locationId);
    const leaving = take.quantity - unitsAt(alreadyIssued, take);
    return balance !== undefined && balance.held > 0 && leaving > 0 && sellableUnits(balance) < leaving;
  });

/** The part of the takes that may leave: where nothing is held, all. */
const sellableTakes = ({ balances }: SkuState, takes: readonly Take[]): readonly Take[] =>
  takes
    .map((take) => {
      const balance = balances.get(take.locationId);
      const units =
        balance === undefined || balance.held === 0 ? take.quantity : Math.min(take.quantity, Math.max(0, sellableUnits(balance)));
      return takeAt(take, units);
    })
    .filter(({ quantity }) => quantity > 0);

/** Why so many units of an open reservation cannot be committed now; undefined where no hold is in the way. */
export function heldFromCommit(recorded: SkuState, reservationId: string, quantity: number, at: number): Refusal<'stock_held'> | undefined {
  const { state } = asOf(recorded, at);
  const reservation = state.reservations.get(reservationId);
  if (state.detail === undefined || reservation === undefined) return undefined;
  const chosen = commitTakes(state, reservation.orderId, reservation.takes, quantity);
  return 'kind' in chosen ? chosen : undefined;
}
