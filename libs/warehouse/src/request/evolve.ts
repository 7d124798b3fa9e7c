import type { Author, LineReservation, RequestEvent, RequestReleaseStarted, RequestShipmentReturned, RequestShipped } from './events.js';
import { lineReservation, openUnits, type RequestLine, type RequestState, type RequestStatus } from './state.js';

/** Applies an event that happened at `at` (epoch milliseconds) and returns the new state. */
export function evolveRequest(state: RequestState, event: RequestEvent, at: number): RequestState {
  return { ...applied(state, event, at), version: state.version + 1, updatedAt: at };
}

function applied(state: RequestState, event: RequestEvent, at: number): RequestState {
  switch (event.type) {
    case 'RequestCreated': {
      const { type: _, by, person, lines, ...request } = event;
      const created = { ...state, ...request, lines: lines.map(newLine), lastLineId: lines.length, createdAt: at };
      return entered({ ...created, requestedBy: by, requester: person, authors: [person] }, 'draft', event, at, null);
    }
    case 'RequestEdited': {
      const { type: _, by: __, person, lines, ...changes } = event;
      const edited = { ...state, ...changes };
      if (lines === undefined) return edited;
      const last = Math.max(state.lastLineId, ...lines.map(({ lineId }) => Number(lineId)));
      return { ...edited, lines: lines.map(newLine), lastLineId: last, authors: withPerson(state, person) };
    }
    case 'RequestDeleted':
      return { ...state, phase: 'deleted', phaseSince: at };
    case 'RequestSubmitted':
      return { ...entered(state, 'submitted', event, at), submittedAt: at, authors: withPerson(state, event.person) };
    case 'RequestApprovalStarted': {
      const { type: _, ...approval } = event;
      return { ...state, phase: 'approving', phaseSince: at, attempts: state.attempts + 1, running: { kind: 'approval', ...approval } };
    }
    case 'RequestApproved':
      return approved(state, event.reservations, at);
    case 'RequestApprovalFailed':
    case 'RequestShipmentFailed':
      return settled({ ...state, phase: state.status, phaseSince: at });
    case 'RequestRejected':
      return { ...entered(state, 'rejected', event, at), rejectedBy: event.by };
    case 'RequestReleaseStarted': {
      const { type: _, ...release } = event;
      return { ...state, phase: 'releasing', phaseSince: at, running: { kind: 'release', ...release } };
    }
    case 'RequestReleased':
      return released(state, at);
    case 'RequestRolledBack':
      return { ...entered(state, event.to, event, at), rejectedBy: null };
    case 'RequestFulfilmentStarted':
      return entered(state, 'fulfilling', event, at);
    case 'RequestShipmentStarted': {
      const { type: _, ...shipment } = event;
      return { ...state, phase: 'shipping', phaseSince: at, running: { kind: 'shipment', ...shipment } };
    }
    case 'RequestShipped':
      return shipped(state, event, at);
    case 'RequestReservationsChecked':
      return checked(state, withReservations(state.lines, event.reservations), at);
    case 'RequestShipmentReturned':
      return returnedUnits(state, event, at);
    case 'RequestCommented':
      return { ...state, comments: [...state.comments, { id: event.commentId, text: event.text, by: event.by, at }] };
    default:
      return event satisfies never;
  }
}

const newLine = ({ quantity, ...line }: { lineId: string; sku: string; quantity: number; reasonCode?: string }): RequestLine => ({
  ...line,
  requested: quantity,
  approved: 0,
  reservationId: '',
  reserved: 0,
  waiting: 0,
  shipped: 0,
  cancelled: 0,
});

const withPerson = ({ authors }: RequestState, person: string): readonly string[] =>
  authors.includes(person) ? authors : [...authors, person];

function entered(
  state: RequestState,
  to: RequestStatus,
  { by, comment }: Pick<Author, 'by'> & { readonly comment?: string },
  at: number,
  from: RequestStatus | null = state.status,
): RequestState {
  const change = { from, to, by, at, comment: comment ?? null };
  return settled({ ...state, phase: to, phaseSince: at, status: to, history: [...state.history, change] });
}

function settled(state: RequestState): RequestState {
  const { running: _, ...rest } = state;
  return rest;
}

