import { accept, refuse } from '../../decision.js';
import { MAX_OPEN_TRANSFERS_PER_SKU } from '../limits.js';
import type { SkuEvent } from '../events.js';
import type { PositionChange } from '../lots/events.js';
import { markedOnArrival } from '../lots/expiry.js';
import { declarationsAt } from '../lots/received.js';
import { arrivingPositions, departingPositions } from '../lots/transit.js';
import { quantityFault } from '../quantities.js';
import { isRepeatedCommand } from '../recent.js';
import { locationFault, shortAt, type SkuDecision } from '../refusals.js';
import { freeStock, type FreeStock } from '../sources/free-stock.js';
import type { Closed } from '../sources/closed.js';
import type { SkuState } from '../state.js';
import type { MoveStock, ShipTransfer } from './commands.js';
import { heldArrival, heldDeparture } from './held-units.js';
import { shipReserved } from './reserved-shipment.js';

/** Decides a move of virtual stock between locations: free units, or those of a hold, which goes with them. */
export function move(state: SkuState, command: MoveStock, closed: Closed): SkuDecision {
  const { type: _, at: __, positions: ___, mayMoveHeld: ____, mustBeExpired: _____, lots: facts, ...moved } = command;
  const { commandId, toLocationId, quantity, holdId } = moved;
  if (isRepeatedCommand(state, commandId)) return accept();
  const arrive = (departed: readonly PositionChange[], before: readonly SkuEvent[]): SkuDecision => {
    const arriving = arrivingPositions(departed, toLocationId);
    const declared = declarationsAt(state.detail?.lots, toLocationId, arriving, facts);
    const positions = [...departed, ...arriving];
    const marked = markedOnArrival(state, arriving, command);
    return accept<SkuEvent>(...before, ...declared, ...marked, {
      type: 'StockMoved',
      ...moved,
      ...(positions.length === 0 ? {} : { positions }),
    });
  };
  if (holdId !== undefined) {
    const left = routeFault(state, command, closed) ?? heldDeparture(state, command, holdId);
    if ('kind' in left) return left;
    return arrive(left.positions, [...left.released, ...heldArrival(left.hold, { commandId, locationId: toLocationId, quantity })]);
  }
  return departure(state, command, closed, (stock, departed) => arrive(departed, stock.before));
}

/**
 * Decides to ship free units, or those of a reservation or a hold, to another location. A transfer is shipped once; an id whose units went back cannot be shipped again. Of an
 * unknown id that is not newer than the newest forgotten end nobody can say whether it was shipped before, so it is refused.
 */
export function ship(state: SkuState, command: ShipTransfer, closed: Closed): SkuDecision {
  const { transferId, startedAt, fromLocationId, toLocationId, quantity } = command;
  const ended = state.endedTransfers.get(transferId);
  if (ended?.outcome === 'returned') return refuse('transfer_returned', { transferId });
  if (ended !== undefined || state.inTransit.has(transferId)) return accept();
  if (startedAt <= (state.transfersForgottenUntil ?? -1)) return refuse('transfer_forgotten', { transferId });
  if (state.inTransit.size >= MAX_OPEN_TRANSFERS_PER_SKU) return refuse('too_many_open_transfers', { most: MAX_OPEN_TRANSFERS_PER_SKU });
  if (command.reservationId !== undefined) return routeFault(state, command, closed) ?? shipReserved(state, command, command.reservationId);
  if (command.holdId !== undefined) return routeFault(state, command, closed) ?? shipHeld(state, command, command.holdId);
  return departure(state, command, closed, (stock, positions) =>
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

function shipHeld(state: SkuState, command: ShipTransfer, holdId: string): SkuDecision {
  const { transferId, fromLocationId, toLocationId, quantity } = command;
  const left = heldDeparture(state, command, holdId);
  if ('kind' in left) return left;
  return accept<SkuEvent>(...left.released, {
    type: 'TransferShipped',
    transferId,
    fromLocationId,
    toLocationId,
    quantity,
    holdId,
    ...(left.hold === undefined ? {} : { hold: left.hold }),
    ...(left.positions.length === 0 ? {} : { positions: left.positions }),
  });
}

function departure(
  state: SkuState,
  command: MoveStock | ShipTransfer,
  closed: Closed,
  go: (stock: FreeStock, positions: readonly PositionChange[]) => SkuDecision,
): SkuDecision {
  const { at, fromLocationId, quantity } = command;
  const fault = routeFault(state, command, closed);
  if (fault) return fault;
  const departing = departingPositions(state, command);
  if ('kind' in departing) return departing;
  const { positions, heldUnits } = departing;
  const freeUnits = quantity - heldUnits;
  const stock = freeStock(state, at, (available) => available(fromLocationId) >= freeUnits, { closed });
  const available = stock.available(fromLocationId);
  return available < freeUnits ? shortAt(fromLocationId, quantity, available + heldUnits) : go(stock, positions);
}

function routeFault(
  state: SkuState,
  { fromLocationId, toLocationId, quantity }: MoveStock | ShipTransfer,
  closed: Closed,
): SkuDecision | undefined {
  if (!state.known) return refuse('unknown_sku');
  if (fromLocationId === toLocationId) return refuse('same_location', { locationId: toLocationId });
  if (closed.has(fromLocationId)) return refuse('location_blocked', { locationId: fromLocationId, available: 0 });
  return quantityFault(quantity) ?? locationFault(state, toLocationId);
}
