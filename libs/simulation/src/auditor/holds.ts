import { byLocation, numberOf, recordOf, sum, textOf, textsOf, unitsOf, type Fact, type Units } from './facts.js';
import { mayServe, type Waiter } from './waiter.js';

/** Units of a reservation as of an event. */
interface Tally {
  readonly position: number;
  readonly taken: number;
  readonly waiting: number;
}

/** One reservation, as the stream of its SKU tells it. */
export interface Hold {
  readonly reservationId: string;
  readonly orderId: string;
  readonly placed: Fact;
  /** Units ever given to it, and units waiting, after each change. The last entry is the present one. */
  readonly tallies: Tally[];
  readonly open: Map<string, number>;
  /** Only these locations may serve waiting units; any if undefined. */
  readonly waitsAt: readonly string[] | undefined;
  expiresAt: number;
  /** The latest expiry it ever had. */
  latestEnd: number;
  /** The expiry of held units that its caller was told: at placement, or by an extension that the caller requested. */
  toldUntil: number;
  /** The longest TTL it ever had. */
  ttlMs: number;
  ending: 'open' | 'committed' | 'released' | 'expired';
  endedAt: number;
  /** Units sold, by commit. */
  readonly commits: Map<string, number>;
  /** Commands that extended it. */
  readonly extensions: Set<string>;
  /** Commands that released a part. */
  readonly releases: Set<string>;
}

const NOTHING: Tally = { position: -1, taken: 0, waiting: 0 };

export const openUnits = ({ open }: Hold): number => [...open.values()].reduce((total, units) => total + units, 0);
export const committedUnits = ({ commits }: Hold): number => [...commits.values()].reduce((total, units) => total + units, 0);

const givenUnits = ({ tallies }: Hold): number => (tallies.at(-1) ?? NOTHING).taken;
export const waitingUnits = ({ tallies }: Hold): number => (tallies.at(-1) ?? NOTHING).waiting;
/** Its given and waiting units at every moment of the log from one position to another. */
export const talliesOf = ({ tallies }: Hold, from: number, to: number): readonly Tally[] =>
  tallies.filter(({ position }, index) => position <= to && (tallies[index + 1]?.position ?? Number.POSITIVE_INFINITY) > from);

/** Checks the life of every reservation of one SKU: one placement, one end, and no release of units that are not held. */
export class Holds {
  readonly all = new Map<string, Hold>();
  /** The newest hold of each order of each channel. */
  readonly #ofOrders = new Map<string, Hold>();

  /** Reservations that wait for supply now, in order of arrival. */
  waiters(): readonly Waiter[] {
    return [...this.all.values()]
      .filter((hold) => waitingUnits(hold) > 0)
      .map((hold) => ({
        reservationId: hold.reservationId,
        units: waitingUnits(hold),
        heldUnits: openUnits(hold),
        locationIds: hold.waitsAt,
        expiresAt: hold.expiresAt,
      }));
  }

  /** @returns what is wrong with the event */
  observe(fact: Fact): readonly string[] {
    if (fact.type === 'ReservationPlaced') return this.#place(fact);
    const hold = this.all.get(textOf(fact, 'reservationId'));
    if (hold === undefined) return [`${fact.type} of a reservation that was never placed`];
    switch (fact.type) {
      case 'ReservationPromoted':
        return promote(hold, fact);
      case 'ReservationCommitted':
        return this.#commit(hold, fact);
      case 'ReservationCommitReversed':
        return this.#reverse(hold, fact);
      case 'ReservationReduced':
        return reduce(hold, fact);
      case 'ReservationReleased':
        return this.#end(hold, fact, 'released');
      case 'ReservationExpired':
        return [
          ...(fact.at < hold.expiresAt ? [`expired ${hold.expiresAt - fact.at} ms before its time`] : []),
          ...this.#end(hold, fact, 'expired'),
        ];
      case 'ReservationExtended':
        return this.#extend(hold, fact);
      default:
        return [];
    }
  }

