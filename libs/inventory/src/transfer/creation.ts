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
  const isInside = command.fromLocationId === command.toLocationId;
  if (isInside && !command.lines.every(changesBin)) return refuse('same_location', { locationId: command.toLocationId });
  const fault = isInside ? binLinesFault(command.lines) : linesFault(command.lines);
  if (fault) return fault;
  const { type: _, at: __, commandId: ___, ...transfer } = command;
  return accept({ type: 'TransferCreated', ...transfer });
}

/** Checks lines. Returns the refusal: none or too many, a SKU twice, or an invalid quantity. */
const linesFault = (lines: readonly TransferLine[]) =>
  (lines.some(namesBin) ? refuse('invalid_lines', { reason: 'bins and lots are for transfers inside one location' }) : undefined) ??
  skusFault(lines) ??
  quantitiesFault(lines);

/** The same of lines inside one location, where a SKU may come from and go to several bins. */
const binLinesFault = (lines: readonly TransferLine[]) =>
  (lines.some(({ holdId, reservationId }) => holdId !== undefined || reservationId !== undefined)
    ? refuse('invalid_lines', { reason: 'inside one location no hold is named' })
    : undefined) ??
  countFault(lines) ??
  (new Set(lines.map(({ sku, lotId, fromBinId, toBinId }) => JSON.stringify([sku, lotId, fromBinId, toBinId]))).size < lines.length
    ? refuse('invalid_lines', { reason: 'a move occurs twice' })
    : undefined) ??
  quantitiesFault(lines);

const changesBin = ({ fromBinId, toBinId }: TransferLine): boolean =>
  fromBinId !== undefined && toBinId !== undefined && fromBinId !== toBinId;
const namesBin = ({ lotId, fromBinId, toBinId }: TransferLine): boolean =>
  lotId !== undefined || fromBinId !== undefined || toBinId !== undefined;

const quantitiesFault = (lines: readonly TransferLine[]) =>
  lines.map(({ quantity }) => quantityFault(quantity)).find((fault) => fault !== undefined);

/** The refusal of no lines, of too many, or of a SKU that occurs twice. */
export function skusFault(lines: readonly { readonly sku: string }[]) {
  const isRepeated = new Set(lines.map(({ sku }) => sku)).size < lines.length;
  return countFault(lines) ?? (isRepeated ? refuse('invalid_lines', { reason: 'a SKU occurs twice' }) : undefined);
}

const countFault = ({ length }: readonly unknown[]) =>
  length === 0 || length > MAX_LINES_PER_TRANSFER ? refuse('invalid_lines', { lines: length, most: MAX_LINES_PER_TRANSFER }) : undefined;
