import { addExpiry, overdue, removeExpiry, soonestExpiries } from './expiry.js';
import type { OpenReservation } from '../state.js';

const hold = (reservationId: string, expiresAt: number): OpenReservation => ({ reservationId, expiresAt, slot: -1 }) as OpenReservation;
const heapOf = (...holds: readonly OpenReservation[]): OpenReservation[] => {
  const heap: OpenReservation[] = [];
  for (const one of holds) addExpiry(heap, one);
  return heap;
};
const ids = (holds: readonly OpenReservation[]): readonly string[] => holds.map(({ reservationId }) => reservationId);

/** None ends before its parent, and each knows its place. */
function isHeap(heap: readonly OpenReservation[]): boolean {
  return heap.every((one, slot) => one.slot === slot && (slot === 0 || (heap[(slot - 1) >> 1]?.expiresAt ?? Infinity) <= one.expiresAt));
}

/** Looks shuffled and is the same each time. */
const TIMES = Array.from({ length: 60 }, (_, index) => (index * 37) % 23);
const many = (): OpenReservation[] => TIMES.map((expiresAt, index) => hold(`r${String(index).padStart(2, '0')}`, expiresAt));
const sorted = (holds: readonly OpenReservation[]): readonly string[] =>
  ids([...holds].sort((left, right) => left.expiresAt - right.expiresAt || (left.reservationId < right.reservationId ? -1 : 1)));

describe('holds in the order in which they end', () => {
  it('stay a heap while they enter, in any order', () => {
    const heap: OpenReservation[] = [];
    for (const one of many()) {
      addExpiry(heap, one);
      expect(isHeap(heap)).toBe(true);
    }
    expect(heap).toHaveLength(TIMES.length);
  });

  it.each([1, 7, 13, 29, 59])('stay a heap while they leave, every %ith first', (step) => {
    const holds = many();
    const heap = heapOf(...holds);
    const left = new Set(holds);
    for (let index = 0, at = 0; index < holds.length; index += 1, at = (at + step) % holds.length) {
      const one = holds[at];
      if (one === undefined || !left.delete(one)) continue;
      removeExpiry(heap, one);
      expect(isHeap(heap)).toBe(true);
      expect(new Set(heap)).toEqual(left);
    }
  });

  it('leave by the end as well as by the top, and the last one too', () => {
    const [first, second] = [hold('a', 1), hold('b', 2)];
    const heap = heapOf(first, second);
    removeExpiry(heap, second);
    expect(ids(heap)).toEqual(['a']);
    removeExpiry(heap, first);
    expect(heap).toEqual([]);
    removeExpiry(heap, first);
    expect(heap).toEqual([]);
  });

  it('rise where what takes a place ends sooner than what is above', () => {
    const holds = [1, 10, 2, 11, 12, 3, 4].map((expiresAt) => hold(String(expiresAt), expiresAt));
    const heap = heapOf(...holds);
    expect(ids(heap)).toEqual(['1', '10', '2', '11', '12', '3', '4']);
    removeExpiry(heap, heap[3] ?? hold('none', 0));
    expect(ids(heap)).toEqual(['1', '4', '2', '10', '12', '3']);
    expect(isHeap(heap)).toBe(true);
  });
});

describe('overdue holds', () => {
  it('are all whose time has come, soonest first, ties by id', () => {
    const holds = many();
    const heap = heapOf(...holds);
    for (const at of [-1, 0, 5, 22, 23]) expect(ids(overdue(heap, at))).toEqual(sorted(holds.filter(({ expiresAt }) => expiresAt <= at)));
  });

  it('are none where there are none, or where the soonest is to come', () => {
    expect(overdue([], 5)).toEqual([]);
    expect(overdue(heapOf(hold('a', 6)), 5)).toEqual([]);
    expect(ids(overdue(heapOf(hold('a', 5)), 5))).toEqual(['a']);
  });
});

describe('the holds that end next', () => {
  it('are the first so many that end later', () => {
    const holds = many();
    const heap = heapOf(...holds);
    for (const [at, most] of [
      [-1, 5],
      [3, 10],
      [10, 100],
      [22, 3],
    ] as const) {
      expect(ids(soonestExpiries(heap, at, most))).toEqual(sorted(holds.filter(({ expiresAt }) => expiresAt > at)).slice(0, most));
    }
    expect(isHeap(heap)).toBe(true);
  });

  it('are none of none', () => {
    expect(soonestExpiries([], 0, 5)).toEqual([]);
    expect(soonestExpiries(many(), 0, 0)).toEqual([]);
  });
});