  #place(fact: Fact): readonly string[] {
    const reservationId = textOf(fact, 'reservationId');
    const takes = unitsOf(fact, 'takes');
    const expiresAt = numberOf(fact, 'expiresAt');
    const data = recordOf(fact, 'waiting');
    const waiting = data === undefined ? 0 : numberOf({ data }, 'quantity');
    const faults = this.all.has(reservationId) ? [`${reservationId} was placed twice`] : [];
    if (sum(takes) + waiting > numberOf(fact, 'requested')) faults.push('more was taken than was asked for');
    if (takes.some(({ quantity }) => !isCount(quantity)) || (data !== undefined && !isCount(waiting)))
      faults.push('a take is no count of units');
    const order = JSON.stringify([fact.data['orderId'], fact.data['channelId']]);
    const before = this.#ofOrders.get(order);
    if (before?.ending === 'open' && before.expiresAt > fact.at)
      faults.push(`is a second hold of an order that has ${before.reservationId}`);
    const hold: Hold = {
      reservationId,
      orderId: textOf(fact, 'orderId'),
      placed: fact,
      tallies: [{ position: fact.position, taken: sum(takes), waiting }],
      open: byLocation(takes),
      waitsAt: data === undefined ? undefined : textsOf({ data }, 'locationIds'),
      expiresAt,
      latestEnd: expiresAt,
      toldUntil: sum(takes) > 0 ? expiresAt : 0,
      ttlMs: data === undefined ? expiresAt - fact.at : numberOf({ data }, 'ttlMs'),
      ending: 'open',
      endedAt: 0,
      commits: new Map(),
      extensions: new Set(),
      releases: new Set(),
    };
    this.all.set(reservationId, hold);
    this.#ofOrders.set(order, hold);
    return faults;
  }

  #commit(hold: Hold, fact: Fact): readonly string[] {
    const takes = unitsOf(fact, 'takes');
    const commitId = textOf(fact, 'commitId');
    const faults = notOpen(hold, fact);
    if (fact.at >= hold.expiresAt) faults.push(`committed ${fact.at - hold.expiresAt} ms after it had run out`);
    if (hold.commits.has(commitId)) faults.push(`commit ${commitId} took effect twice`);
    faults.push(...takeOff(hold, takes));
    hold.commits.set(commitId, sum(takes));
    const left = openUnits(hold) + waitingUnits(hold);
    if (left !== numberOf(fact, 'openUnits')) faults.push('the units said to be open are not those that are');
    if (left === 0) finish(hold, fact, 'committed');
    return faults;
  }

  #reverse(hold: Hold, fact: Fact): readonly string[] {
    const commitId = textOf(fact, 'commitId');
    return hold.commits.delete(commitId) ? [] : [`commit ${commitId} was reversed and does not stand`];
  }

  #end(hold: Hold, fact: Fact, ending: 'released' | 'expired'): readonly string[] {
    const takes = unitsOf(fact, 'takes');
    const faults = notOpen(hold, fact);
    if (sum(takes) !== openUnits(hold)) faults.push(`${sum(takes)} units ${ending} where ${openUnits(hold)} were held`);
    faults.push(...takeOff(hold, takes));
    finish(hold, fact, ending);
    return faults;
  }

  #extend(hold: Hold, fact: Fact): readonly string[] {
    const faults = notOpen(hold, fact);
    const expiresAt = numberOf(fact, 'expiresAt');
    // A reservation that only waits holds no stock, so it ends by an event, not by the clock.
    const onlyWaits = waitingUnits(hold) > 0 && openUnits(hold) === 0;
    if (fact.at >= hold.expiresAt && !onlyWaits) faults.push('extended after it had run out');
    if (expiresAt < hold.expiresAt) faults.push('extended to an earlier time');
    endAt(hold, expiresAt);
    // A waiting reservation may be extended for late supply, without a command of its caller.
    if (fact.data['commandId'] === undefined) return faults;
    const command = textOf(fact, 'commandId');
    if (hold.extensions.has(command)) faults.push(`extended twice by the command ${command}`);
    hold.extensions.add(command);
    hold.toldUntil = expiresAt;
    hold.ttlMs = Math.max(hold.ttlMs, expiresAt - fact.at);
    return faults;
  }
}

