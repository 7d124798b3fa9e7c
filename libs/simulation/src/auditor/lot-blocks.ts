import { recordsOf, textOf, type Fact } from './facts.js';

interface Position {
  readonly locationId: string;
  readonly lotId: string;
  readonly binId: string;
  units: number;
}

interface Lot {
  readonly expired: Set<string>;
  readonly parent: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Follows the lots and positions of one SKU, position by position. */
export class LotBlocks {
  readonly #positions = new Map<string, Position>();
  readonly #lots = new Map<string, Lot>();
  readonly #closed = new Set<string>();
  #required = false;

  /** @param isHeld whether a hold keeps all units of the lot there @returns the faults of this event */
  observe(fact: Fact, isHeld: (locationId: string, lotId: string) => boolean): readonly string[] {
    const lotId = textOf(fact, 'lotId');
    switch (fact.type) {
      case 'LotControlSet':
        this.#required = textOf(fact, 'control') === 'required';
        break;
      case 'LotDeclared':
        if (!this.#lots.has(lotId)) this.#lots.set(lotId, { expired: new Set(), parent: textOf(fact, 'parentLotId') });
        break;
      case 'LotExpiryChanged':
        this.#lots.get(lotId)?.expired.clear();
        break;
      case 'LotExpired':
        for (const locationId of (fact.data['locationIds'] ?? []) as readonly string[]) this.#lots.get(lotId)?.expired.add(locationId);
        break;
      case 'LotRenamed':
        this.#rename(lotId, textOf(fact, 'toLotId'));
        break;
      default:
    }
    return recordsOf(fact, 'positions').flatMap((change) => this.#change(fact, change, isHeld));
  }

  /** Units at the location that may not leave, and by lot those that may. */
  keptAt(locationId: string, onHand: number, isHeld: (locationId: string, lotId: string) => boolean): Kept {
    let [kept, assigned] = [0, 0];
    const open = new Map<string, number>();
    for (const { locationId: at, lotId, binId, units } of this.#positions.values()) {
      if (at !== locationId) continue;
      assigned += units;
      const lacksLot = this.#required && lotId === '';
      if (lacksLot || this.#closed.has(`${at} ${binId}`) || (lotId !== '' && (this.#isExpired(at, lotId) || isHeld(at, lotId))))
        kept += units;
      else if (lotId !== '') open.set(lotId, (open.get(lotId) ?? 0) + units);
    }
    return { kept: kept + (this.#required ? Math.max(0, onHand - assigned) : 0), open };
  }

  splitFrom(lotId: string): readonly string[] {
    return [...this.#lots].filter(([, { parent }]) => parent === lotId).flatMap(([id]) => [id, ...this.splitFrom(id)]);
  }

  #isExpired(locationId: string, lotId: string): boolean {
    return this.#lots.get(lotId)?.expired.has(locationId) === true;
  }

  #rename(lotId: string, toLotId: string): void {
    const lot = this.#lots.get(lotId);
    if (lot !== undefined) this.#lots.set(toLotId, lot);
    this.#lots.delete(lotId);
    for (const [key, position] of [...this.#positions]) {
      if (position.lotId !== lotId) continue;
      this.#positions.delete(key);
      this.#positions.set(keyOf(position.locationId, toLotId, position.binId), { ...position, lotId: toLotId });
    }
  }

  #change(
    fact: Fact,
    change: Readonly<Record<string, unknown>>,
    isHeld: (locationId: string, lotId: string) => boolean,
  ): readonly string[] {
    const [locationId, lotId, binId] = [text(change['locationId']), text(change['lotId']), text(change['binId'])];
    const delta = Number(change['delta']);
    if (lotId === '' && binId === '') return [];
    if (change['sellable'] === true) this.#closed.delete(`${locationId} ${binId}`);
    if (change['sellable'] === false) this.#closed.add(`${locationId} ${binId}`);
    const isSold = fact.type === 'ReservationCommitted' && delta < 0 && lotId !== '';
    const faults =
      isSold && (this.#isExpired(locationId, lotId) || isHeld(locationId, lotId)) ? [`${lotId} was sold and may not leave`] : [];
    const position = this.#positions.get(keyOf(locationId, lotId, binId)) ?? { locationId, lotId, binId, units: 0 };
    position.units += delta;
    this.#positions.set(keyOf(locationId, lotId, binId), position);
    return position.units < 0 ? [...faults, `${position.units} units of ${lotId} are at ${locationId}`] : faults;
  }
}

export interface Kept {
  readonly kept: number;
  readonly open: ReadonlyMap<string, number>;
}

const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts);
