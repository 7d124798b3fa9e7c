import { accept, type Decision } from '../decision.js';
import type { CompleteShipment, FailShipment, TurnShipmentBack } from './commands.js';
import type { TransferEvent } from './events.js';
import { contradiction, type TransferRefusalCode } from './phases.js';
import type { TransferState } from './state.js';

type TransferDecision = Decision<TransferEvent, TransferRefusalCode>;

/** Decides to ship every line. */
export function startShipment(state: TransferState): TransferDecision {
  if (state.phase === 'shipping' || state.phase === 'in_transit') return accept();
  return state.phase === 'created' ? accept({ type: 'ShipmentStarted', shipmentId: nextShipment(state) }) : contradiction(state);
}

/** Every SKU shipped its line. */
export function completeShipment(state: TransferState, { shipmentId }: CompleteShipment): TransferDecision {
  if (state.shipmentId !== shipmentId) return contradiction(state);
  if (state.phase === 'in_transit') return accept();
  return state.phase === 'shipping' && state.turnedBack === undefined ? accept({ type: 'Shipped' }) : contradiction(state);
}

/**
 * Decides to send back what was shipped, before any SKU sends anything back: a SKU that returned its line knows the shipment as shipped and
 * ended, so a process that resumed the shipment without this decision would count the returned line as on its way.
 */
export function turnBack(state: TransferState, { shipmentId, lines }: TurnShipmentBack): TransferDecision {
  if (state.phase !== 'shipping' || state.shipmentId !== shipmentId) return contradiction(state);
  return state.turnedBack === undefined ? accept({ type: 'ShipmentTurnedBack', lines }) : accept();
}

/** Every SKU sent back what it had shipped: the transfer may be shipped again. */
export function failShipment(state: TransferState, { shipmentId }: FailShipment): TransferDecision {
  if (state.shipmentId !== shipmentId) return contradiction(state);
  if (state.phase === 'created' && state.attempts > 0) return accept();
  const { phase, turnedBack } = state;
  return phase === 'shipping' && turnedBack !== undefined ? accept({ type: 'ShipmentFailed', lines: turnedBack }) : contradiction(state);
}

/** The SKUs take a shipment's id once: another attempt needs another. */
const nextShipment = (state: TransferState): string =>
  state.attempts === 0 ? state.transferId : `${state.transferId}~${String(state.attempts + 1)}`;
