import { Problem } from '@holdfast/platform';
import { putAwayProblem } from '../put-away/put-away-refusals.js';
import type { ShortLine } from './sku-steps.js';

const MESSAGES: Readonly<Record<string, string>> = {
  transfer_created: 'The transfer was not shipped yet',
  transfer_moving: 'Units of the transfer are changing bin',
  transfer_shipping: 'The transfer is being shipped',
  transfer_in_transit: 'The transfer is on its way already',
  transfer_receiving: 'The transfer is being received',
  transfer_received: 'The transfer was received',
  transfer_cancelling: 'The transfer is being cancelled',
  transfer_cancelled: 'The transfer was cancelled',
  transfer_closing: 'The transfer is being closed',
  transfer_closed: 'The transfer was closed',
  over_differs: 'The line is not over by so many units',
  quantity_exceeds_open: 'More would be received than is on its way',
  too_many_receipts: 'The transfer was received in as many parts as it may be; receive all that is left',
  same_location: 'Source and destination are the same location; name different fromBinId and toBinId in every line, or another location',
};

/** Answer to a refusal of a transfer's stream. */
export function transferProblem({
  code,
  details,
}: {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}): Problem {
  switch (code) {
    case 'unknown_transfer':
      return new Problem(404, code, 'There is no such transfer', { details: [details] });
    case 'same_location':
    case 'invalid_quantity':
    case 'invalid_lines':
      return new Problem(400, code, MESSAGES[code] ?? 'The lines of the transfer have a fault', { details: [details] });
    case 'version_mismatch':
      return new Problem(412, code, 'The transfer has changed since; read it again', { details: [details] });
    case 'idempotency_mismatch':
      return new Problem(422, 'idempotency_key_reused', 'This Idempotency-Key came with another body before; send a new key');
    default:
      return new Problem(409, code, MESSAGES[code] ?? 'The transfer does not allow this', { details: [details] });
  }
}

/** Answer to lines that may not change bin; `field` says which. */
export function moveProblem({ code, details }: { readonly code: string; readonly details: readonly object[] }): Problem {
  const stays =
    code === 'insufficient_stock'
      ? new Problem(409, code, 'Promised units would come to a bin that is not for sale', { details })
      : undefined;
  return stays ?? putAwayProblem({ code, details });
}

/** Answer to a shipment, or a move, from a location of which nothing may leave. */
export const blockedProblem = (locationId: string): Problem =>
  new Problem(409, 'location_blocked', 'The location is blocked, or for destruction: nothing may leave it', { details: [{ locationId }] });

const SHIPMENT_MESSAGES: Readonly<Record<string, string>> = {
  insufficient_stock: 'Not all lines can be shipped; nothing was',
  unknown_hold: 'A line names a hold that its SKU does not have; nothing was shipped',
  quantity_exceeds_open: 'A line names more units than its hold keeps; nothing was shipped',
  too_many_open_transfers: 'So many transfers of a SKU are on their way that no other may leave; nothing was shipped',
};

/** Answer to a shipment that could not go: all lines or none. A fault that more stock does not mend comes first; each line has its own code. */
export function shortProblem(locationId: string, short: readonly ShortLine[]): Problem {
  const code = short.find((line) => line.code !== undefined)?.code ?? 'insufficient_stock';
  const message = SHIPMENT_MESSAGES[code] ?? 'A line cannot be shipped; nothing was';
  const details = short.map((line) => ({ code: 'insufficient_stock', ...line, locationId }));
  return new Problem(code === 'unknown_hold' ? 404 : 409, code, message, { details });
}
