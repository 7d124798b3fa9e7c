import type { OpenReservation } from './state.js';

/** Open reservations as a binary heap: none expires before its parent. Entering and leaving cost O(log n), finding the overdue ones O(overdue). */
type Heap = OpenReservation[];

const place = (heap: Heap, reservation: OpenReservation, slot: number): void => {
  heap[slot] = reservation;
  reservation.slot = slot;
};

function rise(heap: Heap, reservation: OpenReservation, from: number): void {
  let slot = from;
  while (slot > 0) {
    const above = (slot - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || parent.expiresAt <= reservation.expiresAt) break;
    place(heap, parent, slot);
    slot = above;
  }
  place(heap, reservation, slot);
}

function sink(heap: Heap, reservation: OpenReservation, from: number): void {
  let slot = from;
  for (;;) {
    const left = heap[2 * slot + 1];
    const right = heap[2 * slot + 2];
    const sooner = left !== undefined && right !== undefined && right.expiresAt < left.expiresAt ? right : left;
    if (sooner === undefined || sooner.expiresAt >= reservation.expiresAt) break;
    const below = sooner.slot;
    place(heap, sooner, slot);
    slot = below;
  }
  place(heap, reservation, slot);
}

/** Adds a reservation. */
export function addExpiry(heap: Heap, reservation: OpenReservation): void {
  rise(heap, reservation, heap.length);
}

/** Removes a reservation, which must be in the heap. */
export function removeExpiry(heap: Heap, reservation: OpenReservation): void {
  const last = heap.pop();
  if (last === undefined || last === reservation) return;
  const { slot } = reservation;
  rise(heap, last, slot);
  if (last.slot === slot) sink(heap, last, slot);
}

/** Reservations whose expiry has passed, soonest first, ties by id. */
export function overdue(heap: Heap, at: number): readonly OpenReservation[] {
  const soonest = heap[0];
  if (soonest === undefined || soonest.expiresAt > at) return [];
  const found: OpenReservation[] = [];
  const slots = [0];
  for (let slot = slots.pop(); slot !== undefined; slot = slots.pop()) {
    const reservation = heap[slot];
    if (reservation === undefined || reservation.expiresAt > at) continue;
    found.push(reservation);
    slots.push(2 * slot + 1, 2 * slot + 2);
  }
  return found.sort((left, right) => left.expiresAt - right.expiresAt || (left.reservationId < right.reservationId ? -1 : 1));
}

/** The first `most` reservations that end later than `at`, soonest first, ties by id: O(most²) for any size of the heap. */
export function soonestExpiries(heap: Heap, at: number, most: number): readonly OpenReservation[] {
  const found: OpenReservation[] = [];
  const open = [0];
  while (found.length < most) {
    const next = takeSoonest(heap, open);
    if (next === undefined) break;
    if (next.expiresAt > at) found.push(next);
    open.push(2 * next.slot + 1, 2 * next.slot + 2);
  }
  return found;
}

/** Removes from the open slots the one whose reservation ends first. */
function takeSoonest(heap: Heap, open: number[]): OpenReservation | undefined {
  let soonest: OpenReservation | undefined;
  for (const slot of open) {
    const one = heap[slot];
    if (one !== undefined && (soonest === undefined || isSooner(one, soonest))) soonest = one;
  }
  if (soonest !== undefined) open.splice(open.indexOf(soonest.slot), 1);
  return soonest;
}

const isSooner = (one: OpenReservation, other: OpenReservation): boolean =>
  one.expiresAt < other.expiresAt || (one.expiresAt === other.expiresAt && one.reservationId < other.reservationId);
