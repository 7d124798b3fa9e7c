import type { ReactNode } from 'react';
import { useWords } from '../words/words.js';

const TYPES = [
  'AllocationRemoved',
  'AllocationSet',
  'HoldPlaced',
  'HoldReleased',
  'InboundCancelled',
  'InboundDeclared',
  'LevelRefused',
  'LevelReported',
  'LimitsSet',
  'LotControlSet',
  'LotDeclared',
  'LotExpired',
  'LotExpiryChanged',
  'LotRenamed',
  'PositionsCorrected',
  'ProductDescribed',
  'ReservationCommitReversed',
  'ReservationCommitted',
  'ReservationExpired',
  'ReservationExtended',
  'ReservationPlaced',
  'ReservationPromoted',
  'ReservationReduced',
  'ReservationReleased',
  'SafetyStockSet',
  'StockAdjusted',
  'StockIssued',
  'StockMoved',
  'StockReceived',
  'TransferReceived',
  'TransferLost',
  'TransferReturned',
  'TransferShipped',
] as const;

/** What an event says happened, in words; its type, as the API names it, on pointing at it. A type without words keeps its name. */
export function EventName({ type }: { readonly type: string }): ReactNode {
  const { say } = useWords();
  const known = TYPES.find((each) => each === type);
  return (
    <span title={type} translate={known === undefined ? 'no' : 'yes'}>
      {known === undefined ? type : say(`event.${known}`)}
    </span>
  );
}