const isCount = (units: number): boolean => Number.isSafeInteger(units) && units > 0;

/** Waiting units become held, together with those held before, for the TTL of a new hold. */
function promote(hold: Hold, fact: Fact): readonly string[] {
  const takes = unitsOf(fact, 'takes');
  const expiresAt = numberOf(fact, 'expiresAt');
  const faults = notOpen(hold, fact);
  const [before, heldUnits, units] = [waitingUnits(hold), openUnits(hold), sum(takes)];
  const waiting = before - units;
  if (units < 1 || waiting < 0 || waiting !== numberOf(fact, 'waitingUnits'))
    faults.push(`${units} units came where ${before} were waited for`);
  if (takes.some(({ locationId }) => !mayServe(hold.waitsAt, locationId))) faults.push('was served from where it must not be');
  if (heldUnits > 0 && fact.at >= hold.expiresAt) faults.push('came after it had run out');
  const { toldUntil } = hold;
  if (heldUnits > 0 && expiresAt < toldUntil) faults.push(`cut the time that its caller was told by ${toldUntil - expiresAt} ms`);
  const ofHold = fact.at + ttlOfWait(hold);
  const expected = Math.max(ofHold, waiting === 0 ? toldUntil : hold.expiresAt);
  if (expiresAt !== expected) faults.push(`is held until ${expiresAt} where its time to live says ${expected}`);
  for (const { locationId, quantity } of takes) hold.open.set(locationId, (hold.open.get(locationId) ?? 0) + quantity);
  hold.tallies.push({ position: fact.position, taken: givenUnits(hold) + units, waiting });
  endAt(hold, expiresAt);
  return faults;
}

/** A part is released: waiting units first, then held ones. */
function reduce(hold: Hold, fact: Fact): readonly string[] {
  const takes = unitsOf(fact, 'takes');
  const givenUp = numberOf(fact, 'givenUpUnits');
  const releaseId = textOf(fact, 'releaseId');
  const faults = notOpen(hold, fact);
  if (fact.at >= hold.expiresAt && openUnits(hold) > 0) faults.push('a part was let go after it had run out');
  if (hold.releases.has(releaseId)) faults.push(`part ${releaseId} was let go twice`);
  if (givenUp > waitingUnits(hold)) faults.push(`${givenUp} units given up where ${waitingUnits(hold)} waited`);
  if (sum(takes) > 0 && givenUp < waitingUnits(hold)) faults.push('held units were let go before those that wait');
  faults.push(...takeOff(hold, takes));
  hold.releases.add(releaseId);
  hold.tallies.push({ position: fact.position, taken: givenUnits(hold), waiting: waitingUnits(hold) - givenUp });
  if (openUnits(hold) + waitingUnits(hold) === 0) faults.push('a part was all that was left');
  return faults;
}

function ttlOfWait({ placed }: Hold): number {
  const data = recordOf(placed, 'waiting');
  return data === undefined ? 0 : numberOf({ data }, 'ttlMs');
}

function endAt(hold: Hold, expiresAt: number): void {
  hold.expiresAt = expiresAt;
  hold.latestEnd = Math.max(hold.latestEnd, expiresAt);
}

const notOpen = (hold: Hold, { type }: Fact): string[] => (hold.ending === 'open' ? [] : [`${type} after it was ${hold.ending}`]);

function finish(hold: Hold, fact: Fact, ending: Hold['ending']): void {
  hold.ending = ending;
  hold.endedAt = fact.recordedAt;
  hold.tallies.push({ position: fact.position, taken: givenUnits(hold), waiting: 0 });
  hold.open.clear();
}

function takeOff(hold: Hold, takes: readonly Units[]): readonly string[] {
  const faults: string[] = [];
  for (const { locationId, quantity } of takes) {
    const held = hold.open.get(locationId) ?? 0;
    if (quantity > held) faults.push(`${quantity} units let go at ${locationId} where ${held} were held`);
    hold.open.set(locationId, held - quantity);
  }
  return faults;
}
