import { accept, refuse } from '../../decision.js';
import type { SkuEvent } from '../events.js';
import { broughtToBin } from '../lots/arrival-bin.js';
import { markedOnArrival } from '../lots/expiry.js';
import { declarationsAt } from '../lots/received.js';
import { endingPositions } from '../lots/transit.js';
import { quantityFault } from '../quantities.js';
import { isRepeatedCommand } from '../recent.js';
import { locationFault, type SkuDecision } from '../refusals.js';
import type { InTransit, SkuState } from '../state.js';
import type { StockAdjusted } from '../stock/events.js';
import type { CloseTransfer, ReceiveTransfer } from './commands.js';
import { arrivalOf } from './held-units.js';

/**
 * Decides the receipt of units of a transfer: good ones, and rejected ones, which are held as they arrive. Units beyond what was on its way
 * are an adjustment. A receipt that is recorded already changes nothing, also after the transfer's end.
 */
export function receiveTransfer(state: SkuState, command: ReceiveTransfer): SkuDecision {
  const { transferId, receiptId, quantity, rejected = 0, over } = command;
  const transfer = state.inTransit.get(transferId);
  const known = transfer ?? state.endedTransfers.get(transferId);
  if (known === undefined && over === undefined) return refuse('unknown_transfer', { transferId });
  if (known?.receiptIds.includes(receiptId) === true || isRepeatedCommand(state, command.commandId)) return accept();
  const units = quantity + rejected;
  const fault = quantityFault(quantity, 0) ?? quantityFault(rejected, 0) ?? quantityFault(units);
  if (fault) return fault;
  const open = transfer?.quantity ?? 0;
  const excess = Math.max(0, units - open);
  if (excess > (over?.quantity ?? 0)) return refuse('quantity_exceeds_open', { requested: units, open });
  if (over !== undefined && over.quantity !== excess) return refuse('over_differs', { requested: units, open, over: over.quantity });
  const locationId = transfer?.toLocationId ?? command.toLocationId;
  if (locationId === undefined) return refuse('unknown_transfer', { transferId });
  const noPlace = transfer === undefined ? locationFault(state, locationId) : undefined;
  if (noPlace) return noPlace;
  const received = units - excess;
  const arrived = endingPositions(state, transfer ?? { quantity: 0 }, { locationId, quantity: received, positions: command.positions });
  if ('kind' in arrived) return arrived;
  const good = Math.max(0, received - rejected);
  const { arrivalBin } = command;
  const isPlaced = arrivalBin !== undefined && transfer?.hold === undefined;
  const positions = isPlaced ? broughtToBin(arrived, arrivalBin, { locationId, units: received, good }) : arrived;
  const events: SkuEvent[] = [...holds(transfer, command, locationId)];
  if (received > 0) {
    events.push(...declarationsAt(state.detail?.lots, locationId, positions, command.lots));
    if (transfer !== undefined) events.push(...markedOnArrival(state, positions, transfer));
    events.push({
      type: 'TransferReceived',
      transferId,
      toLocationId: locationId,
      quantity: received,
      receiptId,
      ...(positions.length === 0 ? {} : { positions }),
    });
  }
  const beyondBin = isPlaced ? Math.max(0, quantity - good) : 0;
  if (over !== undefined) events.push(beyond(command, over, { locationId, receipts: known?.receiptIds.length ?? 0, inBin: beyondBin }));
  return accept(...events);
}

/** Units that travelled under a hold stay under it, whether they are rejected or not. */
function holds(transfer: InTransit | undefined, command: ReceiveTransfer, locationId: string): readonly SkuEvent[] {
  const { commandId, transferId, receiptId, quantity, rejected = 0, receivedBy } = command;
  if (transfer?.hold !== undefined) return arrivalOf(transfer, { commandId, locationId, quantity: quantity + rejected });
  if (rejected === 0) return [];
  return [
    {
      type: 'HoldPlaced',
      commandId,
      holdId: `hold_${commandId}`,
      holdType: 'damage',
      locationId,
      quantity: rejected,
      reference: transferId,
      receiptId,
      ...(receivedBy === undefined ? {} : { createdBy: receivedBy }),
      uncoveredUnits: 0,
    },
  ];
}

/** The ERP is to post all that arrived under the transfer's document. */
const beyond = (
  { commandId, transferId, at, arrivalBin }: ReceiveTransfer,
  { quantity, reasonCode }: NonNullable<ReceiveTransfer['over']>,
  { locationId, receipts, inBin }: { readonly locationId: string; readonly receipts: number; readonly inBin: number },
): StockAdjusted => ({
  type: 'StockAdjusted',
  commandId,
  locationId,
  delta: quantity,
  effectiveAt: at,
  reasonCode,
  documentId: transferId,
  documentLine: receipts + 1,
  postedBack: true,
  ...(arrivalBin === undefined || inBin === 0
    ? {}
    : { positions: broughtToBin([], arrivalBin, { locationId, units: inBin, good: inBin }) }),
});

/** Decides that what is still in transit never arrives. Where nothing is, there is nothing to lose. */
export function closeTransfer(state: SkuState, { transferId, reasonCode, reason }: CloseTransfer): SkuDecision {
  const transfer = state.inTransit.get(transferId);
  if (transfer === undefined) return state.endedTransfers.has(transferId) ? accept() : refuse('unknown_transfer', { transferId });
  const { fromLocationId, toLocationId, quantity, hold } = transfer;
  return accept({
    type: 'TransferLost',
    transferId,
    fromLocationId,
    toLocationId,
    quantity,
    reasonCode,
    ...(reason === undefined ? {} : { reason }),
    ...(hold === undefined ? {} : { holdId: hold.holdId }),
  });
}
