export const ORDER_STATUSES = ['taken', 'uncovered', 'cancelled', 'refunded'] as const;

/**
 * taken: what was sold left the stock. uncovered: it was sold and was not there, or its listing is mapped to no SKU. cancelled, refunded: all
 * units were given back, by a cancellation or otherwise.
 */
export type OrderStatus = (typeof ORDER_STATUSES)[number];

interface Counted {
  readonly ordered: number;
  readonly cancelled: number;
  readonly restocked: number;
  readonly lost: number;
}

/** @param isCovered whether all units that are sold left the stock, and were there */
export function lineStatus({ ordered, cancelled, restocked, lost }: Counted, isCovered: boolean): OrderStatus {
  if (ordered > 0 && cancelled === ordered) return 'cancelled';
  if (ordered > 0 && cancelled + restocked + lost === ordered) return 'refunded';
  return isCovered ? 'taken' : 'uncovered';
}

/** An order is what needs most attention of its lines. */
export function orderStatus(lines: readonly OrderStatus[]): OrderStatus {
  if (lines.includes('uncovered')) return 'uncovered';
  if (lines.includes('taken') || lines.length === 0) return 'taken';
  return lines.includes('refunded') ? 'refunded' : 'cancelled';
}
