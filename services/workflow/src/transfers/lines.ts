import type { ReceiptLine, TransferLine } from '@holdfast/inventory';
import type { ReceiptLineRequest } from './transfer.dto.js';

/** A line of a receipt whose SKU was found under either name. */
export type NamedReceiptLine = ReceiptLineRequest & { readonly sku: string };

/** One line a SKU, hold, lot and bins, in the order in which they were first named. */
export function foldLines(lines: readonly TransferLine[]): readonly TransferLine[] {
  const folded = new Map<string, TransferLine>();
  for (const line of lines) {
    const { sku, holdId, lotId, fromBinId, toBinId } = line;
    const key = JSON.stringify([sku, holdId, lotId, fromBinId, toBinId]);
    const quantity = (folded.get(key)?.quantity ?? 0) + line.quantity;
    folded.set(key, {
      sku,
      quantity,
      ...(holdId === undefined ? {} : { holdId }),
      ...(lotId === undefined ? {} : { lotId }),
      ...(fromBinId === undefined ? {} : { fromBinId }),
      ...(toBinId === undefined ? {} : { toBinId }),
    });
  }
  return [...folded.values()];
}

/** Reason of units that arrived beyond what was on its way, where the receiver names none. */
export const USUAL_OVER_REASON = 'over_receipt';

/** One line a SKU, in the order in which they were first named. The surplus of a SKU has one reason: a line that names none has that of the others. */
export function foldReceipt(lines: readonly NamedReceiptLine[]): readonly ReceiptLine[] {
  const folded = new Map<string, ReceiptLine>();
  for (const { sku, quantity, rejected = 0, over } of lines) {
    const known = folded.get(sku);
    const rejectedUnits = (known?.rejected ?? 0) + rejected;
    const overUnits = (known?.over?.quantity ?? 0) + (over?.quantity ?? 0);
    const reasonCode = over?.reasonCode ?? known?.over?.reasonCode ?? USUAL_OVER_REASON;
    folded.set(sku, {
      sku,
      quantity: (known?.quantity ?? 0) + quantity,
      ...(rejectedUnits === 0 ? {} : { rejected: rejectedUnits }),
      ...(overUnits === 0 ? {} : { over: { quantity: overUnits, reasonCode } }),
    });
  }
  return [...folded.values()];
}
