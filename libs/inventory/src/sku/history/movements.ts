import { balanceChanges } from '../event-table.js';
import type { SkuEvent } from '../events.js';
import { documentKey, movedAt, orderKey, unpostedUnits, type Journal, type OwnMovement } from '../reconciliation/journal.js';
import type { SkuState } from '../state.js';
import { placeAt, type StockPlace } from '../stock-place.js';
import { effectiveTime } from './effective-time.js';
import { figureOf } from './on-hand-steps.js';
import { TwiceCounted, type AcknowledgingPosting } from './twice-counted.js';

/** Units that an event moved at one place, at the time at which they moved. An event may move units at several times. */
export interface StockMovement {
  readonly place: StockPlace;
  /** Epoch milliseconds. */
  readonly effectiveAt: number;
  /** Differences, in units. */
  readonly onHand: number;
  readonly reserved: number;
  readonly inTransit: number;
  readonly held: number;
  readonly safetyStock: number;
}

type Posting = Extract<SkuEvent, { readonly type: 'StockReceived' | 'StockIssued' }>;

/**
 * Movements of the events of one stream, in their order. Over all times the movements of an event add up to its balance changes, so that
 * what was at the end of time is the current stock.
 *
 * A posting of an ERP that figures or counts contained before its message came moves its units at its own time, and takes them back at the
 * time of the first of these, which had brought them in as an unexplained difference. See decision 93.
 */
export class Movements {
  /** By location: times of the accepted figures and counts. They only grow, because a figure older than another is refused. */
  readonly #figures = new Map<string, number[]>();
  /** By location, direction and key: postings whose key has own movements left. */
  readonly #open = new Map<string, TwiceCounted>();

  /** Call it for every event before the event is applied to `state`. */
  of(state: SkuState, event: SkuEvent, at: number, recordedAt: number): readonly StockMovement[] {
    const effectiveAt = effectiveTime(event, at, recordedAt);
    const corrections = isPosting(event) ? this.#corrections(state, event, effectiveAt) : NONE;
    const corrected = corrections.reduce((units, { onHand }) => units + onHand, 0);
    if (figureOf(event) !== undefined && 'locationId' in event) this.#note(event.locationId, effectiveAt);
    const own = balanceChanges(event).map(({ place, onHand, reserved, inTransit, held = 0, safetyStock }, index) => ({
      place,
      effectiveAt,
      onHand: index === 0 ? onHand - corrected : onHand,
      reserved,
      inTransit,
      held,
      safetyStock: safetyStock === undefined ? 0 : safetyStock - (state.balances.get(place.locationId)?.safetyStock ?? 0),
    }));
    return corrections.length === 0 ? own : [...own, ...corrections];
  }

  #note(locationId: string, time: number): void {
    const known = this.#figures.get(locationId);
    if (known === undefined) this.#figures.set(locationId, [time]);
    else known.push(time);
  }

  /** What the figures that contained the posting are corrected by; none for a posting that is later than all of them. */
  #corrections(state: SkuState, event: Posting, effectiveAt: number): readonly StockMovement[] {
    const journal = state.journals.get(event.locationId);
    if (journal === undefined) return NONE;
    const direction = event.type === 'StockReceived' ? 1 : -1;
    const fresh = direction * (event.quantity - event.acknowledgedUnits);
    const isContained = event.delta !== fresh;
    const since = firstFrom(this.#figures.get(event.locationId) ?? [], effectiveAt) ?? effectiveAt;
    const contained = isContained ? Math.min(Math.abs(event.delta), event.acknowledgedUnits) : 0;
    const posting = { time: effectiveAt, units: event.acknowledgedUnits, since, contained };
    // Own movements that the posting acknowledges were counted twice, from the later of the two on.
    const twice = this.#twice(journal, event, direction, posting).map(({ time, units }) =>
      correction(event.locationId, time, -direction * units),
    );
    if (!isContained) return twice;
    const left = Math.sign(event.delta) * (Math.abs(event.delta) - contained);
    return [correction(event.locationId, since, left - fresh), ...twice].filter(({ onHand }) => onHand !== 0);
  }

  #twice(journal: Journal, event: Posting, direction: 1 | -1, posting: AcknowledgingPosting) {
    if (posting.units === 0) return [];
    const key = keyOf(event);
    const group = JSON.stringify([event.locationId, direction, key]);
    const known = this.#open.get(group) ?? new TwiceCounted();
    // Postings of a key are compared with each other as long as it has movements to acknowledge.
    if (unpostedUnits(journal, key, direction) > posting.units) this.#open.set(group, known);
    else this.#open.delete(group);
    return known.add(posting, struckOf(journal.own.get(key) ?? [], direction, posting.units));
  }
}

const NONE: readonly StockMovement[] = [];

const isPosting = (event: SkuEvent): event is Posting =>
  event.type === 'StockIssued' || (event.type === 'StockReceived' && event.connectionId !== undefined);

/** The first of the growing times that is not before `time`. */
function firstFrom(times: readonly number[], time: number): number | undefined {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return times[low];
}

function keyOf(event: Posting): string {
  const orderId = event.type === 'StockIssued' ? event.orderId : undefined;
  return orderId === undefined ? documentKey(event.documentId ?? '') : orderKey(orderId);
}

/** The own movements that the journal strikes for so many units: its oldest. */
function struckOf(own: readonly OwnMovement[], direction: 1 | -1, units: number) {
  const struck: { readonly time: number; readonly units: number }[] = [];
  let left = units;
  for (const movement of own) {
    if (movement.delta * direction <= 0 || left === 0) continue;
    const taken = Math.min(left, Math.abs(movement.delta));
    struck.push({ time: movedAt(movement), units: taken });
    left -= taken;
  }
  return struck;
}

const correction = (locationId: string, effectiveAt: number, onHand: number): StockMovement => ({
  place: placeAt(locationId),
  effectiveAt,
  onHand,
  reserved: 0,
  inTransit: 0,
  held: 0,
  safetyStock: 0,
});
