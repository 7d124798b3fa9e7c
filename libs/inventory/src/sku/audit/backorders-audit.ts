import type { SkuEvent } from '../events.js';
import type { SkuState } from '../state.js';
import { sourceOf, takeAt, type Take } from '../stock-place.js';
import type { InboundArrival } from '../supply/events.js';
import type { Violation } from './violation.js';

interface Waiter {
  units: number;
  readonly locationIds: readonly string[] | undefined;
}

interface Delivery {
  readonly locationId: string;
  readonly expectedAt: number;
  readonly quantity: number;
  received: number;
}

const mayUse = ({ locationIds }: Waiter, locationId: string): boolean => locationIds === undefined || locationIds.includes(locationId);

/**
 * Checks back-orders with its own counters: every waiting unit has supply to come, and no reservation takes units ahead of an earlier one
 * that could use them.
 */
export class BackordersAudit {
  readonly #waiting = new Map<string, Waiter>();
  readonly #deliveries = new Map<string, Delivery>();

  get hasWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** Units to come that no reservation waits for, however late. */
  get unitsToCome(): number {
    let units = 0;
    for (const { quantity, received } of this.#deliveries.values()) units += Math.max(0, quantity - received);
    for (const waiter of this.#waiting.values()) units -= waiter.units;
    return Math.max(0, units);
  }

  /** @param spareUnits free units before the event, over all locations, beyond what is owed; only these may serve waiting reservations */
  observe(event: SkuEvent, spareUnits: () => number): readonly Violation[] {
    switch (event.type) {
      case 'InboundDeclared':
        this.#deliveries.set(event.reference, {
          locationId: event.locationId,
          expectedAt: event.expectedAt,
          quantity: event.quantity,
          received: this.#deliveries.get(event.reference)?.received ?? 0,
        });
        return [];
      case 'InboundCancelled':
        this.#deliveries.delete(event.reference);
        return [];
      case 'StockReceived':
        return (event.inbound ?? []).flatMap((arrival) => this.#arrive(arrival));
      case 'ReservationPlaced':
        return [...this.#pass(event.takes, event.reservationId, spareUnits), ...this.#join(event)];
      case 'TransferShipped':
        // Units that a reservation held until this append are not free for those who wait.
        return event.heldByReservationId === undefined ? this.#pass([takeAt(sourceOf(event), event.quantity)], undefined, spareUnits) : [];
      case 'StockMoved':
        return this.#pass([takeAt(sourceOf(event), event.quantity)], undefined, spareUnits);
      case 'ReservationPromoted':
        return this.#promote(event, spareUnits);
      case 'ReservationReduced':
        return this.#giveUp(event.reservationId, event.givenUpUnits);
      case 'ReservationReleased':
      case 'ReservationExpired':
        this.#waiting.delete(event.reservationId);
        return [];
      default:
        return [];
    }
  }

  /** Compares the waiting reservations and deliveries of the state with the sums of the events. */
  audit({ supply }: SkuState): readonly Violation[] {
    const expected = [...this.#waiting].map(([id, { units }]) => `${id} ${String(units)}`).join(', ');
    const waiters = [...(supply?.waiters.values() ?? [])];
    const known = waiters.map(({ reservationId, waiting }) => `${reservationId} ${String(waiting.units)}`).join(', ');
    const sum = waiters.reduce((units, { waiting }) => units + waiting.units, 0);
    if (expected === known && sum === (supply?.waitingUnits ?? 0)) return [];
    return broken('waiting_is_the_line', `${known} (${String(supply?.waitingUnits)} units) wait where the events leave ${expected}`);
  }

  #giveUp(reservationId: string, units: number): readonly Violation[] {
    const waiter = this.#waiting.get(reservationId);
    if (units > (waiter?.units ?? 0)) return broken('line_passed', `${reservationId} gave up more than it waited for`);
    if (waiter === undefined) return [];
    waiter.units -= units;
    if (waiter.units === 0) this.#waiting.delete(reservationId);
    return [];
  }

  #arrive({ reference, quantity, excess = 0 }: InboundArrival): readonly Violation[] {
    const delivery = this.#deliveries.get(reference);
    if (delivery === undefined) return broken('inbound_received', `${reference} arrived and was not expected`);
    delivery.received += quantity;
    const open = delivery.quantity - delivery.received;
    // A delivery may be declared anew with less than came of it: what comes then is all beyond it, and none of it arrives.
    if (open < 0 && quantity > 0) return broken('inbound_received', `more of ${reference} arrived than was expected`);
    return open > 0 && excess > 0 ? broken('inbound_received', `more than ${reference} is told while some of it is to come`) : [];
  }

  #join({ reservationId, waiting }: Extract<SkuEvent, { type: 'ReservationPlaced' }>): readonly Violation[] {
    if (waiting === undefined) return [];
    this.#waiting.set(reservationId, { units: waiting.quantity, locationIds: waiting.locationIds });
    const missing = this.#uncoveredOfLast();
    if (missing === 0) return [];
    return broken('waiting_for_nothing', `${String(missing)} units of ${reservationId} wait for what does not come or is promised`);
  }

  /** Waiting units of the last reservation that no delivery covers, after each earlier one was assigned the soonest that may serve it. */
  #uncoveredOfLast(): number {
    const coming = [...this.#deliveries.values()]
      .map(({ quantity, received, ...delivery }) => ({ ...delivery, open: Math.max(0, quantity - received) }))
      .sort((one, other) => one.expectedAt - other.expectedAt);
    let rest = 0;
    for (const waiter of this.#waiting.values()) {
      rest = waiter.units;
      for (const delivery of coming) {
        if (!mayUse(waiter, delivery.locationId)) continue;
        const units = Math.min(rest, delivery.open);
        delivery.open -= units;
        rest -= units;
      }
    }
    return rest;
  }

  #promote(
    { reservationId, takes, waitingUnits }: Extract<SkuEvent, { type: 'ReservationPromoted' }>,
    spareUnits: () => number,
  ): readonly Violation[] {
    const waiter = this.#waiting.get(reservationId);
    const units = takes.reduce((sum, { quantity }) => sum + quantity, 0);
    if (waiter === undefined || waiter.units - units !== waitingUnits || waitingUnits < 0) {
      return broken('line_passed', `${reservationId} was given ${String(units)} units that it did not wait for`);
    }
    const strays = takes.filter(({ locationId }) => !mayUse(waiter, locationId));
    if (strays.length > 0) return broken('line_passed', `${reservationId} was served from where it must not be`);
    const found = this.#pass(takes, reservationId, spareUnits);
    waiter.units = waitingUnits;
    if (waitingUnits === 0) this.#waiting.delete(reservationId);
    return found;
  }

  /** Reports a take that an earlier waiting reservation could use. A reservation that does not wait comes after all waiting ones. */
  #pass(takes: readonly Take[], reservationId: string | undefined, spareUnits: () => number): readonly Violation[] {
    for (const [id, waiter] of this.#waiting) {
      if (id === reservationId) return [];
      const taken = takes.find(({ locationId }) => mayUse(waiter, locationId));
      if (taken !== undefined && spareUnits() > 0)
        return broken('line_passed', `units at ${taken.locationId} went past ${id}, which waits for them`);
    }
    return [];
  }
}

const broken = (rule: Violation['rule'], message: string): readonly Violation[] => [{ rule, message }];
