import { numberOf, recordsOf, sum, textOf, type Fact } from './facts.js';
import { mayServe, type Waiter } from './waiter.js';

interface Delivery {
  readonly locationId: string;
  readonly quantity: number;
  readonly expectedAt: number;
  received: number;
}

/** Promised units to come, and when the last of them is expected; no date for none. */
interface Promised {
  readonly units: number;
  readonly expectedAt: number | undefined;
}

/** Expected deliveries as of one moment, soonest first, from which units are promised. */
export class Timetable {
  readonly #arrivals: { readonly locationId: string; readonly expectedAt: number; units: number }[];

  constructor(deliveries: Iterable<Delivery>, at: number, graceMs: number) {
    this.#arrivals = [...deliveries]
      .filter(({ expectedAt }) => expectedAt + graceMs > at)
      .map(({ locationId, expectedAt, quantity, received }) => ({ locationId, expectedAt, units: Math.max(0, quantity - received) }))
      .sort((one, other) => one.expectedAt - other.expectedAt);
  }

  /** Promises units that may serve the waiter. */
  promise({ units, locationIds }: Pick<Waiter, 'units' | 'locationIds'>): Promised {
    let promised = 0;
    let expectedAt: number | undefined;
    for (const arrival of this.#arrivals) {
      const taken = mayServe(locationIds, arrival.locationId) ? Math.min(arrival.units, units - promised) : 0;
      if (taken === 0) continue;
      arrival.units -= taken;
      promised += taken;
      expectedAt = arrival.expectedAt;
    }
    return { units: promised, expectedAt };
  }

  left(locationIds: readonly string[] | undefined): number {
    return sum(this.#arrivals.filter((one) => mayServe(locationIds, one.locationId)).map(({ units }) => ({ quantity: units })));
  }
}

/** The announced deliveries of one SKU. */
export class Deliveries {
  readonly #all = new Map<string, Delivery>();

  /** @returns what is wrong with the event */
  observe(fact: Fact): readonly string[] {
    const reference = textOf(fact, 'reference');
    switch (fact.type) {
      case 'InboundDeclared':
        this.#all.set(reference, {
          locationId: textOf(fact, 'locationId'),
          quantity: numberOf(fact, 'quantity'),
          expectedAt: numberOf(fact, 'expectedAt'),
          received: this.#all.get(reference)?.received ?? 0,
        });
        return [];
      case 'InboundCancelled':
        return this.#all.delete(reference) ? [] : [`${reference} was cancelled and is not expected`];
      case 'StockReceived':
        return this.#arrive(fact);
      default:
        return [];
    }
  }

  /** The expected deliveries as of now, as a copy. */
  timetable(at: number, graceMs: number): Timetable {
    return new Timetable(this.#all.values(), at, graceMs);
  }

  /** A copy that stays as it is. */
  copy(): readonly Delivery[] {
    return [...this.#all.values()].map((delivery) => ({ ...delivery }));
  }

  #arrive(fact: Fact): readonly string[] {
    const faults: string[] = [];
    let rest = numberOf(fact, 'quantity');
    for (const data of recordsOf(fact, 'inbound')) {
      const [reference, units] = [textOf({ data }, 'reference'), numberOf({ data }, 'quantity')];
      const delivery = this.#all.get(reference);
      if (delivery === undefined) {
        faults.push(`${units} units of ${reference} arrived, which is not expected`);
        continue;
      }
      rest -= units;
      delivery.received += units;
      // Where none of them were expected any more, all came beyond the delivery.
      if (units > 0 && delivery.received > delivery.quantity)
        faults.push(`${delivery.received} units of ${reference} arrived of ${delivery.quantity}`);
    }
    if (rest < 0) faults.push('more was expected than arrived');
    return faults;
  }
}
