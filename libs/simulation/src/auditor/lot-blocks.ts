import { numberOf, recordsOf, textOf, unitsOf, type Fact } from './facts.js';
import { LotSteps } from './lot-steps.js';
import { LotTransits } from './lot-transits.js';

interface Position {
  readonly locationId: string;
  readonly lotId: string;
  readonly binId: string;
  units: number;
}

interface Lot {
  readonly expired: Set<string>;
  instants: Map<string, number>;
  parent: string;
}

/** What holds keep of lots. */
export interface HoldsOnLots {
  /** Whether a hold keeps all units of the lot there. */
  readonly isHeld: (locationId: string, lotId: string) => boolean;
  /** Units of the lot there that holds with a quantity name. */
  readonly named: (locationId: string, lotId: string) => number;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const NEVER = Number.POSITIVE_INFINITY;

/** Follows the lots and positions of one SKU, position by position. */
export class LotBlocks {
  /** By location, then by lot and bin. */
  readonly #positions = new Map<string, Map<string, Position>>();
  readonly #lots = new Map<string, Lot>();
  readonly #closed = new Set<string>();
  readonly #transits = new LotTransits();
  readonly #steps = new LotSteps();
  #required = false;

  /** @returns the faults of this event */
  observe(fact: Fact, holds: HoldsOnLots): readonly string[] {
    const faults = this.#know(fact);
    const changes = recordsOf(fact, 'positions');
    if (fact.type === 'ReservationCommitted') faults.push(...this.#soldInVain(fact, changes, holds));
    for (const change of changes) faults.push(...this.#change(change));
    if (fact.type === 'ReservationCommitted') faults.push(...this.#passedOver(fact, changes, holds));
    faults.push(...this.#transits.observe(fact), ...this.#steps.observe(fact, (lotId) => this.#lots.get(lotId)?.parent));
    return faults;
  }

  /** Units at the location that may not leave, and by lot those that may. */
  keptAt(locationId: string, onHand: number, isHeld: HoldsOnLots['isHeld']): Kept {
    let [kept, assigned] = [0, 0];
    const open = new Map<string, number>();
    for (const { locationId: at, lotId, binId, units } of this.#positions.get(locationId)?.values() ?? []) {
      assigned += units;
      const lacksLot = this.#required && lotId === '';
      if (lacksLot || this.#closed.has(`${at} ${binId}`) || (lotId !== '' && (this.#isExpired(at, lotId) || isHeld(at, lotId))))
        kept += units;
      else if (lotId !== '') open.set(lotId, (open.get(lotId) ?? 0) + units);
    }
    return { kept: kept + (this.#required ? Math.max(0, onHand - assigned) : 0), open };
  }

  /** Units that may leave now and are to expire, each with its instant. */
  expiring(isHeld: HoldsOnLots['isHeld']): readonly Expiring[] {
    const expiring: Expiring[] = [];
    for (const [locationId, positions] of this.#positions) {
      for (const { lotId, units } of positions.values()) {
        const expiresAt = this.#lots.get(lotId)?.instants.get(locationId);
        if (units === 0 || expiresAt === undefined || this.#isExpired(locationId, lotId) || isHeld(locationId, lotId)) continue;
        expiring.push({ locationId, expiresAt, units });
      }
    }
    return expiring;
  }

  splitFrom(lotId: string): readonly string[] {
    return [...this.#lots].filter(([, { parent }]) => parent === lotId).flatMap(([id]) => [id, ...this.splitFrom(id)]);
  }

  #know(fact: Fact): string[] {
    const lotId = textOf(fact, 'lotId');
    const lot = this.#lots.get(lotId);
    switch (fact.type) {
      case 'LotControlSet':
        this.#required = textOf(fact, 'control') === 'required';
        return [];
      case 'LotDeclared':
        if (lot === undefined)
          this.#lots.set(lotId, { expired: new Set(), instants: instantsOf(fact), parent: textOf(fact, 'parentLotId') });
        else for (const [locationId, expiresAt] of instantsOf(fact)) lot.instants.set(locationId, expiresAt);
        return [];
      case 'LotExpiryChanged':
        lot?.expired.clear();
        if (lot !== undefined) lot.instants = instantsOf(fact);
        return [];
      case 'LotExpired':
        return this.#expire(fact, lot);
      case 'LotRenamed':
        this.#rename(lotId, textOf(fact, 'toLotId'));
        return [];
      default:
        return [];
    }
  }

  #expire(fact: Fact, lot: Lot | undefined): string[] {
    const locationIds = (fact.data['locationIds'] ?? []) as readonly string[];
    const early = locationIds.filter((locationId) => (lot?.instants.get(locationId) ?? NEVER) > fact.at);
    for (const locationId of locationIds) {
      lot?.expired.add(locationId);
      if (textOf(fact, 'because') === 'marked') lot?.instants.set(locationId, Math.min(fact.at, lot.instants.get(locationId) ?? NEVER));
    }
    return textOf(fact, 'because') === 'date' && early.length > 0 ? [`${textOf(fact, 'lotId')} expired before its time`] : [];
  }

  #isExpired(locationId: string, lotId: string): boolean {
    return this.#lots.get(lotId)?.expired.has(locationId) === true;
  }

  /** Whether units of it may not be sold at that time. */
  #isKept(locationId: string, lotId: string, at: number, { isHeld }: HoldsOnLots): boolean {
    const isDue = (this.#lots.get(lotId)?.instants.get(locationId) ?? NEVER) <= at;
    return isDue || this.#isExpired(locationId, lotId) || isHeld(locationId, lotId);
  }

  #soldInVain(fact: Fact, changes: readonly Readonly<Record<string, unknown>>[], holds: HoldsOnLots): readonly string[] {
    return changes.flatMap((change) => {
      const [locationId, lotId] = [text(change['locationId']), text(change['lotId'])];
      const isSold = Number(change['delta']) < 0 && lotId !== '';
      return isSold && this.#isKept(locationId, lotId, fact.at, holds) ? [`${lotId} was sold and may not leave`] : [];
    });
  }

  /** A sale takes what expires first, unless its caller says which lots, and units without a lot last. */
  #passedOver(fact: Fact, changes: readonly Readonly<Record<string, unknown>>[], holds: HoldsOnLots): readonly string[] {
    if (fact.data['fefoOverridden'] === true) return [];
    const sold = new Map<string, number>();
    for (const { locationId, quantity } of unitsOf(fact, 'takes')) sold.set(locationId, (sold.get(locationId) ?? 0) + quantity);
    for (const { locationId, quantity } of unitsOf(fact, 'alreadyIssued')) sold.set(locationId, (sold.get(locationId) ?? 0) - quantity);
    const faults: string[] = [];
    for (const [locationId, units] of sold) {
      if (units <= 0) continue;
      const taken = changes.filter((change) => change['locationId'] === locationId && change['lotId'] !== undefined);
      const ofLots = taken.reduce((sum, change) => sum - Number(change['delta']), 0);
      const latest = ofLots < units ? NEVER : Math.max(...taken.map((change) => this.#instantOf(locationId, text(change['lotId']))));
      for (const [lotId, left] of this.#openAt(locationId)) {
        const instant = this.#instantOf(locationId, lotId);
        const isSooner = ofLots < units || instant < latest;
        if (isSooner && left > holds.named(locationId, lotId) && !this.#isKept(locationId, lotId, fact.at, holds))
          faults.push(`${lotId} expires sooner than what was sold at ${locationId}`);
      }
    }
    return faults;
  }

  #instantOf(locationId: string, lotId: string): number {
    return this.#lots.get(lotId)?.instants.get(locationId) ?? NEVER;
  }

  /** Units of lots there in bins whose units may leave. */
  #openAt(locationId: string): ReadonlyMap<string, number> {
    const open = new Map<string, number>();
    for (const { lotId, binId, units } of this.#positions.get(locationId)?.values() ?? []) {
      if (lotId !== '' && !this.#closed.has(`${locationId} ${binId}`)) open.set(lotId, (open.get(lotId) ?? 0) + units);
    }
    return open;
  }

  #rename(lotId: string, toLotId: string): void {
    const lot = this.#lots.get(lotId);
    if (lot !== undefined) this.#lots.set(toLotId, lot);
    this.#lots.delete(lotId);
    for (const each of this.#lots.values()) if (each.parent === lotId) each.parent = toLotId;
    for (const positions of this.#positions.values()) {
      for (const [key, position] of [...positions]) {
        if (position.lotId !== lotId) continue;
        positions.delete(key);
        positions.set(`${toLotId}\n${position.binId}`, { ...position, lotId: toLotId });
      }
    }
  }

  #change(change: Readonly<Record<string, unknown>>): readonly string[] {
    const [locationId, lotId, binId] = [text(change['locationId']), text(change['lotId']), text(change['binId'])];
    if (lotId === '' && binId === '') return [];
    if (change['sellable'] === true) this.#closed.delete(`${locationId} ${binId}`);
    if (change['sellable'] === false) this.#closed.add(`${locationId} ${binId}`);
    const positions = this.#positions.get(locationId) ?? new Map<string, Position>();
    const position = positions.get(`${lotId}\n${binId}`) ?? { locationId, lotId, binId, units: 0 };
    position.units += Number(change['delta']);
    positions.set(`${lotId}\n${binId}`, position);
    this.#positions.set(locationId, positions);
    return position.units < 0 ? [`${position.units} units of ${lotId} are at ${locationId}`] : [];
  }
}

export interface Expiring {
  readonly locationId: string;
  readonly expiresAt: number;
  readonly units: number;
}

export interface Kept {
  readonly kept: number;
  readonly open: ReadonlyMap<string, number>;
}

const instantsOf = (fact: Fact): Map<string, number> =>
  new Map(recordsOf(fact, 'expiresAt').map((data) => [textOf({ data }, 'locationId'), numberOf({ data }, 'expiresAt')]));
