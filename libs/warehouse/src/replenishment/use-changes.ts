import type { SkuEvent, Take } from '@holdfast/inventory';
import { SYSTEM_REASON_CODES } from '../reason-codes/reason-codes.js';

/** Units of a SKU that were used at a location, or came back. */
export interface UseChange {
  readonly locationId: string;
  readonly sold: number;
  readonly returned: number;
}

const USE_OF_REASON = new Map(SYSTEM_REASON_CODES.map(({ code, use }) => [code, use]));

/** What an event says of use: commits, reversals and returns; no receipts, transfers, counts and losses. */
export function useChanges(event: SkuEvent): readonly UseChange[] {
  switch (event.type) {
    case 'ReservationCommitted':
      return event.takes.map(sold);
    case 'ReservationCommitReversed':
      return event.takes.map(({ locationId, quantity }) => ({ locationId, sold: 0, returned: quantity }));
    case 'StockAdjusted':
      return adjusted(event);
    default:
      return [];
  }
}

const sold = ({ locationId, quantity }: Take): UseChange => ({ locationId, sold: quantity, returned: 0 });

function adjusted(event: Extract<SkuEvent, { readonly type: 'StockAdjusted' }>): readonly UseChange[] {
  const { locationId, delta, orderId, alreadyIssuedUnits = 0, reasonCode, counted, countsAsUse } = event;
  const out = Math.max(0, -delta);
  const back = Math.max(0, delta);
  if (orderId !== undefined) return [{ locationId, sold: out + alreadyIssuedUnits, returned: back }];
  // A reason of the tenant's own: the event says what was set about it then.
  if (countsAsUse === true) return [{ locationId, sold: out, returned: back }];
  const use = counted === undefined ? USE_OF_REASON.get(reasonCode) : 'no';
  if (use === 'plus' && out > 0) return [{ locationId, sold: out, returned: 0 }];
  return use === 'minus' && back > 0 ? [{ locationId, sold: 0, returned: back }] : [];
}
