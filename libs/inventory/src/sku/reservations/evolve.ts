import { countCommitted, countOpen } from '../allocations/evolve.js';
import { freed, reserved, reservedBy, returned, unchanged } from '../balance-change.js';
import { balanceAt, journalAt } from '../balances.js';
import type { EntriesOf } from '../event-entry.js';
import { ENDED_RESERVATIONS_KEPT, EXTENSIONS_KEPT, JUST_ENDED_MS, JUST_ENDED_RESERVATIONS_KEPT, REVERSED_COMMITS_KEPT } from '../limits.js';
import { forgetOldest } from '../recent.js';
import { addIssuedAhead, keepIssuedAhead, setOff } from '../reconciliation/issued-ahead.js';
import { addOwn, orderKey, strikeCommit } from '../reconciliation/journal.js';
import type { SkuState } from '../state.js';
import { takeAt, type Take } from '../stock-place.js';
import { startWaiting, stopWaiting, waitFor, waitingOf } from '../supply/evolve.js';
import { together, totalUnits, unitsAt, without } from '../takes.js';
import type {
  ReservationCommitReversed,
  ReservationCommitted,
  ReservationEvent,
  ReservationExpired,
  ReservationExtended,
  ReservationPlaced,
  ReservationReduced,
  ReservationReleased,
} from './events.js';
import { addExpiry, removeExpiry } from './expiry.js';
import { forgetOrder, noteOrder } from './orders.js';
import type { Commit, OpenReservation, PartialRelease, ReservationOutcome } from './state.js';

const NO_TAKES: readonly Take[] = [];
const NO_COMMITS: readonly Commit[] = [];
const NO_RELEASES: readonly PartialRelease[] = [];
const NO_IDS: readonly string[] = [];

function reservationPlaced(state: SkuState, event: ReservationPlaced, at: number): void {
  // Fields are written out, here and below: copying by spread takes longer than the rest of the decision.
  const reservation: OpenReservation = {
    reservationId: event.reservationId,
    orderId: event.orderId,
    channelId: event.channelId,
    holderId: event.holderId,
    requestHash: event.requestHash,
    requested: event.requested,
    placedAt: at,
    placed: event.takes,
    committed: NO_TAKES,
    commits: NO_COMMITS,
    releases: NO_RELEASES,
    takes: event.takes,
    waiting: waitingOf(event),
    expiresAt: event.expiresAt,
    soldAt: event.soldAt,
    extensionIds: NO_IDS,
    slot: 0,
  };
  for (const take of event.takes) balanceAt(state, take).reserved += take.quantity;
  state.reservations.set(event.reservationId, reservation);
  noteOrder(state, reservation);
  addExpiry(state.expiries, reservation);
  startWaiting(state, reservation);
  if (isCounted(state, reservation)) countOpen(state, reservation, openUnits(reservation));
}

const openUnits = ({ takes, waiting }: OpenReservation): number => totalUnits(takes) + (waiting?.units ?? 0);

/** Whether a limit counts the open units of this reservation. Most SKUs have no limits and skip the sums. */
const isCounted = (state: SkuState, { holderId }: Pick<OpenReservation, 'holderId'>): boolean =>
  holderId !== undefined || state.limits !== undefined;

function free(state: SkuState, takes: readonly Take[]): void {
  for (const take of takes) balanceAt(state, take).reserved -= take.quantity;
}

function end(state: SkuState, reservation: OpenReservation, outcome: ReservationOutcome, endedAt: number): void {
  removeExpiry(state.expiries, reservation);
  stopWaiting(state, reservation);
  state.reservations.delete(reservation.reservationId);
  state.ended.set(reservation.reservationId, {
    reservationId: reservation.reservationId,
    orderId: reservation.orderId,
    channelId: reservation.channelId,
    holderId: reservation.holderId,
    requestHash: reservation.requestHash,
    requested: reservation.requested,
    placedAt: reservation.placedAt,
    placed: reservation.placed,
    committed: reservation.committed,
    commits: reservation.commits,
    releases: reservation.releases,
    expiresAt: reservation.expiresAt,
    outcome,
    endedAt,
  });
  if (outcome !== 'committed') forgetOrder(state, reservation);
  forgetEnded(state, endedAt);
}

function forgetEnded(state: SkuState, now: number): void {
  for (const [reservationId, ended] of state.ended) {
    const justEnded = now - ended.endedAt < JUST_ENDED_MS;
    if (state.ended.size <= (justEnded ? JUST_ENDED_RESERVATIONS_KEPT : ENDED_RESERVATIONS_KEPT)) return;
    state.ended.delete(reservationId);
    if (ended.outcome === 'committed') forgetOrder(state, ended);
  }
}

function reservationCommitted(state: SkuState, event: ReservationCommitted, at: number): void {
  const { commitId, orderId, takes } = event;
  free(state, takes);
  for (const take of takes) {
    const units = take.quantity - unitsAt(event.alreadyIssued, take);
    if (units === 0) continue;
    balanceAt(state, take).onHand -= units;
    addOwn(journalAt(state, take), orderKey(orderId), { at, delta: -units, commitId });
  }
  const ahead = state.issuedAhead.get(orderId);
  if (ahead !== undefined) keepIssuedAhead(state, orderId, setOff(ahead, takes).left);

  const reservation = state.reservations.get(event.reservationId);
  if (reservation === undefined) return;
  if (isCounted(state, reservation)) {
    const units = totalUnits(takes);
    countOpen(state, reservation, -units);
    countCommitted(state, reservation, units);
  }
  reservation.takes = without(reservation.takes, takes);
  reservation.committed = together(reservation.committed, takes);
  reservation.commits = [...reservation.commits, commitOf(event)];
  if (event.openUnits === 0) end(state, reservation, 'committed', at);
}

