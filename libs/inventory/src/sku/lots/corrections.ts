import { accept, refuse } from '../../decision.js';
import type { SkuEvent } from '../events.js';
import { stateAfter } from '../holds/with-held.js';
import { quantityFault } from '../quantities.js';
import { isRepeatedCommand } from '../recent.js';
import { shortAt, type SkuDecision } from '../refusals.js';
import { freeStock } from '../sources/free-stock.js';
import type { Closed } from '../sources/closed.js';
import type { SkuState } from '../state.js';
import { assigned, settled } from './assignments.js';
import { binMoves } from './bin-moves.js';
import { merged, reassigned, split } from './between-lots.js';
import type { CorrectPositions } from './commands.js';
import type { Correction, CorrectionFault } from './correction.js';

/**
 * Decides that units change lot or bin. On hand stays, so it is a fact about what the units are; it may not take promised units off sale
 * unless the command says so.
 */
export function correctPositions(state: SkuState, command: CorrectPositions, closed: Closed): SkuDecision {
  const { commandId, kind, locationId, quantity, reasonCode, reason, documentId, at, mayUncoverPromises } = command;
  if (isRepeatedCommand(state, commandId)) return accept();
  if (!state.known) return refuse('unknown_sku');
  const fault = quantity === undefined ? undefined : quantityFault(quantity);
  if (fault) return fault;
  const correction = corrected(state, command);
  if ('kind' in correction) return correction;
  const { before = [], positions } = correction;
  const event: SkuEvent = {
    type: 'PositionsCorrected',
    commandId,
    kind,
    locationId,
    positions,
    ...(reasonCode === undefined ? {} : { reasonCode }),
    ...(reason === undefined ? {} : { reason }),
    ...(documentId === undefined ? {} : { documentId }),
  };
  if (mayUncoverPromises === true) return accept(...before, event);
  const heldUnits = heldBy(state, [...before, event], command);
  if (heldUnits <= 0) return accept(...before, event);
  const stock = freeStock(state, at, (available) => available(locationId) >= heldUnits, { closed });
  const available = stock.available(locationId);
  return available < heldUnits ? shortAt(locationId, heldUnits, available) : accept(...stock.before, ...before, event);
}

/** Units of the location that may leave now and may not after the events: by a hold, a date or a bin that they come under. */
function heldBy(state: SkuState, events: readonly SkuEvent[], { locationId, at }: CorrectPositions): number {
  const held = stateAfter(state, events, at).state.balances.get(locationId)?.held ?? 0;
  return held - (state.balances.get(locationId)?.held ?? 0);
}

function corrected(state: SkuState, command: CorrectPositions): Correction | CorrectionFault {
  switch (command.kind) {
    case 'assign':
      return assigned(state, command);
    case 'settle':
      return settled(state, command);
    case 'reassign':
      return reassigned(state, command);
    case 'split':
      return split(state, command);
    case 'merge':
      return merged(state, command);
    case 'bin':
      return binMoves(state, command);
    default:
      return command.kind satisfies never;
  }
}
