import { accept, refuse } from '@holdfast/inventory';
import type { CancelRequest, CompleteRelease, RollBackRequest } from './commands.js';
import { commented } from './drafting.js';
import type { RequestEvent } from './events.js';
import { contradiction, type RequestDecision } from './refusals.js';
import { shippedUnits, type RequestState } from './state.js';

/** Decides to go back by one step. History stays: what was decided before is undone by a new event. */
export function rollBack(state: RequestState, { by, person, comment, mayApprove }: RollBackRequest): RequestDecision {
  if (state.phase === 'none' || state.phase === 'deleted') return contradiction(state);
  if (comment === undefined) return refuse('comment_required');
  const isRequester = person === state.requester;
  switch (state.phase) {
    case 'submitted':
      return isRequester ? accept({ type: 'RequestRolledBack', to: 'draft', by, person, comment }) : refuse('not_requester');
    case 'rejected':
      if (!isRequester && !mayApprove) return refuse('not_requester');
      return accept({ type: 'RequestRolledBack', to: 'submitted', by, person, comment });
    case 'approved':
      if (!isRequester && !mayApprove) return refuse('not_requester');
      return accept({ type: 'RequestReleaseStarted', to: 'submitted', by, person, comment });
    case 'fulfilling': {
      const units = shippedUnits(state);
      return units > 0 ? refuse('already_shipped', { units }) : accept({ type: 'RequestRolledBack', to: 'approved', by, person, comment });
    }
    default:
      return contradiction(state);
  }
}

/** Decides to end a request of which nothing was shipped. */
export function cancel(state: RequestState, { by, person, comment, mayApprove }: CancelRequest): RequestDecision {
  if (state.phase === 'cancelled') return accept();
  if (state.phase !== 'submitted' && state.phase !== 'approved') return contradiction(state);
  if (person !== state.requester && !mayApprove) return refuse('not_requester');
  const start: RequestEvent = { type: 'RequestReleaseStarted', to: 'cancelled', by, person, ...commented(comment) };
  return state.phase === 'submitted' ? accept<RequestEvent>(start, { type: 'RequestReleased' }) : accept(start);
}

/** Nothing is reserved for the request any more. */
export function completeRelease(state: RequestState, _command: CompleteRelease): RequestDecision {
  return state.phase === 'releasing' ? accept({ type: 'RequestReleased' }) : contradiction(state);
}
