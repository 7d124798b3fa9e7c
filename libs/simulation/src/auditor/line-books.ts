import { Deliveries, Timetable } from './deliveries.js';
import { numberOf, recordOf, sum, textOf, textsOf, unitsOf, type Fact, type Units } from './facts.js';
import { EMPTY_SHELVES, servableUnits, unowedUnits, type Shelves } from './shelves.js';
import { mayServe, type Waiter } from './waiter.js';

/** Who may wait, as the SKU's limits say. */
interface Policy {
  readonly units: number;
  readonly graceMs: number;
  readonly channels: readonly string[] | undefined;
}

/** How late a delivery may be where nobody said so. */
const USUAL_GRACE_MS = 7 * 86_400_000;

/** How many units could be waited for by somebody of a channel as of one moment, whatever happens afterwards. */
export type ToBeWaitedFor = (at: number, channelId: string | undefined) => number;

/** Deliveries and the line of those who wait for them: nobody waits for nothing, nobody is passed, nobody is given up too soon. */
export class LineBooks {
  readonly #deliveries = new Deliveries();
  #policy: Policy | undefined;
  #decision = '';
  /** Units to come that were left to promise to whoever came last. */
  leftToCome = 0;

  /**
   * @param line who waited before the event, first come first
   * @param before what lay there before it
   * @param after what lies there now
   * @returns what is wrong as of this event
   */
  observe(fact: Fact, line: readonly Waiter[], before: Shelves, after: Shelves): readonly string[] {
    const faults = [...this.#deliveries.observe(fact), ...this.#betweenDecisions(fact, line, before)];
    const own = line.findIndex(({ reservationId }) => reservationId === textOf(fact, 'reservationId'));
    switch (fact.type) {
      case 'LimitsSet':
        this.#setPolicy(fact);
        return faults;
      case 'ReservationPlaced':
        return [...faults, ...passed(unitsOf(fact, 'takes'), line, before), ...this.#join(fact, line, after)];
      case 'StockMoved':
      case 'TransferShipped': {
        const left = { locationId: textOf(fact, 'fromLocationId'), quantity: numberOf(fact, 'quantity') };
        return [...faults, ...passed([left], line, before)];
      }
      case 'ReservationPromoted':
        return [...faults, ...passed(unitsOf(fact, 'takes'), line.slice(0, Math.max(0, own)), before)];
      case 'ReservationExtended':
        return fact.data['commandId'] === undefined ? [...faults, ...this.#keptWaiting(fact, line.slice(0, own + 1))] : faults;
      case 'ReservationExpired':
        return [...faults, ...this.#givenUp(fact, line.slice(0, own + 1))];
      default:
        return faults;
    }
  }

  /** Whatever became free was handed to those who wait by the decision that freed it. */
  unserved(line: readonly Waiter[], shelves: Shelves): readonly string[] {
    const one = line.find(({ locationIds }) => servableUnits(shelves, locationIds) > 0);
    return one === undefined ? [] : [`${one.reservationId} waits for units that lie there`];
  }

  /** As of now; undefined where nobody may wait. */
  toBeWaitedFor(line: readonly Waiter[]): ToBeWaitedFor | undefined {
    const policy = this.#policy;
    if (policy === undefined) return undefined;
    const deliveries = this.#deliveries.copy();
    return (at, channelId) => {
      if (!mayWait(policy, channelId)) return 0;
      const timetable = new Timetable(deliveries, at, policy.graceMs);
      for (const waiter of line) timetable.promise(waiter);
      return Math.max(0, Math.min(timetable.left(undefined), policy.units - unitsIn(line)));
    };
  }

  #betweenDecisions({ commandId, at }: Fact, line: readonly Waiter[], before: Shelves): readonly string[] {
    const decision = `${commandId} at ${at}`;
    if (decision === this.#decision) return [];
    this.#decision = decision;
    return this.unserved(line, before);
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

  #join(fact: Fact, line: readonly Waiter[], after: Shelves): readonly string[] {
    this.leftToCome = 0;
    const data = recordOf(fact, 'waiting');
    if (data === undefined) return [];
    const policy = this.#policy;
    if (policy === undefined || !mayWait(policy, fact.data['channelId'])) return ['waits, and nobody said that it may'];
    const [units, locationIds] = [numberOf({ data }, 'quantity'), textsOf({ data }, 'locationIds')];
    const faults: string[] = [];
    const waiting = unitsIn(line) + units;
    if (waiting > policy.units) faults.push(`${waiting} units wait where ${policy.units} may`);
    const lying = servableUnits(after, locationIds);
    if (lying > 0) faults.push(`waits while ${lying} units lie there`);

    const timetable = this.#deliveries.timetable(fact.at, policy.graceMs);
    for (const waiter of line) timetable.promise(waiter);
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

  /** When the last in the line is not kept waiting any longer; undefined where too little is to come for it. */
  #waitsUntil(line: readonly Waiter[], at: number): number | undefined {
    const timetable = this.#deliveries.timetable(at, this.#graceMs);
    const [last, ...others] = [...line].reverse();
    for (const waiter of others.reverse()) timetable.promise(waiter);
    if (last === undefined) return undefined;
    const { units, expectedAt } = timetable.promise(last);
    return units < last.units || expectedAt === undefined ? undefined : expectedAt + this.#graceMs;
  }

  #keptWaiting(fact: Fact, line: readonly Waiter[]): readonly string[] {
    const last = line.at(-1);
    if (last === undefined || last.heldUnits > 0) return ['was kept for supply that it does not wait for alone'];
    const until = this.#waitsUntil(line, fact.at);
    const expiresAt = numberOf(fact, 'expiresAt');
    return until === expiresAt ? [] : [`is kept waiting until ${expiresAt} where ${String(until)} is as late as it may come`];
  }

  #givenUp(fact: Fact, line: readonly Waiter[]): readonly string[] {
    const last = line.at(-1);
    if (last === undefined || last.heldUnits > 0) return [];
    const until = this.#waitsUntil(line, fact.at);
    return until === undefined || until <= last.expiresAt ? [] : [`was given up although what it waits for may come until ${until}`];
  }
}

const mayWait = ({ channels }: Policy, channelId: unknown): boolean => channels === undefined || channels.includes(String(channelId));

const unitsIn = (line: readonly Waiter[]): number => line.reduce((units, waiter) => units + waiter.units, 0);

/** Who came before must have had no use for what was taken. */
function passed(takes: readonly Units[], line: readonly Waiter[], before: Shelves = EMPTY_SHELVES): readonly string[] {
  if (unowedUnits(before) <= 0) return [];
  for (const { reservationId, locationIds } of line) {
    const taken = takes.find(({ locationId }) => mayServe(locationIds, locationId));
    if (taken !== undefined) return [`units at ${taken.locationId} went past ${reservationId}, which waits for them`];
  }
  return [];
}
