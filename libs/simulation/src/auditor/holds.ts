import { numberOf, sum, textOf, unitsOf, type Fact, type Units } from './facts.js';

/** What the stream of a SKU says of one reservation. */
export interface Hold {
  readonly reservationId: string;
  readonly orderId: string;
  readonly placed: Fact;
  readonly takenUnits: number;
  readonly open: Map<string, number>;
  expiresAt: number;
  /** The longest time to live it was ever given. */
  ttlMs: number;
  ending: 'open' | 'committed' | 'released' | 'expired';
  endedAt: number;
  /** Units that left for good, by commit. */
  readonly commits: Map<string, number>;
  /** Commands that extended it. */
  readonly extensions: Set<string>;
}

export const openUnits = ({ open }: Hold): number => [...open.values()].reduce((total, units) => total + units, 0);
export const committedUnits = ({ commits }: Hold): number => [...commits.values()].reduce((total, units) => total + units, 0);

/** The life of every reservation of one SKU: placed once, ended once, nothing let go that is not held. */
export class Holds {
  readonly all = new Map<string, Hold>();

  /** @returns what is wrong with the event */
  observe(fact: Fact): readonly string[] {
    if (fact.type === 'ReservationPlaced') return this.#place(fact);
    const hold = this.all.get(textOf(fact, 'reservationId'));
    if (hold === undefined) return [`${fact.type} of a reservation that was never placed`];
    switch (fact.type) {
      case 'ReservationCommitted':
        return this.#commit(hold, fact);
      case 'ReservationCommitReversed':
        return this.#reverse(hold, fact);
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
    const faults = this.all.has(reservationId) ? [`${reservationId} was placed twice`] : [];
    if (sum(takes) > numberOf(fact, 'requested')) faults.push('more was taken than was asked for');
    if (takes.some(({ quantity }) => !Number.isSafeInteger(quantity) || quantity < 1)) faults.push('a take is no count of units');
    this.all.set(reservationId, {
      reservationId,
      orderId: textOf(fact, 'orderId'),
      placed: fact,
      takenUnits: sum(takes),
      open: byLocation(takes),
      expiresAt,
      ttlMs: expiresAt - fact.at,
      ending: 'open',
      endedAt: 0,
      commits: new Map(),
      extensions: new Set(),
    });
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
    if (openUnits(hold) !== numberOf(fact, 'openUnits')) faults.push('the units said to be open are not those that are');
    if (openUnits(hold) === 0) finish(hold, fact, 'committed');
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
    if (fact.at >= hold.expiresAt) faults.push('extended after it had run out');
    if (expiresAt < hold.expiresAt) faults.push('extended to an earlier time');
    const command = textOf(fact, 'commandId');
    if (hold.extensions.has(command)) faults.push(`extended twice by the command ${command}`);
    hold.extensions.add(command);
    hold.expiresAt = expiresAt;
    hold.ttlMs = Math.max(hold.ttlMs, expiresAt - fact.at);
    return faults;
  }
}

const notOpen = (hold: Hold, { type }: Fact): string[] => (hold.ending === 'open' ? [] : [`${type} after it was ${hold.ending}`]);

function finish(hold: Hold, fact: Fact, ending: Hold['ending']): void {
  hold.ending = ending;
  hold.endedAt = fact.recordedAt;
  hold.open.clear();
}

function byLocation(takes: readonly Units[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { locationId, quantity } of takes) units.set(locationId, (units.get(locationId) ?? 0) + quantity);
  return units;
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
