import { accept, refuse } from '../../decision.js';
import { positionChange } from '../lots/positions.js';
import type { SkuDecision } from '../refusals.js';
import type { InTransit, SkuState } from '../state.js';
import type { ReturnTransfer } from './commands.js';
import { arrivalOf } from './held-units.js';

/**
 * Decides to return what is in transit to its source. For a shipment unknown to this SKU it records a return of no units, which closes the
 * id: a late step of that shipment, from a process that was suspended, then ships nothing.
 */
export function returnTransfer(state: SkuState, { transferId, commandId, fromLocationId, toLocationId }: ReturnTransfer): SkuDecision {
  if (state.endedTransfers.has(transferId)) return accept();
  if (!state.known) return refuse('unknown_sku');
  const transfer: InTransit = state.inTransit.get(transferId) ?? { fromLocationId, toLocationId, quantity: 0, receiptIds: [] };
  const { quantity } = transfer;
  const positions = (transfer.lots ?? []).map((part) => positionChange(transfer.fromLocationId, part.lotId, undefined, part.quantity));
  return accept(...arrivalOf(transfer, { commandId, locationId: transfer.fromLocationId, quantity }), {
    type: 'TransferReturned',
    transferId,
    fromLocationId: transfer.fromLocationId,
    toLocationId: transfer.toLocationId,
    quantity,
    ...(positions.length === 0 ? {} : { positions }),
  });
}
