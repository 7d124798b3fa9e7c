import { Deliveries, Timetable } from './deliveries.js';
import { numberOf, recordOf, sum, textOf, textsOf, unitsOf, type Fact, type Units } from './facts.js';
import { NO_FREE_UNITS, servableUnits, unowedUnits, type FreeUnits } from './free-units.js';
import { mayServe, type Waiter } from './waiter.js';

/** The limits of the SKU for waiting reservations. */
interface Policy {
  readonly units: number;
  readonly graceMs: number;
  readonly channels: readonly string[] | undefined;
}

/** Grace for late deliveries without a policy. */
const USUAL_GRACE_MS = 7 * 86_400_000;

/** Units that a reservation of a channel could wait for, as of one moment; later events do not change it. */
export type ToBeWaitedFor = (at: number, channelId: string | undefined) => number;

/**
 * Checks deliveries and waiting reservations: each waits for announced supply, none is passed by a later one, and none is ended too soon.
 */
export class WaitingAudit {
  readonly #deliveries = new Deliveries();
  #policy: Policy | undefined;
  #decision = '';
  /** Units to come that were not promised after the newest placement. */
  leftToCome = 0;

  /**
   * @param waiters reservations that waited before the event, in order of arrival
   * @param before free units before it
   * @param after free units after it
   * @returns the faults of this event
   */
  observe(fact: Fact, waiters: readonly Waiter[], before: FreeUnits, after: FreeUnits): readonly string[] {
    const faults = [...this.#deliveries.observe(fact), ...this.#betweenDecisions(fact, waiters, before)];
    const own = waiters.findIndex(({ reservationId }) => reservationId === textOf(fact, 'reservationId'));
    switch (fact.type) {
      case 'LimitsSet':
        this.#setPolicy(fact);
        return faults;
      case 'ReservationPlaced':
        return [...faults, ...passed(unitsOf(fact, 'takes'), waiters, before), ...this.#join(fact, waiters, after)];
      case 'StockMoved':
      case 'TransferShipped': {
        const left = { locationId: textOf(fact, 'fromLocationId'), quantity: numberOf(fact, 'quantity') };
        return [...faults, ...passed([left], waiters, before)];
      }
      case 'ReservationPromoted':
        return [...faults, ...passed(unitsOf(fact, 'takes'), waiters.slice(0, Math.max(0, own)), before)];
      case 'ReservationExtended':
        return fact.data['commandId'] === undefined ? [...faults, ...this.#keptWaiting(fact, waiters.slice(0, own + 1))] : faults;
      case 'ReservationExpired':
        return [...faults, ...this.#givenUp(fact, waiters.slice(0, own + 1))];
      default:
        return faults;
    }
  }

  /** The decision that frees units must promote waiting reservations with them. */
  unserved(waiters: readonly Waiter[], freeUnits: FreeUnits): readonly string[] {
    const one = waiters.find(({ locationIds }) => servableUnits(freeUnits, locationIds) > 0);
    return one === undefined ? [] : [`${one.reservationId} waits for units that lie there`];
  }

  /** As of now; undefined if no reservation may wait. */
  toBeWaitedFor(waiters: readonly Waiter[]): ToBeWaitedFor | undefined {
    const policy = this.#policy;
    if (policy === undefined) return undefined;
    const deliveries = this.#deliveries.copy();
    return (at, channelId) => {
      if (!mayWait(policy, channelId)) return 0;
      const timetable = new Timetable(deliveries, at, policy.graceMs);
      for (const waiter of waiters) timetable.promise(waiter);
      return Math.max(0, Math.min(timetable.left(undefined), policy.units - unitsIn(waiters)));
    };
  }

  #betweenDecisions({ commandId, at }: Fact, waiters: readonly Waiter[], before: FreeUnits): readonly string[] {
    const decision = `${commandId} at ${at}`;
    if (decision === this.#decision) return [];
    this.#decision = decision;
    return this.unserved(waiters, before);
  }

  #setPolicy(fact: Fact): void {
    const data = recordOf(fact, 'backorders');
    this.#policy =
      data === undefined
        ? undefined
        : { units: numberOf({ data }, 'units'), graceMs: numberOf({ data }, 'graceMs'), channels: textsOf({ data }, 'channels') };
  }

  get #graceMs(): number {
    return this.#policy?.graceMs ?? USUAL_GRACE_MS;
  }

  #join(fact: Fact, waiters: readonly Waiter[], after: FreeUnits): readonly string[] {
    this.leftToCome = 0;
    const data = recordOf(fact, 'waiting');
    if (data === undefined) return [];
    const policy = this.#policy;
    if (policy === undefined || !mayWait(policy, fact.data['channelId'])) return ['waits, and nobody said that it may'];
    const [units, locationIds] = [numberOf({ data }, 'quantity'), textsOf({ data }, 'locationIds')];
    const faults: string[] = [];
    const waiting = unitsIn(waiters) + units;
    if (waiting > policy.units) faults.push(`${waiting} units wait where ${policy.units} may`);
    const lying = servableUnits(after, locationIds);
    if (lying > 0) faults.push(`waits while ${lying} units lie there`);

    const timetable = this.#deliveries.timetable(fact.at, policy.graceMs);
    for (const waiter of waiters) timetable.promise(waiter);
    const promised = timetable.promise({ units, locationIds });
    this.leftToCome = timetable.left(locationIds);
    if (promised.units < units) faults.push(`${units} units wait where ${promised.units} are to come that nobody waits for`);
    const expectedAt = numberOf({ data }, 'expectedAt');
    if (promised.expectedAt !== expectedAt) faults.push(`was told ${expectedAt} where ${String(promised.expectedAt)} is the date`);
    const held = fact.at + numberOf({ data }, 'ttlMs');
    const until = sum(unitsOf(fact, 'takes')) > 0 ? held : Math.max(held, expectedAt + policy.graceMs);
    if (numberOf(fact, 'expiresAt') !== until) faults.push(`waits until ${numberOf(fact, 'expiresAt')} where it may until ${until}`);
    return faults;
  }

  /** When the last of the waiters stops waiting; undefined if too little is to come for it. */
  #waitsUntil(waiters: readonly Waiter[], at: number): number | undefined {
    const timetable = this.#deliveries.timetable(at, this.#graceMs);
    const [last, ...others] = [...waiters].reverse();
    for (const waiter of others.reverse()) timetable.promise(waiter);
    if (last === undefined) return undefined;
    const { units, expectedAt } = timetable.promise(last);
    return units < last.units || expectedAt === undefined ? undefined : expectedAt + this.#graceMs;
  }

