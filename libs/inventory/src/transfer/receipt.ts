import { accept, refuse, type Decision } from '../decision.js';
import type { CompleteReceipt, StartReceipt } from './commands.js';
import { linesFault } from './creation.js';
import type { TransferEvent, TransferLine } from './events.js';
import { MAX_RECEIPTS_PER_TRANSFER } from './limits.js';
import { contradiction, type TransferRefusalCode } from './phases.js';
import { unitsInTransit, type TransferState } from './state.js';

type TransferDecision = Decision<TransferEvent, TransferRefusalCode>;

/** Decides to receive all that is in transit, or the named part of it. */
export function startReceipt(state: TransferState, command: StartReceipt): TransferDecision {
  if (state.running?.receiptId === command.receiptId || state.receiptIds.includes(command.receiptId)) return accept();
  if (state.phase !== 'in_transit') return contradiction(state);
  const lines = command.lines ?? openLines(state);
  const fault = linesFault(lines) ?? lines.map((line) => excess(state, line)).find((found) => found !== undefined);
  if (fault) return fault;
  if (state.receiptIds.length >= MAX_RECEIPTS_PER_TRANSFER - 1 && leavesUnits(state, lines)) {
    return refuse('too_many_receipts', { most: MAX_RECEIPTS_PER_TRANSFER });
  }
  return accept({ type: 'ReceiptStarted', receiptId: command.receiptId, lines });
}

const leavesUnits = (state: TransferState, lines: readonly TransferLine[]): boolean => unitsOf(lines) < unitsOf(openLines(state));

const unitsOf = (lines: readonly TransferLine[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

const openLines = (state: TransferState): readonly TransferLine[] =>
  state.lines.map((line) => ({ sku: line.sku, quantity: unitsInTransit(line) })).filter(({ quantity }) => quantity > 0);

function excess(state: TransferState, { sku, quantity }: TransferLine) {
  const line = state.lines.find((candidate) => candidate.sku === sku);
  const open = line === undefined ? 0 : unitsInTransit(line);
  return quantity > open ? refuse('quantity_exceeds_open', { sku, requested: quantity, open }) : undefined;
}

/** Every SKU recorded its part of the receipt. */
export function completeReceipt(state: TransferState, command: CompleteReceipt): TransferDecision {
  if (state.receiptIds.includes(command.receiptId)) return accept();
  if (state.phase !== 'receiving' || state.running?.receiptId !== command.receiptId) return contradiction(state);
  return accept({ type: 'ReceiptRecorded', receiptId: command.receiptId });
}
