import { accept, refuse } from '../../decision.js';
import { MAX_INBOUND_PER_SKU } from '../limits.js';
import { quantityFault } from '../quantities.js';
import { isRepeatedCommand } from '../recent.js';
import { locationFault, type SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import type { CancelInbound, DeclareInbound } from './commands.js';
import { openUnitsOf } from './supply.js';

/** Decides a delivery, announced or changed. The same data as before yield no event. */
export function declareInbound(state: SkuState, command: DeclareInbound): SkuDecision {
  const { type: _, at: __, ...declared } = command;
  if (!state.known) return refuse('unknown_sku');
  if (isRepeatedCommand(state, declared.commandId)) return accept();
  if (!Number.isInteger(declared.expectedAt) || declared.expectedAt < 0) {
    return refuse('invalid_quantity', { expectedAt: declared.expectedAt, least: 0 });
  }
  const fault = quantityFault(declared.quantity) ?? locationFault(state, declared.locationId);
  if (fault) return fault;
  const known = state.supply?.inbound.get(declared.reference);
  if (
    known !== undefined &&
    known.locationId === declared.locationId &&
    known.quantity === declared.quantity &&
    known.expectedAt === declared.expectedAt
  ) {
    return accept();
  }
  if (known === undefined && openInboundCount(state) >= MAX_INBOUND_PER_SKU) {
    return refuse('too_many_inbound', { most: MAX_INBOUND_PER_SKU });
  }
  return accept({ type: 'InboundDeclared', ...declared });
}

function openInboundCount(state: SkuState): number {
  let count = 0;
  for (const inbound of state.supply?.inbound.values() ?? []) if (openUnitsOf(inbound) > 0) count += 1;
  return count;
}

/** Decides that the delivery does not come. Reservations that wait for it keep their position and may lose their date. */
export function cancelInbound(state: SkuState, { commandId, reference }: CancelInbound): SkuDecision {
  if (isRepeatedCommand(state, commandId)) return accept();
  if (state.supply?.inbound.has(reference) !== true) return refuse('unknown_inbound', { reference });
  return accept({ type: 'InboundCancelled', commandId, reference });
}
