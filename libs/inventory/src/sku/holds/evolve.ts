import { heldBy, unchanged } from '../balance-change.js';
import { balanceAt } from '../balances.js';
import type { EntriesOf } from '../event-entry.js';
import { ENDED_HOLDS_KEPT } from '../limits.js';
import { forgetOldest, rememberCommand } from '../recent.js';
import type { SkuState } from '../state.js';
import { placeAt } from '../stock-place.js';
import type { ChangesHeld, HoldEvent, HoldPlaced, HoldReleased } from './events.js';
import { countHold, noSums } from './hold-sums.js';
import { coveredLots } from './lot-holds.js';
import type { StockDetail } from './state.js';

export const detailOf = (state: SkuState): StockDetail =>
  (state.detail ??= { holds: new Map(), endedHolds: new Map(), sums: noSums(), lots: undefined });

/** Applies the held units that an event of any type changed. */
export function changeHeld(state: SkuState, { held }: ChangesHeld): void {
  for (const { locationId, delta } of held ?? []) balanceAt(state, placeAt(locationId)).held += delta;
}

function holdPlaced(state: SkuState, event: HoldPlaced): void {
  const { holdId, holdType, locationId, lotId, quantity, erpReference, createdBy, commandId, movedFrom } = event;
  const { holds, endedHolds, sums, lots } = detailOf(state);
  const lotIds = coveredLots(lots, event);
  // A hold that moved is placed again under its id; releases before that stay known.
  const releaseIds = movedFrom === holdId ? [...(endedHolds.get(holdId)?.releaseIds ?? [])] : [];
  endedHolds.delete(holdId);
  if (locationId !== undefined) balanceAt(state, placeAt(locationId));
  holds.set(holdId, {
    holdId,
    holdType,
    ...(locationId === undefined ? {} : { locationId }),
    ...(lotId === undefined ? {} : { lotId, lotIds: lotIds ?? [lotId] }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(erpReference === undefined ? {} : { erpReference }),
    ...(createdBy === undefined ? {} : { createdBy }),
    openUnits: quantity,
    releaseIds,
  });
  countHold(sums, { locationId, quantity, lotIds }, 1);
  rememberCommand(state, commandId);
}

function holdReleased(state: SkuState, event: HoldReleased): void {
  const { holdId, releaseId, quantity, openUnits, disposition } = event;
  const { holds, endedHolds, sums } = detailOf(state);
  const hold = holds.get(holdId);
  if (hold === undefined) return;
  const { locationId, lotIds } = hold;
  countHold(sums, { locationId, lotIds, quantity }, -1);
  hold.releaseIds.push(releaseId);
  if (hold.openUnits !== undefined && openUnits > 0) {
    hold.openUnits = openUnits;
    return;
  }
  holds.delete(holdId);
  endedHolds.set(holdId, { releaseIds: hold.releaseIds, ...(quantity === undefined ? {} : { quantity }), disposition });
  forgetOldest(endedHolds, ENDED_HOLDS_KEPT);
}

export const holdEntries: EntriesOf<HoldEvent> = {
  HoldPlaced: {
    evolve: holdPlaced,
    balances: ({ locationId }) => (locationId === undefined ? unchanged() : [heldBy(placeAt(locationId), 0)]),
    step: 'fact',
    words: 'Units may not leave: a number at a location, or all of a location or of the SKU, those that arrive later too.',
  },
  HoldReleased: {
    evolve: holdReleased,
    balances: unchanged,
    step: 'settlement',
    words: 'A hold was released, whole or in part.',
  },
};
