import { Problem } from '@holdfast/platform';
import type { ShortRequestLine } from '@holdfast/warehouse';

const MESSAGES: Readonly<Record<string, string>> = {
  request_draft: 'The request is a draft; submit it first',
  request_submitted: 'The request is submitted; roll it back to change it',
  request_approved: 'The request is approved; roll it back to change it',
  request_rejected: 'The request was rejected; roll it back to submit it again',
  request_fulfilling: 'The request is being fulfilled',
  request_fulfilled: 'The request is fulfilled',
  request_cancelled: 'The request was cancelled',
  quantity_exceeds_requested: 'More would be approved than was requested; approve at most the requested quantity',
  quantity_exceeds_approved: 'More would be shipped than is approved and still open',
  quantity_exceeds_reserved: 'More would be shipped than is reserved; ship what is reserved, or approve again to reserve what is missing',
  remainder_open: 'Units would be left; ship them, or send closeRemainder to cancel them',
  already_shipped: 'Units were shipped already; close the remainder in place of rolling back',
  too_many_comments: 'The request has as many comments as it may have',
  too_many_shipments: 'The request has as many shipments as it may have',
};

const FAULTS: Readonly<Record<string, string>> = {
  no_lines: 'The request has no lines; add one before it is submitted',
  too_many_lines: 'A request has at most 200 lines; make another request for the rest',
  same_location: 'Source and destination are the same location; name two, or leave toLocationId out',
  comment_required: 'Send a comment that says why',
  reason_required: 'Send a reasonCode for each line that is approved with another quantity than requested',
  nothing_approved: 'No unit would be approved; reject the request instead',
  duplicate_line: 'A lineId occurs twice; send each line once',
  invalid_quantity: 'A quantity is not a whole number within its bounds',
};

const FORBIDDEN: Readonly<Record<string, string>> = {
  own_request: 'Who requested, submitted or edited a request cannot approve it; another person must',
  not_requester: 'Only the requester, or for some steps an approver, may do this',
};

interface Refused {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Answer to a refusal of a request's stream. */
export function requestProblem({ code, details }: Refused): Problem {
  const options = { details: [details] };
  if (code === 'unknown_request') return new Problem(404, code, 'There is no such stock request', options);
  if (code === 'unknown_line') return new Problem(404, code, 'The request has no such line', options);
  if (code === 'version_mismatch') return new Problem(412, code, 'The request was changed meanwhile; read it again', options);
  if (code === 'idempotency_mismatch') {
    return new Problem(422, 'idempotency_key_reused', 'This Idempotency-Key came with another body before; send a new key');
  }
  const forbidden = FORBIDDEN[code];
  if (forbidden !== undefined) return new Problem(403, code, forbidden, options);
  const fault = FAULTS[code];
  if (fault !== undefined) return new Problem(400, code, fault, options);
  return new Problem(409, code, MESSAGES[code] ?? 'The request does not allow this', options);
}

/** Answer to an approval or a shipment that could not be carried out: all lines or none. */
export const shortProblem = (locationId: string, short: readonly ShortRequestLine[]): Problem =>
  new Problem(409, 'insufficient_stock', 'Not all lines are there; nothing was reserved or shipped', {
    details: short.map((line) => ({ ...line, locationId })),
  });
