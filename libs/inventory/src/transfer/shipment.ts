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
 * Decides to send back what was shipped, before any SKU sends its units back. A SKU that has returned its line still answers that the
 * shipment was shipped, so a process that continued the shipment without this decision would count the returned line as in transit.
 */
export function turnBack(state: TransferState, { shipmentId, lines }: TurnShipmentBack): TransferDecision {
  if (state.phase !== 'shipping' || state.shipmentId !== shipmentId) return contradiction(state);
  return state.turnedBack === undefined ? accept({ type: 'ShipmentTurnedBack', lines }) : accept();
}

/** Every SKU returned what it had shipped: the transfer may be shipped again. */
export function failShipment(state: TransferState, { shipmentId }: FailShipment): TransferDecision {
  if (state.shipmentId !== shipmentId) return contradiction(state);
  if (state.phase === 'created' && state.attempts > 0) return accept();
  const { phase, turnedBack } = state;
  return phase === 'shipping' && turnedBack !== undefined ? accept({ type: 'ShipmentFailed', lines: turnedBack }) : contradiction(state);
}

/** A SKU accepts each shipment id once, so another attempt needs another id. */
const nextShipment = ({ transferId, attempts }: TransferState): string => shipmentOf(transferId, attempts + 1);

/** Id of the shipment of an attempt, from 1. */
export const shipmentOf = (transferId: string, attempt: number): string =>
  attempt === 1 ? transferId : `${transferId}~${String(attempt)}`;
