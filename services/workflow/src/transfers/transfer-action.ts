import type { TransferCommand } from '@holdfast/inventory';
import { Problem } from '@holdfast/platform';
import { findReason, reasonFault } from '@holdfast/warehouse';
import { skuNamed } from '../adjustments/subject.js';
import { foldReceipt, type NamedReceiptLine } from './lines.js';
import type { TransferAction, TransferActionRequest } from './transfer.dto.js';

interface Asked {
  readonly at: number;
  readonly commandId: string;
  readonly actor: string;
}

/** Fields of a request that belong to one action only. */
const OF_ACTION = { lines: 'receive', receiptId: 'receive', reasonCode: 'close', reason: 'close' } as const satisfies Partial<
  Record<keyof TransferActionRequest, TransferAction>
>;

/** The command of an action. @throws Problem 400 for fields of another action, a reason that is missing, unknown or of another direction */
export function actionCommand(request: TransferActionRequest, { at, commandId, actor }: Asked): TransferCommand {
  const { action, lines, receiptId, reasonCode, reason } = request;
  for (const [field, owner] of Object.entries(OF_ACTION)) {
    if (owner !== action && request[field as keyof typeof OF_ACTION] !== undefined) throw faulty(field, `is for ${owner} only`);
  }
  switch (action) {
    case 'ship':
      return { type: 'StartShipment', at, commandId };
    case 'cancel':
      return { type: 'StartCancel', at, commandId };
    case 'close':
      if (reasonCode === undefined) throw faulty('reasonCode', 'must say why the units never arrive');
      return { type: 'StartClose', at, commandId, reasonCode, ...(reason === undefined ? {} : { reason }) };
    case 'receive':
      return {
        type: 'StartReceipt',
        at,
        commandId,
        receiptId: receiptId ?? commandId,
        receivedBy: actor,
        ...(lines === undefined ? {} : { lines: arrived(lines) }),
      };
    default:
      return action satisfies never;
  }
}

function arrived(sent: NonNullable<TransferActionRequest['lines']>) {
  const lines = sent.map((line, index) => ({ ...line, sku: skuNamed(line, `lines[${index}].`) }));
  mustAgree(lines);
  const folded = foldReceipt(lines);
  for (const { over } of folded) {
    if (over === undefined) continue;
    const reason = findReason(over.reasonCode);
    if (reason === undefined) throw new Problem(400, 'unknown_reason_code', 'There is no such reason', { details: [{ ...over }] });
    const fault = reasonFault(reason, over.quantity, undefined);
    if (fault === 'reason_direction') throw new Problem(400, fault, 'The reason is not one for more units', { details: [{ ...over }] });
  }
  return folded;
}

/** @throws Problem 400 for two reasons of one SKU: its surplus is one change of on hand */
function mustAgree(lines: readonly NamedReceiptLine[]): void {
  const reasons = new Map<string, string>();
  for (const [index, { sku, over }] of lines.entries()) {
    if (over?.reasonCode === undefined) continue;
    const first = reasons.get(sku) ?? over.reasonCode;
    if (first !== over.reasonCode) throw faulty(`lines[${index}].over.reasonCode`, `must be ${first}, as on another line of this SKU`);
    reasons.set(sku, first);
  }
}

const faulty = (field: string, message: string): Problem =>
  new Problem(400, 'validation_failed', 'The request body has a fault', { details: [{ field, message }] });
