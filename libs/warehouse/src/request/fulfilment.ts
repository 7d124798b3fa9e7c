import { accept, refuse } from '@holdfast/inventory';
import type { CheckReservations, CompleteRequestShipment, FailRequestShipment, FulfilRequest } from './commands.js';
import { commented } from './drafting.js';
import type { LineReservation, RequestEvent, ShippedLine } from './events.js';
import { MAX_SHIPMENTS_PER_REQUEST } from './limits.js';
import { namesFault, quantityFault } from './lines.js';
import { contradiction, type RequestDecision, type RequestRefusal } from './refusals.js';
import { openUnits, type RequestState } from './state.js';

/** Decides to ship units that are reserved, to begin with the work, or to cancel what is left. A shipment that is known changes nothing. */
export function fulfil(state: RequestState, command: FulfilRequest): RequestDecision {
  const { shipmentId, to, closeRemainder, by, person } = command;
  if (isKnownShipment(state, shipmentId)) return accept();
  if (state.phase === 'fulfilled' && to === 'fulfilled' && command.lines === undefined) return accept();
  if (state.phase !== 'approved' && state.phase !== 'fulfilling') return contradiction(state);
  const lines = command.lines ?? (to === 'fulfilled' && !closeRemainder ? reservedLines(state) : []);
  const fault = namesFault(state, lines) ?? lines.map((line) => lineFault(state, line)).find((found) => found !== undefined);
  if (fault) return fault;
  const units = unitsLeft(state, lines);
  if (to === 'fulfilled' && !closeRemainder && units > 0) return refuse('remainder_open', { units });

  const author = { by, person, ...commented(command.comment) };
  if (lines.length > 0) {
    if (state.shipments.length >= MAX_SHIPMENTS_PER_REQUEST) return refuse('too_many_shipments', { most: MAX_SHIPMENTS_PER_REQUEST });
    return accept({ type: 'RequestShipmentStarted', shipmentId, lines, closeRemainder, ...author });
  }
  if (closeRemainder) return accept({ type: 'RequestReleaseStarted', to: 'fulfilled', ...author });
  return state.phase === 'approved' ? accept({ type: 'RequestFulfilmentStarted', ...author }) : accept();
}

const isKnownShipment = ({ shipments, running }: RequestState, shipmentId: string): boolean =>
  shipments.some((shipment) => shipment.shipmentId === shipmentId) || (running?.kind === 'shipment' && running.shipmentId === shipmentId);

const reservedLines = ({ lines }: RequestState): readonly ShippedLine[] =>
  lines.filter(({ reserved }) => reserved > 0).map(({ lineId, reserved }) => ({ lineId, quantity: reserved }));

const unitsLeft = ({ lines }: RequestState, shipped: readonly ShippedLine[]): number =>
  lines.reduce((sum, line) => sum + openUnits(line), 0) - shipped.reduce((sum, { quantity }) => sum + quantity, 0);

function lineFault({ lines }: RequestState, { lineId, quantity }: ShippedLine): RequestRefusal | undefined {
  const line = lines.find((candidate) => candidate.lineId === lineId);
  const fault = quantityFault(quantity);
  if (fault || line === undefined) return fault;
  const { sku, reserved, waiting } = line;
  const open = openUnits(line);
  if (quantity > open) return refuse('quantity_exceeds_approved', { lineId, sku, requested: quantity, open });
  return quantity > reserved ? refuse('quantity_exceeds_reserved', { lineId, sku, requested: quantity, reserved, waiting }) : undefined;
}

/**
 * These units left. Where the rest is to be cancelled, its release is decided at the same time, unless units of the shipment stayed behind:
 * nobody asked to cancel those.
 */
export function completeShipment(state: RequestState, command: CompleteRequestShipment): RequestDecision {
  const { shipmentId, lines, transferId } = command;
  const { running } = state;
  if (running?.kind !== 'shipment' || running.shipmentId !== shipmentId) {
    return state.shipments.some((shipment) => shipment.shipmentId === shipmentId) ? accept() : contradiction(state);
  }
  const events: RequestEvent[] = [{ type: 'RequestShipped', lines, ...(transferId === undefined ? {} : { transferId }) }];
  const units = new Map(lines.map(({ lineId, quantity }) => [lineId, quantity]));
  const isWhole = running.lines.every(({ lineId, quantity }) => units.get(lineId) === quantity);
  if (running.closeRemainder && isWhole && unitsLeft(state, lines) > 0) {
    const { by, person, comment } = running;
    events.push({ type: 'RequestReleaseStarted', to: 'fulfilled', by, person, ...commented(comment) });
  }
  return accept(...events);
}

/** Nothing left: the request goes on with what its reservations hold. */
export function failShipment(state: RequestState, { shipmentId, lines, reservations }: FailRequestShipment): RequestDecision {
  const isRunning = state.running?.kind === 'shipment' && state.running.shipmentId === shipmentId;
  return isRunning ? accept({ type: 'RequestShipmentFailed', lines }, ...changesOf(state, reservations)) : contradiction(state);
}

/** What the reservations hold now; no event where that is what the request knows. */
export function checkReservations(state: RequestState, { reservations }: CheckReservations): RequestDecision {
  return state.phase === 'approved' || state.phase === 'fulfilling' ? accept(...changesOf(state, reservations)) : accept();
}

function changesOf({ lines }: RequestState, reservations: readonly LineReservation[]): readonly RequestEvent[] {
  const changed = reservations.filter(({ lineId, reserved, waiting }) => {
    const line = lines.find((candidate) => candidate.lineId === lineId);
    return line !== undefined && (line.reserved !== reserved || line.waiting !== waiting);
  });
  return changed.length === 0 ? [] : [{ type: 'RequestReservationsChecked', reservations: changed }];
}
