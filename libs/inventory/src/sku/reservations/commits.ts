import { accept, refuse } from '../../decision.js';
import { quantityFault } from '../quantities.js';
import { setOff } from '../reconciliation/issued-ahead.js';
import { orderKey, unpostedUnitsOfCommit } from '../reconciliation/journal.js';
import type { SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import type { Take } from '../stock-place.js';
import { isOverdue, outlookOf } from '../supply/supply.js';
import { firstUnits, totalUnits } from '../takes.js';
import type { CommitReservation, ReverseCommit } from './commands.js';
import { contradiction, waitOn } from './endings.js';
import type { Commit, EndedReservation, OpenReservation } from './state.js';

/** Takes held units off on hand for good, all or so many. An overdue hold is not committed, even where nobody has ended it yet. */
export function commit(state: SkuState, command: CommitReservation): SkuDecision {
  const { reservationId, at, commandId } = command;
  const reservation = state.reservations.get(reservationId);
  const ended = state.ended.get(reservationId);
  const earlier = (reservation ?? ended)?.commits.find(({ commitId }) => commitId === commandId);
  if (earlier !== undefined) return earlier.reversed ? refuse('commit_reversed', { commitId: commandId }) : accept();
  if (reservation === undefined) return ended === undefined ? refuse('unknown_reservation') : commitEnded(ended, command);
  if (isOverdue(reservation, at)) return refuse('reservation_expired', { state: 'expired', expiresAt: reservation.expiresAt });

  const open = totalUnits(reservation.takes);
  const waiting = reservation.waiting?.units ?? 0;
  const quantity = command.quantity ?? (open > 0 ? open : waiting);
  const fault = quantityFault(quantity);
  if (fault) return fault;
  if (quantity > open + waiting) return refuse('quantity_exceeds_open', { requested: quantity, open });
  if (quantity > open) return unitsWaiting(state, reservation, at, { requested: quantity, open });

  const { orderId } = reservation;
  const takes = firstUnits(reservation.takes, quantity);
  const { alreadyIssued } = setOff(state.issuedAhead.get(orderId) ?? [], takes);
  const openUnits = open - quantity + waiting;
  return accept(
    { type: 'ReservationCommitted', reservationId, commitId: commandId, orderId, takes, alreadyIssued, openUnits },
    ...(quantity === open && waiting > 0 ? waitOn(state, reservation, at) : []),
  );
}

/** Units cannot be committed before they are there. */
function unitsWaiting(
  state: SkuState,
  { reservationId }: OpenReservation,
  at: number,
  asked: { requested: number; open: number },
): SkuDecision {
  const { units: waiting = 0, expectedAt } = outlookOf(state, reservationId, at) ?? {};
  return refuse('units_waiting', { ...asked, waiting, ...(expectedAt === undefined ? {} : { expectedAt }) });
}

/** Committed once more, whole or as the last time, is as wished already. */
function commitEnded(ended: EndedReservation, { quantity }: CommitReservation): SkuDecision {
  const last: Commit | undefined = ended.commits.at(-1);
  const asWished = quantity === undefined || (last !== undefined && totalUnits(last.takes) === quantity);
  return ended.outcome === 'committed' && asWished ? accept() : contradiction(ended);
}

/** Takes a commit back: its units are free again, but for those that an ERP has issued meanwhile. */
export function reverseCommit(state: SkuState, command: ReverseCommit): SkuDecision {
  const { reservationId, commitCommandId: commitId } = command;
  const reservation = state.reservations.get(reservationId) ?? state.ended.get(reservationId);
  if (reservation === undefined) return reverseForgotten(state, command);
  const taken = reservation.commits.find((candidate) => candidate.commitId === commitId);
  if (taken === undefined) return refuse('unknown_commit', { commitId });
  if (taken.reversed) return accept();

  const { orderId } = reservation;
  const restored = unpostedTakes(state, orderId, commitId);
  return accept({ type: 'ReservationCommitReversed', reservationId, commitId, orderId, takes: taken.takes, restored });
}

/** Only what the books still show as taken by the commit can be given back, so that doing it twice gives back nothing more. */
function reverseForgotten(state: SkuState, { reservationId, commitCommandId: commitId, orderId }: ReverseCommit): SkuDecision {
  if (orderId === undefined) return refuse('unknown_reservation');
  const restored = unpostedTakes(state, orderId, commitId);
  return restored.length === 0
    ? accept()
    : accept({ type: 'ReservationCommitReversed', reservationId, commitId, orderId, takes: restored, restored });
}

const unpostedTakes = (state: SkuState, orderId: string, commitId: string): readonly Take[] =>
  [...state.journals]
    .map(([locationId, journal]) => ({ locationId, quantity: unpostedUnitsOfCommit(journal, orderKey(orderId), commitId) }))
    .filter(({ quantity }) => quantity > 0);
