import type { AsOfBalance } from './as-of-balance.js';
import type { SkuHistory } from './sku-history.js';

/** Movements that are looked at before others get a turn of the event loop; well below a millisecond. */
const SLICE = 20_000;

/**
 * A moment on two clocks. What was known: the events before the first one that was recorded after `knownAt`. What was: their movements up
 * to `at`. Epoch milliseconds; an undefined one is as late as can be.
 */
export interface Clocks {
  readonly at?: number | undefined;
  readonly knownAt?: number | undefined;
}

/** A part of a history: its first `events` events, and their movements up to a time. */
export interface Known {
  readonly events: number;
  readonly at: number;
}

/** Work in steps for `inSlices` of the kit. */
export type Steps<Result> = Generator<undefined, Result>;

export function* knownAt(history: SkuHistory, { at, knownAt: time }: Clocks): Steps<Known> {
  const upTo = at ?? Number.POSITIVE_INFINITY;
  if (time === undefined) return { events: history.events, at: upTo };
  for (let event = 0; event < history.events; event += 1) {
    if (history.recordedAtOf(event) > time) return { events: event, at: upTo };
    if (event % SLICE === SLICE - 1) yield;
  }
  return { events: history.events, at: upTo };
}

/** Indices of the movements that are known, in the order in which they were recorded, a slice at a time. */
export function* eachMovement(history: SkuHistory, { events, at }: Known, visit: (movement: number) => void): Steps<void> {
  for (let movement = 0; movement < history.movementCount; movement += 1) {
    if (history.eventOf(movement) >= events) return;
    if (history.effectiveAtOf(movement) <= at) visit(movement);
    if (movement % SLICE === SLICE - 1) yield;
  }
}

/** Of every location that a known event names, in the order of their ids. */
export function* balancesAsOf(history: SkuHistory, known: Known): Steps<readonly AsOfBalance[]> {
  const balances = new Map<number, { onHand: number; reserved: number; safetyStock: number; held: number; inTransit: number }>();
  yield* eachMovement(history, { ...known, at: Number.POSITIVE_INFINITY }, (movement) => {
    const location = history.locationOf(movement);
    let balance = balances.get(location);
    if (balance === undefined) balances.set(location, (balance = { onHand: 0, reserved: 0, safetyStock: 0, held: 0, inTransit: 0 }));
    if (history.effectiveAtOf(movement) > known.at) return;
    balance.onHand += history.onHandOf(movement);
    balance.reserved += history.reservedOf(movement);
    balance.inTransit += history.inTransitOf(movement);
    balance.held += history.heldOf(movement);
    balance.safetyStock += history.safetyStockOf(movement);
  });
  return [...balances]
    .map(([location, balance]) => ({ locationId: history.locations.list[location] ?? '', ...balance }))
    .sort((one, other) => (one.locationId < other.locationId ? -1 : 1));
}

/** A movement of an event, as a step or an answer names it. */
export interface NamedMovement {
  /** Of the event in its stream; undefined for what came before the events that were read. */
  readonly revision: number | undefined;
  readonly effectiveAt: number;
  readonly locationId: string;
  readonly units: number;
}

export interface LateFacts {
  readonly count: number;
  /** Newest first. */
  readonly newest: readonly NamedMovement[];
}

/** Movements of on hand up to `at` that were recorded only after it: what hindsight changed. */
export function* lateFacts(history: SkuHistory, known: Known, most: number): Steps<LateFacts> {
  const newest = new Newest(most);
  yield* eachMovement(history, known, (movement) => {
    if (history.onHandOf(movement) === 0 || history.recordedAtOf(history.eventOf(movement)) <= known.at) return;
    newest.add(movement);
  });
  return { count: newest.count, newest: newest.list().map((movement) => named(history, movement)) };
}

export const named = (history: SkuHistory, movement: number): NamedMovement => ({
  revision: history.revisionOf(history.eventOf(movement)),
  effectiveAt: history.effectiveAtOf(movement),
  locationId: history.locations.list[history.locationOf(movement)] ?? '',
  units: history.onHandOf(movement),
});

/** Keeps the newest of the numbers that are added, and counts all. */
export class Newest {
  count = 0;
  private kept: number[] = [];

  constructor(private readonly most: number) {}

  add(value: number): void {
    this.count += 1;
    this.kept.push(value);
    if (this.kept.length > 2 * this.most) this.kept = this.newest();
  }

  /** Newest first. */
  list(): readonly number[] {
    return this.newest().reverse();
  }

  private newest(): number[] {
    return this.most === 0 ? [] : this.kept.slice(-this.most);
  }
}
