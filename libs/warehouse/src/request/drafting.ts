import { accept, refuse } from '@holdfast/inventory';
import type { AddRequestLines, CommentRequest, CreateRequest, DeleteRequest, EditRequest, SubmitRequest } from './commands.js';
import type { Author, RequestEvent } from './events.js';
import { MAX_COMMENTS_PER_REQUEST } from './limits.js';
import { linesFault, numbered, requestedLines } from './lines.js';
import { contradiction, type RequestDecision } from './refusals.js';
import type { RequestState } from './state.js';

const authorOf = ({ by, person }: Author): Author => ({ by, person });
export const commented = (comment: string | undefined): { readonly comment?: string } => (comment === undefined ? {} : { comment });

/** Decides to create a draft, and to submit it where that was asked for. A repeat of the same request changes nothing. */
export function create(state: RequestState, command: CreateRequest): RequestDecision {
  if (state.phase !== 'none') {
    return state.requestHash === command.requestHash ? accept() : refuse('idempotency_mismatch', { requestId: state.requestId });
  }
  const { type: _, at: __, commandId: ___, expectedVersion: ____, submit, lines: wanted, ...request } = command;
  if (request.toLocationId === request.fromLocationId) return refuse('same_location', { locationId: request.fromLocationId });
  const lines = numbered([], wanted, 0);
  const fault = linesFault(wanted) ?? linesFault(lines);
  if (fault) return fault;
  if (submit && lines.length === 0) return refuse('no_lines');
  const created = { type: 'RequestCreated', ...request, lines } as const;
  return submit ? accept<RequestEvent>(created, { type: 'RequestSubmitted', ...authorOf(command) }) : accept(created);
}

/** Decides a change of a draft. Of a submitted request only the priority and the day may change: what is asked for is being judged. */
export function edit(state: RequestState, command: EditRequest): RequestDecision {
  const { type: _, at: __, commandId: ___, expectedVersion: ____, lines: wanted, ...changes } = command;
  const { fromLocationId = state.fromLocationId, toLocationId = state.toLocationId, reason } = changes;
  const judged = wanted !== undefined || reason !== undefined || changes.fromLocationId !== undefined || changes.toLocationId !== undefined;
  if (state.phase !== 'draft' && (state.phase !== 'submitted' || judged)) return contradiction(state);
  if (toLocationId === fromLocationId) return refuse('same_location', { locationId: fromLocationId });
  if (wanted === undefined) return accept({ type: 'RequestEdited', ...changes });
  // The same SKU keeps its line, and nothing of it but the id.
  const named = new Set(wanted.map(({ sku }) => sku));
  const kept = state.lines.filter(({ sku }) => named.has(sku)).map(({ lineId, sku }) => ({ lineId, sku, quantity: 0 }));
  const lines = numbered(kept, wanted, state.lastLineId);
  const fault = linesFault(wanted) ?? linesFault(lines);
  return fault ?? accept({ type: 'RequestEdited', ...changes, lines });
}

/** Decides to add lines to a draft; a SKU that it has already gets more units. */
export function addLines(state: RequestState, command: AddRequestLines): RequestDecision {
  if (state.phase !== 'draft') return contradiction(state);
  const lines = numbered(requestedLines(state), command.lines, state.lastLineId);
  const fault = linesFault(command.lines) ?? linesFault(lines);
  return fault ?? accept({ type: 'RequestEdited', ...authorOf(command), lines });
}

/** Decides to give up a draft: its requester may. */
export function remove(state: RequestState, command: DeleteRequest): RequestDecision {
  if (state.phase !== 'draft') return contradiction(state);
  if (command.person !== state.requester) return refuse('not_requester');
  return accept({ type: 'RequestDeleted', ...authorOf(command) });
}

/** Decides to ask for approval: the lines stay as they are from now on. */
export function submit(state: RequestState, command: SubmitRequest): RequestDecision {
  if (state.phase === 'submitted') return accept();
  if (state.phase !== 'draft') return contradiction(state);
  if (state.lines.length === 0) return refuse('no_lines');
  return accept({ type: 'RequestSubmitted', ...authorOf(command), ...commented(command.comment) });
}

/** Decides to add a comment, which stays. */
export function comment(state: RequestState, command: CommentRequest): RequestDecision {
  const { commentId, text } = command;
  if (state.phase === 'none' || state.phase === 'deleted') return contradiction(state);
  if (state.comments.some(({ id }) => id === commentId)) return accept();
  if (state.comments.length >= MAX_COMMENTS_PER_REQUEST) return refuse('too_many_comments', { most: MAX_COMMENTS_PER_REQUEST });
  return accept({ type: 'RequestCommented', commentId, text, ...authorOf(command) });
}
