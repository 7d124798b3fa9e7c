import { accept, refuse } from '../../decision.js';
import type { SkuEvent } from '../events.js';
import { commitTakes } from '../holds/commit-takes.js';
import { committedPositions, declaredAgain, restoredPositions } from '../lots/commit-positions.js';
import type { CorrectionFault } from '../lots/correction.js';
import { quantityFault } from '../quantities.js';
import { orderKey, unpostedUnitsOfCommit } from '../reconciliation/journal.js';
import type { SkuDecision } from '../refusals.js';
import type { Closed } from '../sources/closed.js';
import type { SkuState } from '../state.js';
import { takeAt, type Take } from '../stock-place.js';
import { isOverdue, outlookOf } from '../supply/supply.js';
import { totalUnits } from '../takes.js';
import type { CommitReservation, ReverseCommit } from './commands.js';
import type { ReservationCommitted } from './events.js';
import { contradiction, tooManyParts, waitOn } from './endings.js';
import type { Commit, EndedReservation, OpenReservation } from './state.js';

/**
 * Decides to subtract held units from on hand as sold, all or a part. An overdue hold is not committed, also when its expiry is not stored
 * yet.
 */
export function commit(state: SkuState, command: CommitReservation, closed: Closed): SkuDecision {
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

  const many = quantity < open + waiting ? tooManyParts(reservation) : undefined;
  if (many) return many;

  const { orderId } = reservation;
  const chosen = commitTakes(state, orderId, reservation.takes, quantity, { allowUncovered: command.allowUncovered === true, closed });
  if ('kind' in chosen) return chosen;
  const { takes, alreadyIssued } = chosen;
  const openUnits = open - quantity + waiting;
  const soldAt = command.soldAt ?? reservation.soldAt;
  const committed: ReservationCommitted = {
    type: 'ReservationCommitted',
    reservationId,
    commitId: commandId,
    orderId,
    takes,
    alreadyIssued,
    openUnits,
    ...(soldAt === undefined ? {} : { soldAt }),
  };
  const lotted = state.detail === undefined && command.lots === undefined ? committed : withLots(state, command, committed);
  if ('kind' in lotted) return lotted;
  return accept<SkuEvent>(lotted, ...(quantity === open && waiting > 0 ? waitOn(state, reservation, at) : []));
}

/** The commit with the lots that it takes. */
function withLots(
  state: SkuState,
  { lots, allowUncovered }: CommitReservation,
  event: ReservationCommitted,
): ReservationCommitted | CorrectionFault {
  const chosen = committedPositions(state, event.takes, event.alreadyIssued, lots);
  if ('kind' in chosen) return chosen;
  const { positions, fefoOverridden } = chosen;
  return {
    ...event,
    ...(positions.length === 0 ? {} : { positions }),
    ...(fefoOverridden ? { fefoOverridden } : {}),
    ...(allowUncovered === true ? { allowUncovered } : {}),
  };
}

/** Units that wait for supply cannot be committed. */
function unitsWaiting(
  state: SkuState,
  { reservationId }: OpenReservation,
  at: number,
  asked: { requested: number; open: number },
): SkuDecision {
  const { units: waiting = 0, expectedAt } = outlookOf(state, reservationId, at) ?? {};
  return refuse('units_waiting', { ...asked, waiting, ...(expectedAt === undefined ? {} : { expectedAt }) });
}

/** A repeat of a commit of everything, or of the last commit, is already satisfied: no events. */
function commitEnded(ended: EndedReservation, { quantity }: CommitReservation): SkuDecision {
  const last: Commit | undefined = ended.commits.at(-1);
  const isRepeat = quantity === undefined || (last !== undefined && totalUnits(last.takes) === quantity);
  return ended.outcome === 'committed' && isRepeat ? accept() : contradiction(ended);
}

/**
 * Decides to reverse a commit: its units are free again, except those that an ERP has issued meanwhile. If the state has forgotten what
 * became of the units, the command must bring the commit as read from the stream.
 */
export function reverseCommit(state: SkuState, command: ReverseCommit): SkuDecision {
  const { reservationId, commitCommandId: commitId, orderId, past, at } = command;
  if (state.reversedCommits.has(commitId)) return accept();
  const reservation = state.reservations.get(reservationId) ?? state.ended.get(reservationId);
  const taken = reservation?.commits.find((candidate) => candidate.commitId === commitId);
  if (reservation !== undefined && taken === undefined) return refuse('unknown_commit', { commitId });
  if (taken?.reversed === true) return accept();

  const takes = taken?.takes ?? past?.takes;
  const isKnown = taken !== undefined && !mayBeCarried(state, taken.takes, reservation?.placedAt ?? 0);
  const restored = isKnown ? unpostedTakes(state, taken, orderId) : past?.unposted;
  if (takes === undefined || restored === undefined) return refuse('commit_forgotten', { commitId });
  const positions = restoredPositions(state, taken?.positions ?? past?.positions ?? [], restored);
  return accept<SkuEvent>(...declaredAgain(state, positions, at), {
    type: 'ReservationCommitReversed',
    reservationId,
    commitId,
    orderId,
    takes,
    restored,
    ...(positions.length === 0 ? {} : { positions }),
  });
}

/**
 * Whether a journal may have moved movements of this commit into its carried sum. Then the journal no longer tells which units are of the
 * commit.
 */
const mayBeCarried = ({ journals }: SkuState, takes: readonly Take[], placedAt: number): boolean =>
  takes.some(({ locationId }) => {
    const { carriedUntil = 0 } = journals.get(locationId) ?? {};
    return carriedUntil > 0 && carriedUntil >= placedAt;
  });

const unpostedTakes = ({ journals }: SkuState, { commitId, takes }: Commit, orderId: string): readonly Take[] =>
  takes
    .map((take) => takeAt(take, unpostedUnitsOfCommit(journals.get(take.locationId), orderKey(orderId), commitId)))
    .filter(({ quantity }) => quantity > 0);
