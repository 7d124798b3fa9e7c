import { accept, refuse } from '../../decision.js';
import { MAX_OPEN_TRANSFERS_PER_SKU } from '../limits.js';
import type { SkuEvent } from '../events.js';
import type { PositionChange } from '../lots/events.js';
import { positionChange } from '../lots/positions.js';
import { declarationsAt } from '../lots/received.js';
import { arrivingPositions, departingPositions, endingPositions } from '../lots/transit.js';
import { quantityFault } from '../quantities.js';
import { isRepeatedCommand } from '../recent.js';
import { locationFault, shortAt, type SkuDecision } from '../refusals.js';
import { freeStock, type FreeStock } from '../sources/free-stock.js';
import type { InTransit, SkuState } from '../state.js';
import type { MoveStock, ReceiveTransfer, ReturnTransfer, ShipTransfer } from './commands.js';
import { shipReserved } from './reserved-shipment.js';

/** Decides a move of virtual stock between locations, free units only. */
export function move(state: SkuState, command: MoveStock): SkuDecision {
  const { type: _, at: __, positions: ___, mayMoveHeld: ____, lots: facts, ...moved } = command;
  if (isRepeatedCommand(state, moved.commandId)) return accept();
  return departure(state, command, (stock, departed) => {
    const arriving = arrivingPositions(departed, command.toLocationId);
    const declared = declarationsAt(state.detail?.lots, command.toLocationId, arriving, facts);
    const positions = [...departed, ...arriving];
    return accept(...stock.before, ...declared, { type: 'StockMoved', ...moved, ...(positions.length === 0 ? {} : { positions }) });
  });
}

/**
 * Decides to ship free units, or those of a reservation, to another location. A transfer is shipped once; an id whose units went back cannot be shipped again. Of an
 * unknown id that is not newer than the newest forgotten end nobody can say whether it was shipped before, so it is refused.
 */
export function ship(state: SkuState, command: ShipTransfer): SkuDecision {
  const { transferId, startedAt, fromLocationId, toLocationId, quantity } = command;
  const ended = state.endedTransfers.get(transferId);
  if (ended?.outcome === 'returned') return refuse('transfer_returned', { transferId });
  if (ended !== undefined || state.inTransit.has(transferId)) return accept();
  if (startedAt <= (state.transfersForgottenUntil ?? -1)) return refuse('transfer_forgotten', { transferId });
  if (state.inTransit.size >= MAX_OPEN_TRANSFERS_PER_SKU) return refuse('too_many_open_transfers', { most: MAX_OPEN_TRANSFERS_PER_SKU });
  if (command.reservationId !== undefined) return routeFault(state, command) ?? shipReserved(state, command, command.reservationId);
  return departure(state, command, (stock, positions) =>
    accept(...stock.before, {
      type: 'TransferShipped',
      transferId,
      fromLocationId,
      toLocationId,
      quantity,
      ...(positions.length === 0 ? {} : { positions }),
    }),
  );
}

function departure(
  state: SkuState,
  command: MoveStock | ShipTransfer,
  go: (stock: FreeStock, positions: readonly PositionChange[]) => SkuDecision,
): SkuDecision {
  const { at, fromLocationId, quantity } = command;
  const fault = routeFault(state, command);
  if (fault) return fault;
  const departing = departingPositions(state, command);
  if ('kind' in departing) return departing;
  const { positions, heldUnits } = departing;
  const freeUnits = quantity - heldUnits;
  const stock = freeStock(state, at, (available) => available(fromLocationId) >= freeUnits);
  const available = stock.available(fromLocationId);
  return available < freeUnits ? shortAt(fromLocationId, quantity, available + heldUnits) : go(stock, positions);
}

function routeFault(state: SkuState, { fromLocationId, toLocationId, quantity }: MoveStock | ShipTransfer): SkuDecision | undefined {
  if (!state.known) return refuse('unknown_sku');
  if (fromLocationId === toLocationId) return refuse('same_location', { locationId: toLocationId });
  return quantityFault(quantity) ?? locationFault(state, toLocationId);
}

/** Decides the receipt of units of a transfer. A receipt that is recorded already changes nothing, also after the transfer's end. */
export function receiveTransfer(state: SkuState, command: ReceiveTransfer): SkuDecision {
  const { transferId, receiptId, quantity } = command;
  const transfer = state.inTransit.get(transferId);
  const known = transfer ?? state.endedTransfers.get(transferId);
  if (known === undefined) return refuse('unknown_transfer', { transferId });
  if (known.receiptIds.includes(receiptId)) return accept();
  const fault = quantityFault(quantity);
  if (fault) return fault;
  const open = transfer?.quantity ?? 0;
  if (transfer === undefined || quantity > open) return refuse('quantity_exceeds_open', { requested: quantity, open });
  const { toLocationId } = transfer;
  const positions = endingPositions(state, transfer, { locationId: toLocationId, quantity, positions: command.positions });
  if ('kind' in positions) return positions;
  return accept<SkuEvent>(...declarationsAt(state.detail?.lots, toLocationId, positions, command.lots), {
    type: 'TransferReceived',
    transferId,
    toLocationId,
    quantity,
    receiptId,
    ...(positions.length === 0 ? {} : { positions }),
  });
}

/**
 * Decides to return what is in transit to its source. For a shipment unknown to this SKU it records a return of no units, which closes the
 * id: a late step of that shipment, from a process that was suspended, then ships nothing.
 */
export function returnTransfer(state: SkuState, { transferId, fromLocationId, toLocationId }: ReturnTransfer): SkuDecision {
  if (state.endedTransfers.has(transferId)) return accept();
  if (!state.known) return refuse('unknown_sku');
  const transfer: Pick<InTransit, 'fromLocationId' | 'toLocationId' | 'quantity' | 'lots'> = state.inTransit.get(transferId) ?? {
    fromLocationId,
    toLocationId,
    quantity: 0,
  };
  const { quantity } = transfer;
  const positions = (transfer.lots ?? []).map((part) => positionChange(transfer.fromLocationId, part.lotId, undefined, part.quantity));
  return accept({
    type: 'TransferReturned',
    transferId,
    fromLocationId: transfer.fromLocationId,
    toLocationId: transfer.toLocationId,
    quantity,
    ...(positions.length === 0 ? {} : { positions }),
  });
}