function withReservations(lines: readonly RequestLine[], reservations: readonly LineReservation[]): readonly RequestLine[] {
  const found = new Map(reservations.map((one) => [one.lineId, one]));
  return lines.map((line) => ({ ...line, ...found.get(line.lineId) }));
}

/** Reservations that hold less than before, though nothing was shipped, ended by time or by somebody else. */
function checked(state: RequestState, lines: readonly RequestLine[], at: number): RequestState {
  const heldBefore = new Map(state.lines.map(({ lineId, reserved, waiting }) => [lineId, reserved + waiting]));
  const isLost = lines.some(({ lineId, reserved, waiting }) => reserved + waiting < (heldBefore.get(lineId) ?? 0));
  return { ...state, lines, ...(isLost ? { lostAt: at } : {}) };
}

function approved(state: RequestState, reservations: readonly LineReservation[], at: number): RequestState {
  const { running } = state;
  if (running?.kind !== 'approval') return state;
  const { approvalId, expiresAt } = running;
  const named = new Map(running.lines.map((line) => [line.lineId, line]));
  const isFirst = state.status === 'submitted';
  const lines = state.lines.map((line) => {
    const approval = named.get(line.lineId);
    if (approval === undefined) return line;
    const reservationId = lineReservation(approvalId, line.lineId);
    if (!isFirst) return { ...line, reservationId };
    const { quantity, reasonCode } = approval;
    return { ...line, approved: quantity, reservationId, ...(reasonCode === undefined ? {} : { approvalReason: reasonCode }) };
  });
  const { lostAt: _, ...kept } = state;
  const reserved = { ...kept, lines: withReservations(lines, reservations), reservedUntil: expiresAt };
  if (!isFirst) return settled({ ...reserved, phase: state.status, phaseSince: at });
  return { ...entered(reserved, 'approved', running, at), approvedBy: running.by, approver: running.person, approvedAt: at };
}

const FREE = { reservationId: '', reserved: 0, waiting: 0 };

/** After a rollback the approval is void; after an end, what was approved and not shipped is cancelled. */
function released(state: RequestState, at: number): RequestState {
  const { running } = state;
  if (running?.kind !== 'release') return state;
  const { to } = running;
  const isVoid = to === 'submitted';
  const lines = state.lines.map((line) => {
    const { approvalReason: _, ...plain } = line;
    return isVoid ? { ...plain, ...FREE, approved: 0 } : { ...line, ...FREE, cancelled: line.cancelled + openUnits(line) };
  });
  const freed = entered({ ...state, lines, reservedUntil: null }, to satisfies RequestReleaseStarted['to'], running, at);
  return isVoid ? { ...freed, approvedBy: null, approver: null, approvedAt: null } : freed;
}

function shipped(state: RequestState, { lines: left, transferId }: RequestShipped, at: number): RequestState {
  const { running } = state;
  if (running?.kind !== 'shipment') return state;
  const units = new Map(left.map(({ lineId, quantity }) => [lineId, quantity]));
  const lines = state.lines.map((line) => {
    const quantity = units.get(line.lineId) ?? 0;
    return { ...line, shipped: line.shipped + quantity, reserved: Math.max(0, line.reserved - quantity) };
  });
  const { shipmentId, by } = running;
  const shipment = { shipmentId, lines: left, by, at, ...(transferId === undefined ? {} : { transferId }) };
  const to = lines.every((line) => openUnits(line) === 0) ? 'fulfilled' : 'fulfilling';
  const sent = { ...state, lines, shipments: [...state.shipments, shipment] };
  return to === state.status ? settled({ ...sent, phase: to, phaseSince: at }) : entered(sent, to, running, at);
}

/** A request of which nothing was open any more is being fulfilled again. */
function returnedUnits(state: RequestState, { transferId, lines: back, by }: RequestShipmentReturned, at: number): RequestState {
  const units = new Map(back.map(({ lineId, quantity }) => [lineId, quantity]));
  const lines = state.lines.map((line) => ({ ...line, shipped: line.shipped - (units.get(line.lineId) ?? 0) }));
  const shipments = state.shipments.map((shipment) => (shipment.transferId === transferId ? { ...shipment, returned: back } : shipment));
  const opened = { ...state, lines, shipments };
  return state.status === 'fulfilled' ? entered(opened, 'fulfilling', { by }, at) : opened;
}
