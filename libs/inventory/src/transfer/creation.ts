import { accept, refuse, type Decision } from '../decision.js';
import { quantityFault } from '../sku/quantities.js';
import type { CreateTransfer } from './commands.js';
import type { TransferEvent, TransferLine } from './events.js';
import { MAX_LINES_PER_TRANSFER } from './limits.js';
import type { TransferRefusalCode } from './phases.js';
import type { TransferState } from './state.js';

/** Decides to create a transfer. A repeat of the same request changes nothing. */
export function create(state: TransferState, command: CreateTransfer): Decision<TransferEvent, TransferRefusalCode> {
  if (state.phase !== 'none') {
    return state.requestHash === command.requestHash ? accept() : refuse('idempotency_mismatch', { transferId: state.transferId });
  }
  if (command.fromLocationId === command.toLocationId) return refuse('same_location', { locationId: command.toLocationId });
  const fault = linesFault(command.lines);
  if (fault) return fault;
  const { type: _, at: __, commandId: ___, ...transfer } = command;
  return accept({ type: 'TransferCreated', ...transfer });
}

/** Checks lines. Returns the refusal: none or too many, a SKU twice, or an invalid quantity. */
const linesFault = (lines: readonly TransferLine[]) =>
  skusFault(lines) ?? lines.map(({ quantity }) => quantityFault(quantity)).find((fault) => fault !== undefined);

/** The refusal of no lines, of too many, or of a SKU that occurs twice. */
export function skusFault(lines: readonly { readonly sku: string }[]) {
  if (lines.length === 0 || lines.length > MAX_LINES_PER_TRANSFER) {
    return refuse('invalid_lines', { lines: lines.length, most: MAX_LINES_PER_TRANSFER });
  }
  return new Set(lines.map(({ sku }) => sku)).size < lines.length ? refuse('invalid_lines', { reason: 'a SKU occurs twice' }) : undefined;
}