const commitOf = ({ commitId, takes, positions }: ReservationCommitted): Commit =>
  positions === undefined ? { commitId, takes, reversed: false } : { commitId, takes, positions, reversed: false };

function reservationCommitReversed(state: SkuState, event: ReservationCommitReversed): void {
  const { reservationId, commitId, orderId, takes, restored } = event;
  for (const take of takes) {
    const units = unitsAt(restored, take);
    if (units > 0) {
      balanceAt(state, take).onHand += units;
      strikeCommit(journalAt(state, take), orderKey(orderId), units, commitId);
    }
    addIssuedAhead(state, orderId, takeAt(take, take.quantity - units));
  }
  state.reversedCommits.add(commitId);
  forgetOldest(state.reversedCommits, REVERSED_COMMITS_KEPT);
  const ended = state.ended.get(reservationId);
  const reservation = state.reservations.get(reservationId) ?? ended;
  if (reservation === undefined) return;
  if (state.limits !== undefined) countCommitted(state, reservation, -totalUnits(takes));
  reservation.committed = without(reservation.committed, takes);
  reservation.commits = reservation.commits.map((commit) => (commit.commitId === commitId ? { ...commit, reversed: true } : commit));
  if (ended?.outcome !== 'committed') return;
  ended.outcome = 'reversed';
  forgetOrder(state, ended);
}

function reservationReduced(state: SkuState, { reservationId, releaseId, takes, givenUpUnits, waitingUnits }: ReservationReduced): void {
  free(state, takes);
  const reservation = state.reservations.get(reservationId);
  if (reservation === undefined) return;
  const units = totalUnits(takes) + givenUpUnits;
  if (isCounted(state, reservation)) countOpen(state, reservation, -units);
  waitFor(state, reservation, waitingUnits);
  reservation.takes = without(reservation.takes, takes);
  reservation.releases = [...reservation.releases, { releaseId, units }];
}

function reservationEnded(
  state: SkuState,
  event: ReservationReleased | ReservationExpired,
  outcome: 'released' | 'expired',
  at: number,
): void {
  free(state, event.takes);
  const reservation = state.reservations.get(event.reservationId);
  if (reservation === undefined) return;
  if (isCounted(state, reservation)) countOpen(state, reservation, -totalUnits(event.takes) - (reservation.waiting?.units ?? 0));
  end(state, reservation, outcome, at);
}

function reservationExtended(state: SkuState, event: ReservationExtended): void {
  const reservation = state.reservations.get(event.reservationId);
  if (reservation === undefined) return;
  removeExpiry(state.expiries, reservation);
  reservation.expiresAt = event.expiresAt;
  if (event.commandId !== undefined) {
    if (reservation.waiting !== undefined) reservation.waiting = { ...reservation.waiting, grantedUntil: event.expiresAt };
    reservation.extensionIds = [...reservation.extensionIds.slice(1 - EXTENSIONS_KEPT), event.commandId];
  }
  addExpiry(state.expiries, reservation);
}

export const reservationEntries: EntriesOf<ReservationEvent> = {
  ReservationPlaced: {
    evolve: reservationPlaced,
    balances: ({ takes }) => reserved(takes),
    reservation: ({ takes, waiting, expiresAt }) => ({ taken: takes, waitingUnits: waiting?.quantity ?? 0, expiresAt }),
    step: 'promise',
    words: 'Units were promised to an order until the hold ends; what was missing may wait for supply.',
  },
  ReservationCommitted: {
    evolve: reservationCommitted,
    balances: ({ takes, alreadyIssued }) =>
      takes.map((take) => ({
        ...reservedBy(take, -take.quantity),
        onHand: unitsAt(alreadyIssued, take) - take.quantity,
      })),
    reservation: ({ commitId, takes, openUnits }) => ({
      committed: { commitId, takes, openUnits },
      ...(openUnits === 0 ? { ended: 'committed' } : {}),
    }),
    step: 'settlement',
    words: 'Promised units left for good: reserved and on hand both go down.',
  },
  ReservationCommitReversed: {
    evolve: reservationCommitReversed,
    balances: ({ restored }) => returned(restored),
    reservation: ({ commitId, takes }) => ({ reversed: { commitId, takes } }),
    step: 'settlement',
    words: "A commit of several SKUs could not be completed; this SKU's part was taken back.",
  },
  ReservationReduced: {
    evolve: reservationReduced,
    balances: ({ takes }) => freed(takes),
    reservation: ({ takes, givenUpUnits, waitingUnits }) => ({ releasedUnits: totalUnits(takes) + givenUpUnits, waitingUnits }),
    step: 'settlement',
    words: 'A part of the promised units is free again, as asked for; the rest stays held.',
  },
  ReservationReleased: {
    evolve: (state, event, at) => reservationEnded(state, event, 'released', at),
    balances: ({ takes }) => freed(takes),
    reservation: () => ({ ended: 'released' }),
    step: 'settlement',
    words: 'Promised units are free again, as asked for.',
  },
  ReservationExpired: {
    evolve: (state, event, at) => reservationEnded(state, event, 'expired', at),
    balances: ({ takes }) => freed(takes),
    reservation: () => ({ ended: 'expired' }),
    step: 'settlement',
    words: 'Promised units are free again, as the time of the hold was over.',
  },
  ReservationExtended: {
    evolve: reservationExtended,
    balances: unchanged,
    reservation: ({ expiresAt }) => ({ expiresAt }),
    step: 'settlement',
    words: 'The hold lives longer.',
  },
};
