import { accept, refuse, type Decision } from '../decision.js';
import type { CompleteReceipt, StartReceipt } from './commands.js';
import { quantityFault } from '../sku/quantities.js';
import { skusFault } from './creation.js';
import type { ReceiptLine, TransferEvent } from './events.js';
import { MAX_RECEIPTS_PER_TRANSFER } from './limits.js';
import { contradiction, type TransferRefusalCode } from './phases.js';
import { arrivedUnits, unitsInTransit, type TransferState } from './state.js';

type TransferDecision = Decision<TransferEvent, TransferRefusalCode>;

/** Decides to receive all that is in transit, or the named part of it. */
export function startReceipt(state: TransferState, command: StartReceipt): TransferDecision {
  if (state.running?.receiptId === command.receiptId || state.receiptIds.includes(command.receiptId)) return accept();
  if (state.phase !== 'in_transit') return contradiction(state);
  const { receiptId, receivedBy, lines = openLines(state) } = command;
  const fault = skusFault(lines) ?? lines.map((line) => lineFault(state, line)).find((found) => found !== undefined);
  if (fault) return fault;
  if (state.receiptIds.length >= MAX_RECEIPTS_PER_TRANSFER - 1 && leavesUnits(state, lines)) {
    return refuse('too_many_receipts', { most: MAX_RECEIPTS_PER_TRANSFER });
  }
  return accept({ type: 'ReceiptStarted', receiptId, lines, ...(receivedBy === undefined ? {} : { receivedBy }) });
}

const leavesUnits = (state: TransferState, lines: readonly ReceiptLine[]): boolean => {
  const arrived = new Map(lines.map((line) => [line.sku, arrivedUnits(line)]));
  return state.lines.some((line) => (arrived.get(line.sku) ?? 0) < unitsInTransit(line));
};

const openLines = (state: TransferState): readonly ReceiptLine[] =>
  state.lines.map((line) => ({ sku: line.sku, quantity: unitsInTransit(line) })).filter(({ quantity }) => quantity > 0);

/** More than is on its way arrives only where the line says by how much. */
function lineFault(state: TransferState, line: ReceiptLine) {
  const { sku, quantity, rejected = 0, over } = line;
  const units = arrivedUnits(line);
  const fault = quantityFault(quantity, 0) ?? quantityFault(rejected, 0) ?? quantityFault(units);
  if (fault) return fault;
  const known = state.lines.find((candidate) => candidate.sku === sku);
  const open = known === undefined ? 0 : unitsInTransit(known);
  const excess = Math.max(0, units - open);
  if (known === undefined || excess > (over?.quantity ?? 0)) return refuse('quantity_exceeds_open', { sku, requested: units, open });
  return over !== undefined && over.quantity !== excess
    ? refuse('over_differs', { sku, requested: units, open, over: over.quantity })
    : undefined;
}

/** Every SKU recorded its part of the receipt. */
export function completeReceipt(state: TransferState, command: CompleteReceipt): TransferDecision {
  if (state.receiptIds.includes(command.receiptId)) return accept();
  if (state.phase !== 'receiving' || state.running?.receiptId !== command.receiptId) return contradiction(state);
  return accept({ type: 'ReceiptRecorded', receiptId: command.receiptId });
}
