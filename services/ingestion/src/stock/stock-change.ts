import type { SkuCommand } from '@holdfast/inventory';
import { parseTime, Problem } from '@holdfast/platform';

/** A change of stock that a person or a program asks for. */
export interface StockChange {
  readonly sku: string;
  /** Undefined: wherever the SKU lies, if that is one place. */
  readonly locationId?: string;
  readonly amount: { readonly counted: number } | { readonly delta: number };
  readonly reasonCode?: string;
  readonly reason?: string;
  /** RFC 3339. */
  readonly effectiveAt?: string;
  readonly mayUncoverPromises?: boolean;
  /** A count that finds what is known is not recorded. */
  readonly changesOnly?: boolean;
  /** The document that the change belongs to, such as the import of a file. */
  readonly documentId?: string;
}

/** Clocks of callers differ. */
const MAX_AHEAD_MS = 300_000;

/** @throws Problem 400 where it lies in the future. @param at epoch milliseconds of now */
export function effectiveTime(effectiveAt: string | undefined, at: number): number {
  if (effectiveAt === undefined) return at;
  const time = parseTime(effectiveAt) ?? at;
  if (time <= at + MAX_AHEAD_MS) return time;
  throw new Problem(400, 'validation_failed', 'effectiveAt lies in the future', {
    details: [{ field: 'effectiveAt', message: 'must not lie in the future' }],
  });
}

/** The command that a change means at its location. */
export function changeCommand(change: StockChange, locationId: string, commandId: string, at: number): SkuCommand {
  const shared = {
    at,
    commandId,
    locationId,
    effectiveAt: effectiveTime(change.effectiveAt, at),
    ...(change.reason === undefined ? {} : { reason: change.reason }),
    ...(change.documentId === undefined ? {} : { documentId: change.documentId }),
  };
  if ('counted' in change.amount)
    return {
      type: 'RecordStock',
      ...shared,
      counted: change.amount.counted,
      reasonCode: change.reasonCode ?? 'count',
      ...(change.changesOnly === undefined ? {} : { changesOnly: change.changesOnly }),
    };
  return {
    type: 'AdjustStock',
    ...shared,
    delta: change.amount.delta,
    reasonCode: change.reasonCode ?? 'adjustment',
    ...(change.mayUncoverPromises === undefined ? {} : { mayUncoverPromises: change.mayUncoverPromises }),
  };
}
