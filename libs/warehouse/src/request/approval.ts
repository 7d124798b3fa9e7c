import { accept, refuse } from '@holdfast/inventory';
import type { ApproveRequest, CompleteApproval, FailApproval, RejectRequest } from './commands.js';
import { commented } from './drafting.js';
import type { ApprovedLine } from './events.js';
import { HELD_AFTER_NEED_MS, HELD_AT_MOST_MS } from './limits.js';
import { namesFault, quantityFault } from './lines.js';
import { contradiction, type RequestDecision, type RequestRefusal } from './refusals.js';
import { lineReservation, openUnits, type RequestState } from './state.js';

/**
 * Decides to approve, whole or in part, and to reserve what is approved. Nobody approves what he asked for himself, whoever he is. Of an
 * approved request whose reservations ended, it decides to reserve those lines again.
 */
export function approve(state: RequestState, command: ApproveRequest): RequestDecision {
  if (state.phase === 'none' || state.phase === 'draft' || state.phase === 'deleted') return contradiction(state);
  if (state.authors.includes(command.person)) return refuse('own_request', { requestedBy: state.requestedBy });
  switch (state.phase) {
    case 'submitted': {
      const lines = approvedLines(state, command);
      return 'kind' in lines ? lines : started(state, command, lines);
    }
    case 'approved':
    case 'fulfilling': {
      const fault = contradictedApproval(state, command);
      if (fault) return fault;
      const lost = lostLines(state);
      return lost.length === 0 ? accept() : started(state, command, lost);
    }
    default:
      return contradiction(state);
  }
}

/** The refusal of an approval that names other quantities than were approved. One that names no lines asks for nothing else. */
function contradictedApproval(state: RequestState, { lines = [] }: ApproveRequest): RequestRefusal | undefined {
  const fault = namesFault(state, lines);
  if (fault) return fault;
  const approved = new Map(state.lines.map((line) => [line.lineId, line.approved]));
  const differs = lines.some(({ lineId, quantity }) => approved.get(lineId) !== quantity);
  return differs ? contradiction(state) : undefined;
}

/** Lines that nothing is reserved for, and nothing waits for, although units of them are still to be shipped. */
const lostLines = ({ lines }: RequestState): readonly ApprovedLine[] =>
  lines
    .filter((line) => openUnits(line) > 0 && line.reserved === 0 && line.waiting === 0)
    .map((line) => ({ lineId: line.lineId, quantity: openUnits(line) }));

function started(state: RequestState, command: ApproveRequest, lines: readonly ApprovedLine[]): RequestDecision {
  const { at, by, person, partial } = command;
  return accept({
    type: 'RequestApprovalStarted',
    // A SKU accepts each reservation id once, so another attempt needs another id.
    approvalId: `${state.requestId}~${String(state.attempts + 1)}`,
    lines,
    partial,
    expiresAt: heldUntil(state, at),
    by,
    person,
    ...commented(command.comment),
  });
}

/** Two weeks after the end of the day on which the units are needed, or after now if that is later; no SKU holds units for longer than a year. */
const heldUntil = ({ neededBy }: RequestState, at: number): number => {
  const day = neededBy === undefined ? at : Date.parse(`${neededBy}T00:00:00Z`) + 86_400_000;
  return Math.min(Math.max(at, day) + HELD_AFTER_NEED_MS, at + HELD_AT_MOST_MS);
};

function approvedLines(state: RequestState, { lines = [] }: ApproveRequest): readonly ApprovedLine[] | RequestRefusal {
  const fault = namesFault(state, lines);
  if (fault) return fault;
  const named = new Map(lines.map((line) => [line.lineId, line]));
  const approved: ApprovedLine[] = [];
  for (const { lineId, requested } of state.lines) {
    const line = named.get(lineId) ?? { lineId, quantity: requested };
    const wrong = quantityFault(line.quantity, 0);
    if (wrong) return wrong;
    if (line.quantity > requested) return refuse('quantity_exceeds_requested', { lineId, requested, quantity: line.quantity });
    if (line.quantity < requested && line.reasonCode === undefined) return refuse('reason_required', { lineId, requested });
    approved.push(line);
  }
  return approved.some(({ quantity }) => quantity > 0) ? approved : refuse('nothing_approved');
}

/** Every line was reserved. */
export function completeApproval(state: RequestState, { approvalId, reservations }: CompleteApproval): RequestDecision {
  if (state.phase !== 'approving' && state.lines.some((line) => line.reservationId === lineReservation(approvalId, line.lineId)))
    return accept();
  const isRunning = state.running?.kind === 'approval' && state.running.approvalId === approvalId;
  return isRunning ? accept({ type: 'RequestApproved', reservations }) : contradiction(state);
}

/** A line was short: the request waits for a decision as before. */
export function failApproval(state: RequestState, { approvalId, lines }: FailApproval): RequestDecision {
  const isRunning = state.running?.kind === 'approval' && state.running.approvalId === approvalId;
  return isRunning ? accept({ type: 'RequestApprovalFailed', lines }) : contradiction(state);
}

/** Decides to reject, with the reason. */
export function reject(state: RequestState, { by, person, comment }: RejectRequest): RequestDecision {
  if (comment === undefined) return refuse('comment_required');
  if (state.phase === 'rejected') return accept();
  return state.phase === 'submitted' ? accept({ type: 'RequestRejected', by, person, comment }) : contradiction(state);
}