  #keptWaiting(fact: Fact, waiters: readonly Waiter[]): readonly string[] {
    const last = waiters.at(-1);
    if (last === undefined || last.heldUnits > 0) return ['was kept for supply that it does not wait for alone'];
    const until = this.#waitsUntil(waiters, fact.at);
    const expiresAt = numberOf(fact, 'expiresAt');
    return until === expiresAt ? [] : [`is kept waiting until ${expiresAt} where ${String(until)} is as late as it may come`];
  }

  #givenUp(fact: Fact, waiters: readonly Waiter[]): readonly string[] {
    const last = waiters.at(-1);
    if (last === undefined || last.heldUnits > 0) return [];
    const until = this.#waitsUntil(waiters, fact.at);
    return until === undefined || until <= last.expiresAt ? [] : [`was given up although what it waits for may come until ${until}`];
  }
}

const mayWait = ({ channels }: Policy, channelId: unknown): boolean => channels === undefined || channels.includes(String(channelId));

const unitsIn = (waiters: readonly Waiter[]): number => waiters.reduce((units, waiter) => units + waiter.units, 0);

/** Reports a waiter that could have used units which were taken. */
function passed(takes: readonly Units[], waiters: readonly Waiter[], before: FreeUnits = NO_FREE_UNITS): readonly string[] {
  if (unowedUnits(before) <= 0) return [];
  for (const { reservationId, locationIds } of waiters) {
    const taken = takes.find(({ locationId }) => mayServe(locationIds, locationId));
    if (taken !== undefined) return [`units at ${taken.locationId} went past ${reservationId}, which waits for them`];
  }
  return [];
}
