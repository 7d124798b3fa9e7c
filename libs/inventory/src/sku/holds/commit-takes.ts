import { refuse, type Refusal } from '../../decision.js';
import { setOff } from '../reconciliation/issued-ahead.js';
import type { Closed } from '../sources/closed.js';
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
  { allowUncovered, closed }: MayLeave,
): CommitTakes | Refusal<'stock_held'> {
  const ahead = state.issuedAhead.get(orderId) ?? [];
  const chosen = (takes: readonly Take[]): CommitTakes => ({ takes, alreadyIssued: setOff(ahead, takes).alreadyIssued });
  const first = chosen(firstUnits(reserved, quantity));
  if ((state.detail === undefined && closed.size === 0) || !takesHeld(state, first, { allowUncovered, closed })) return first;

  const sellable = sellableTakes(state, reserved, { allowUncovered, closed });
  const others = chosen(firstUnits(sellable, quantity));
  if (totalUnits(others.takes) === quantity) return others;
  const locations = [...new Set(reserved.map(({ locationId }) => locationId))];
  const byLocation = locations.map((locationId) => ({
    locationId,
    sellable: unitsAt(sellable, { locationId }),
    held: heldAt(state, locationId, closed),
  }));
  return refuse('stock_held', {
    requested: quantity,
    sellable: totalUnits(sellable),
    held: byLocation.reduce((units, { held }) => units + held, 0),
    byLocation,
  });
}

/** Of a closed location all units are held. */
function heldAt({ balances }: SkuState, locationId: string, closed: Closed): number {
  const { onHand = 0, held = 0 } = balances.get(locationId) ?? {};
  return closed.has(locationId) ? Math.max(0, onHand) : held;
}

/** What a commit may take: with `allowUncovered` also held units, but never those of a closed location. */
interface MayLeave {
  readonly allowUncovered: boolean;
  readonly closed: Closed;
}

const takesHeld = ({ balances }: SkuState, { takes, alreadyIssued }: CommitTakes, { allowUncovered, closed }: MayLeave): boolean =>
  takes.some((take) => {
    const balance = balances.get(take.locationId);
    const leaving = take.quantity - unitsAt(alreadyIssued, take);
    if (closed.has(take.locationId)) return leaving > 0;
    return !allowUncovered && balance !== undefined && balance.held > 0 && leaving > 0 && sellableUnits(balance) < leaving;
  });

/** The part of the takes that may leave: where nothing is held, all. */
const sellableTakes = ({ balances }: SkuState, takes: readonly Take[], { allowUncovered, closed }: MayLeave): readonly Take[] =>
  takes
    .filter(({ locationId }) => !closed.has(locationId))
    .map((take) => {
      const balance = balances.get(take.locationId);
      const isFree = allowUncovered || balance === undefined || balance.held === 0;
      return takeAt(take, isFree ? take.quantity : Math.min(take.quantity, Math.max(0, sellableUnits(balance))));
    })
    .filter(({ quantity }) => quantity > 0);
