import { accept } from '@holdfast/inventory';
import type { ReturnRequestShipment } from './commands.js';
import { contradiction, type RequestDecision } from './refusals.js';
import type { RequestState } from './state.js';

/**
 * Stores that the units of a shipment are back. They are free there, so the request reserves them again by another approval. While a step of
 * the request is under way the report is refused and comes again. One of an unknown shipment, or once more, changes nothing.
 */
export function returnShipment(state: RequestState, { transferId, lines, by }: ReturnRequestShipment): RequestDecision {
  const shipment = state.shipments.find((candidate) => candidate.transferId === transferId);
  if (shipment?.returned !== undefined) return accept();
  if (state.running !== undefined) return contradiction(state);
  if (shipment === undefined) return accept();
  const units = new Map(lines.map(({ sku, quantity }) => [sku, quantity]));
  const returned = shipment.lines
    .map(({ lineId, quantity }) => {
      const sku = state.lines.find((line) => line.lineId === lineId)?.sku ?? '';
      return { lineId, quantity: Math.min(quantity, units.get(sku) ?? 0) };
    })
    .filter(({ quantity }) => quantity > 0);
  return returned.length === 0 ? accept() : accept({ type: 'RequestShipmentReturned', transferId, lines: returned, by });
}
