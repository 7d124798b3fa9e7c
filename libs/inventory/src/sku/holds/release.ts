import { accept, refuse } from '../../decision.js';
import { isKeptByChannel } from '../../locations/kept-by-channel.js';
import type { SkuEvent } from '../events.js';
import type { PositionChange } from '../lots/events.js';
import { lotUnitsAt, takenFrom } from '../lots/positions.js';
import type { LotUnits } from '../lots/state.js';
import { quantityFault } from '../quantities.js';
import { notHeld } from '../transfers/held-units.js';
import type { SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import type { ReleaseHold } from './commands.js';
import type { HoldPlaced, HoldReleased, ReleaseDisposition } from './events.js';
import type { EndedHold, StockHold } from './state.js';

/** Types that the person who placed them may not release. */
const RELEASED_BY_ANOTHER: ReadonlySet<HoldPlaced['holdType']> = new Set(['recall', 'legal']);

const REMOVED_BECAUSE: Readonly<Record<Exclude<ReleaseDisposition, 'to_stock'>, string>> = {
  scrap: 'scrap',
  return_to_supplier: 'return_supplier',
};

/**
 * Decides to release a hold, all or a part. A disposition that removes the goods takes them off on hand in the same append, before the
 * release, so that no reader sees them free.
 */
export function releaseHold(state: SkuState, command: ReleaseHold): SkuDecision {
  const { holdId, commandId, quantity } = command;
  const hold = state.detail?.holds.get(holdId);
  const ended = state.detail?.endedHolds.get(holdId);
  if ((hold ?? ended)?.releaseIds.includes(commandId) === true) return accept();
  if (hold === undefined)
    return ended === undefined || ended.disposition === 'moved' ? notHeld(state, holdId) : releaseEnded(ended, command);
  const version = hold.releaseIds.length + 1;
  if (command.expectedVersion !== undefined && command.expectedVersion !== version) {
    return refuse('version_mismatch', { expectedVersion: command.expectedVersion, version });
  }
  const own = hold.createdBy !== undefined && hold.createdBy === command.releasedBy;
  if (own && command.fourEyes !== false && RELEASED_BY_ANOTHER.has(hold.holdType)) return refuse('own_hold', { holdId });
  const way = command.disposition === 'to_stock' ? undefined : onTheWay(state, hold);
  if (way !== undefined) return refuse('hold_in_transit', { holdId, transferId: way });
  if (hold.openUnits === undefined) {
    return quantity === undefined ? accept(...released(state, hold, command)) : refuse('hold_without_quantity', { holdId });
  }
  const fault = quantity === undefined ? undefined : quantityFault(quantity);
  if (fault) return fault;
  if (quantity !== undefined && quantity > hold.openUnits) {
    return refuse('quantity_exceeds_open', { requested: quantity, open: hold.openUnits });
  }
  return notThere(state, hold, command) ?? accept(...released(state, hold, command));
}

/** A transfer of units that the hold keeps wherever they are: what is removed is what lies there, and these would arrive free. */
function onTheWay({ inTransit }: SkuState, { locationId, openUnits, lotIds }: StockHold): string | undefined {
  if (locationId !== undefined || openUnits !== undefined) return undefined;
  for (const [transferId, { lots = [] }] of inTransit) {
    if (lotIds === undefined || lots.some(({ lotId }) => lotIds.includes(lotId))) return transferId;
  }
  return undefined;
}

/** Refuses to remove a number of units that do not lie there. Without a number all that lies there is removed. */
function notThere(state: SkuState, { locationId = '', lotId }: StockHold, { quantity, disposition }: ReleaseHold): SkuDecision | undefined {
  if (quantity === undefined || disposition === 'to_stock') return undefined;
  const available = unitsThere(state, locationId, lotId);
  return available < quantity ? refuse('insufficient_stock', { requested: quantity, available }) : undefined;
}

const unitsThere = ({ balances, detail }: SkuState, locationId: string, lotId: string | undefined): number =>
  lotId === undefined ? Math.max(0, balances.get(locationId)?.onHand ?? 0) : lotUnitsAt(detail?.lots, locationId, lotId).units;

/** The same release once more is already satisfied: no events. */
function releaseEnded(ended: EndedHold, { holdId, quantity, disposition }: ReleaseHold): SkuDecision {
  const isRepeat = (quantity === undefined || quantity === ended.quantity) && disposition === ended.disposition;
  return isRepeat ? accept() : refuse('hold_released', { holdId });
}

function released(state: SkuState, hold: StockHold, command: ReleaseHold): readonly SkuEvent[] {
  const { commandId, disposition, reason, releasedBy } = command;
  const units = hold.openUnits === undefined ? undefined : (command.quantity ?? hold.openUnits);
  const release: HoldReleased = {
    type: 'HoldReleased',
    holdId: hold.holdId,
    releaseId: commandId,
    ...(units === undefined ? {} : { quantity: units }),
    openUnits: (hold.openUnits ?? 0) - (units ?? 0),
    disposition,
    ...(reason === undefined ? {} : { reason }),
    ...(releasedBy === undefined ? {} : { releasedBy }),
  };
  return disposition === 'to_stock' ? [release] : [...removed(state, hold, command, units, REMOVED_BECAUSE[disposition]), release];
}

/** The adjustments that take the goods off on hand. Of a hold on the whole SKU, what a channel keeps stays: nobody here can take it away. */
function removed(
  state: SkuState,
  hold: StockHold,
  { at, commandId, reasonCode, reason }: ReleaseHold,
  units: number | undefined,
  usualCode: string,
): readonly SkuEvent[] {
  const locations =
    hold.locationId === undefined ? [...state.balances.keys()].filter((locationId) => !isKeptByChannel(locationId)) : [hold.locationId];
  return locations.flatMap((locationId): readonly SkuEvent[] =>
    removedLots(state, hold, locationId).flatMap((lotId): readonly SkuEvent[] => {
      const there = unitsThere(state, locationId, lotId);
      const quantity = Math.min(units ?? there, there);
      if (quantity === 0) return [];
      const positions = removedPositions(state, { locationId, lotId, isWhole: hold.openUnits === undefined }, quantity);
      return [
        {
          type: 'StockAdjusted',
          commandId,
          locationId,
          delta: -quantity,
          effectiveAt: at,
          reasonCode: reasonCode ?? usualCode,
          ...(reason === undefined ? {} : { reason }),
          holdId: hold.holdId,
          ...(positions.length === 0 ? {} : { positions }),
        },
      ];
    }),
  );
}

/** The lots of a hold that lie there; of a hold on no lot the location as a whole. */
const removedLots = ({ detail }: SkuState, { lotIds }: StockHold, locationId: string): readonly (string | undefined)[] =>
  lotIds === undefined ? [undefined] : lotIds.filter((lotId) => lotUnitsAt(detail?.lots, locationId, lotId).units > 0);

interface Removed {
  readonly locationId: string;
  readonly lotId: string | undefined;
  /** All units of the location are held. */
  readonly isWhole: boolean;
}

/** The positions of removed units: those of the lot, or all of a location; a number of units without a lot is unassigned. */
function removedPositions({ detail }: SkuState, { locationId, lotId, isWhole }: Removed, quantity: number): readonly PositionChange[] {
  const lots = detail?.lots;
  if (lotId !== undefined) return takenFrom(lots, { locationId, lotId }, quantity);
  if (!isWhole) return [];
  const there = lots?.locations.get(locationId)?.lots ?? new Map<string, LotUnits>();
  return [...there].flatMap(([each, { units }]) => takenFrom(lots, { locationId, lotId: each }, units));
}

/** The releases of holds whose units an ERP issued under the holds' reference: it has them off on hand itself. */
export function releasedByPosting(
  { detail }: SkuState,
  { locationId, quantity, documentId, messageId }: { locationId: string; quantity: number; documentId?: string; messageId: string },
): readonly SkuEvent[] {
  if (detail === undefined || documentId === undefined) return [];
  const events: SkuEvent[] = [];
  let left = quantity;
  for (const { holdId, erpReference, locationId: at, openUnits = 0 } of detail.holds.values()) {
    if (erpReference !== documentId || at !== locationId) continue;
    const units = Math.min(left, openUnits);
    if (units === 0) continue;
    left -= units;
    events.push({
      type: 'HoldReleased',
      holdId,
      releaseId: messageId,
      quantity: units,
      openUnits: openUnits - units,
      disposition: 'posted_by_erp',
    });
  }
  return events;
}
