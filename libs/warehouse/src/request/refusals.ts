import { refuse, type Decision, type Refusal } from '@holdfast/inventory';
import type { RequestEvent } from './events.js';
import type { RequestPhase, RequestState } from './state.js';

export type RequestRefusalCode =
  | 'unknown_request'
  | `request_${Exclude<RequestPhase, 'none' | 'deleted'>}`
  | 'idempotency_mismatch'
  | 'version_mismatch'
  | 'invalid_quantity'
  | 'no_lines'
  | 'too_many_lines'
  | 'too_many_comments'
  | 'too_many_shipments'
  | 'unknown_line'
  | 'duplicate_line'
  | 'same_location'
  | 'own_request'
  | 'not_requester'
  | 'comment_required'
  | 'reason_required'
  | 'nothing_approved'
  | 'quantity_exceeds_requested'
  | 'quantity_exceeds_approved'
  | 'quantity_exceeds_reserved'
  | 'remainder_open'
  | 'already_shipped';

export type RequestDecision = Decision<RequestEvent, RequestRefusalCode>;
export type RequestRefusal = Refusal<RequestRefusalCode>;

/** The refusal of a command that the request's phase does not allow; the code names the phase. */
export const contradiction = ({ phase }: RequestState): RequestRefusal =>
  phase === 'none' || phase === 'deleted' ? refuse('unknown_request') : refuse(`request_${phase}`, { state: phase });
