import { accept, refuse } from '../../decision.js';
import { earlierDates } from '../lots/earlier-dates.js';
import type { LotDeclared, LotExpiryChanged, PositionChange } from '../lots/events.js';
import { findLot } from '../lots/positions.js';
import type { LotStock } from '../lots/state.js';
import { inArrivalBin } from '../lots/arrival-bin.js';
import { arrivals, declarations, positionsFault } from '../lots/received.js';
import { quantityFault } from '../quantities.js';
import { isRepeatedMessage } from '../recent.js';
import { countContains, documentKey, figureContains, unitsAfterCount, unpostedUnits, type Journal } from '../reconciliation/journal.js';
import { locationFault, type SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import { arrivalsOf } from '../supply/supply.js';
import type { ReceiveStock } from './commands.js';
import { introduction } from './products.js';

/**
 * Decides a goods receipt. If an ERP posted it, a figure or a count may contain it already (then on hand stays). It may also be the arrival
 * of an own move or transfer, named by its document (then on hand contains it already).
 */
export function receive(state: SkuState, command: ReceiveStock): SkuDecision {
  const { type: _, at: __, commandId, inboundReference: ___, positions: named, arrivalBin, ...receipt } = command;
  const { locationId, quantity, connectionId, documentId } = receipt;
  if (isRepeatedMessage(state, connectionId, receipt.messageId)) return accept();
  const fault = quantityFault(quantity) ?? locationFault(state, locationId);
  const positions = arrivalBin === undefined ? named : inArrivalBin(named ?? [{ quantity }], arrivalBin);
  const placed = { ...command, ...(positions === undefined ? {} : { positions }) };
  const misplaced = fault ?? receivedFault(state, placed);
  if (misplaced) return misplaced;

  const journal = state.journals.get(locationId);
  const posted = connectionId !== undefined;
  const acknowledgedUnits = posted && documentId !== undefined ? Math.min(quantity, unpostedUnits(journal, documentKey(documentId), 1)) : 0;
  // The arrival of an own move or transfer is not a delivery of a supplier.
  const inbound = arrivalsOf(state, { ...command, quantity: quantity - acknowledgedUnits });
  const lots = state.detail?.lots;
  const arrived = positions === undefined ? [] : arrivals(lots, locationId, positions, acknowledgedUnits);
  return accept(...introduction(state, commandId), ...lotFactsOf(lots, placed, arrived), {
    type: 'StockReceived',
    ...receipt,
    acknowledgedUnits,
    ...(inbound.length === 0 ? {} : { inbound }),
    delta: changeOf(journal, command, acknowledgedUnits),
    ...(arrived.length === 0 ? {} : { positions: arrived }),
  });
}

/** What becomes known of the lots of units that arrive now; a receipt that acknowledges an own move brings none. */
function lotFactsOf(
  lots: LotStock | undefined,
  { locationId, commandId, connectionId, positions = [] }: ReceiveStock,
  arrived: readonly PositionChange[],
): readonly (LotDeclared | LotExpiryChanged)[] {
  const ids = new Set(arrived.map(({ lotId }) => lotId));
  const idOf = (lotId: string): string => (lots && findLot(lots, lotId)?.lotId) ?? lotId;
  const named = positions.filter(({ lotId }) => lotId !== undefined && (ids.has(lotId) || ids.has(idOf(lotId))));
  const redated = connectionId === undefined || lots === undefined ? [] : earlierDates(lots, { locationId, commandId }, named);
  const dated = new Set(redated.map(({ lotId }) => lotId));
  const others = named.filter(({ lotId }) => lotId !== undefined && !dated.has(idOf(lotId)));
  return [...redated, ...declarations(lots, locationId, others)];
}

/** What is wrong with the lots of a receipt. An ERP posts facts: where it names no lot, or a later date, the units are received all the same. */
function receivedFault(state: SkuState, { locationId, quantity, positions, connectionId }: ReceiveStock): SkuDecision | undefined {
  const isFact = connectionId !== undefined;
  const withLot = positions?.reduce((units, each) => units + (each.lotId === undefined ? 0 : each.quantity), 0) ?? 0;
  if (!isFact && withLot < quantity && state.detail?.lots?.control === 'required') {
    return refuse('lot_required', { quantity, withoutLot: quantity - withLot });
  }
  if (positions === undefined) return undefined;
  const sum = positions.reduce((units, each) => units + each.quantity, 0);
  if (sum !== quantity) return refuse('positions_differ', { quantity, positions: sum });
  return positionsFault(state, locationId, positions, { isFact, least: 1 });
}

/** Change of on hand. A figure of the ERP or a count may contain the units already; own arrivals after that figure were added twice. */
function changeOf(
  journal: Journal | undefined,
  { connectionId, documentId, quantity, effectiveAt }: ReceiveStock,
  acknowledged: number,
): number {
  if (connectionId === undefined) return quantity;
  if (figureContains(journal, effectiveAt)) return 0 - acknowledged;
  if (!countContains(journal, effectiveAt)) return quantity - acknowledged;
  return documentId === undefined ? 0 : 0 - unitsAfterCount(journal, documentKey(documentId), 1, acknowledged);
}
