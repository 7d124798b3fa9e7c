/** A lot as somebody writes it down. Goods point to it, so another name of it changes nothing else. */
export interface ModelLot {
  id: string;
  /** False for one that a recall named before anything of it came. */
  known: boolean;
  expiresAt: number | undefined;
  /** Its date; a person may say before that it is expired. */
  date: number | undefined;
  /** When something of it came first. */
  readonly since: number;
  /** Lots that goods of it were of before: they were split from these, or merged with it. */
  readonly from: Set<ModelLot>;
  /** Locations that it ever came to. */
  readonly places: Set<string>;
}

/** One piece of goods. `at` is a location, or the id of the transfer that it travels with. */
export interface Unit {
  at: string;
  lot: ModelLot | undefined;
  /** Empty for no bin. */
  bin: string;
}

/** A hold as somebody put a label on goods. */
export interface LotLabel {
  readonly at: string | undefined;
  readonly lots: Set<ModelLot> | undefined;
  /** Undefined for all of it. */
  units: number | undefined;
  open: boolean;
}

interface Held {
  readonly at: string;
  open: number;
  readonly expiresAt: number;
  state: 'held' | 'committed' | 'released';
  readonly sold: Map<string, readonly Unit[]>;
}

const byText = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);
/** Bins by name, and what lies in none last. */
const byBin = (one: Unit, other: Unit): number =>
  one.bin === '' || other.bin === '' ? Number(one.bin === '') - Number(other.bin === '') : byText(one.bin, other.bin);

/**
 * A plain model of the lots of one SKU: a list of single units, and labels for the holds. It knows the rules from the documentation only and
 * shares nothing with the decider.
 */
export class LotModel {
  readonly units: Unit[] = [];
  /** Units that left by the books and were not there, by location: so many of those without a lot and bin are missing. */
  readonly missing = new Map<string, number>();
  /** By each name that a lot has or had. */
  readonly names = new Map<string, ModelLot>();
  readonly labels = new Map<string, LotLabel>();
  readonly reservations = new Map<string, Held>();
  readonly transfers = new Map<string, { readonly from: string; readonly to: string }>();
  control: 'none' | 'optional' | 'required' = 'none';

  constructor(readonly locations: readonly string[]) {}

  lot(name: string): ModelLot | undefined {
    const lot = this.names.get(name);
    return lot?.known === true ? lot : undefined;
  }

  /** The lot, made known if it was not. */
  declare(name: string, at: number, expiresAt: number | undefined): ModelLot {
    const lot = this.named(name, at);
    if (!lot.known) Object.assign(lot, { expiresAt, date: expiresAt });
    lot.known = true;
    return lot;
  }

  /** The lot, known or not. */
  named(name: string, since: number): ModelLot {
    const lot = this.names.get(name) ?? {
      id: name,
      known: false,
      expiresAt: undefined,
      date: undefined,
      since,
      from: new Set<ModelLot>(),
      places: new Set<string>(),
    };
    this.names.set(name, lot);
    return lot.known ? lot : Object.assign(lot, { since });
  }

  there(at: string): readonly Unit[] {
    return this.units.filter((unit) => unit.at === at);
  }

  inPosition(at: string, lot: ModelLot | undefined, bin?: string): readonly Unit[] {
    return this.there(at).filter(
      (unit) => unit.lot === lot && (bin === undefined ? lot !== undefined || unit.bin !== '' : unit.bin === bin),
    );
  }

  onHand(at: string): number {
    return this.there(at).length - (this.missing.get(at) ?? 0);
  }

  loose(at: string): number {
    return this.inPosition(at, undefined, '').length - (this.missing.get(at) ?? 0);
  }

  add(at: string, lot: ModelLot | undefined, bin: string, quantity: number): void {
    lot?.places.add(at);
    for (let left = quantity; left > 0; left -= 1) {
      const missing = lot === undefined && bin === '' ? (this.missing.get(at) ?? 0) : 0;
      if (missing > 0) this.missing.set(at, missing - 1);
      else this.units.push({ at, lot, bin });
    }
  }

  remove(units: readonly Unit[]): void {
    for (const unit of units) this.units.splice(this.units.indexOf(unit), 1);
  }

  /** Takes units without a lot and bin; those that are not there are missing. */
  removeLoose(at: string, quantity: number): void {
    const found = this.inPosition(at, undefined, '').slice(0, quantity);
    this.remove(found);
    this.missing.set(at, (this.missing.get(at) ?? 0) + quantity - found.length);
  }

  isWhollyHeld(at: string): boolean {
    return this.#open().some((label) => label.lots === undefined && label.units === undefined && (label.at ?? at) === at);
  }

  /** Why nothing of the lot may leave. */
  block(lot: ModelLot, at: string, now: number): 'lot_held' | 'lot_expired' | undefined {
    const isHeld = this.#open().some(
      ({ units, at: only, lots }) => units === undefined && (only ?? at) === at && (lots === undefined || lots.has(lot)),
    );
    if (isHeld) return 'lot_held';
    return lot.expiresAt !== undefined && lot.expiresAt <= now ? 'lot_expired' : undefined;
  }

  /** Whether a label of this location alone keeps all of the lot. */
  isBlockedHere(lot: ModelLot, at: string): boolean {
    return this.#open().some((label) => label.units === undefined && label.at === at && (label.lots === undefined || label.lots.has(lot)));
  }

  /** How many units of the lot labels with a number name. */
  namedUnits(lot: ModelLot | undefined, at: string): number {
    const labels = this.#open().filter((label) => label.at === at && (lot === undefined ? label.lots === undefined : label.lots?.has(lot)));
    return labels.reduce((sum, { units = 0 }) => sum + units, 0);
  }

  /** Units of the location that may not leave. */
  held(at: string, now: number): number {
    const most = Math.max(0, this.onHand(at));
    if (this.isWhollyHeld(at)) return most;
    const here = this.there(at);
    const blocked = here.filter(({ lot }) => lot !== undefined && this.block(lot, at, now) !== undefined);
    let kept = blocked.length;
    if (this.control === 'required') kept += Math.max(0, this.loose(at)) + this.inPosition(at, undefined).length;
    let named = this.namedUnits(undefined, at);
    for (const lot of new Set(here.map((unit) => unit.lot))) {
      if (lot === undefined || this.block(lot, at, now) !== undefined) continue;
      named += Math.min(this.inPosition(at, lot).length, this.namedUnits(lot, at));
    }
    return kept + Math.min(Math.max(0, most - kept), named);
  }

  reserved(at: string, now: number): number {
    const held = [...this.reservations.values()].filter((each) => each.at === at && each.state === 'held' && each.expiresAt > now);
    return held.reduce((sum, { open }) => sum + open, 0);
  }

  /** What may be promised there; what one location owes stays at the others. */
  free(at: string, now: number): number {
    return Math.max(0, this.onHand(at) - this.held(at, now) - this.reserved(at, now));
  }

  promisable(at: string, now: number): number {
    let left = 0;
    for (const each of this.locations) left += this.onHand(each) - this.held(each, now) - this.reserved(each, now);
    return Math.min(Math.max(0, left), this.free(at, now));
  }

  /** Of the lot, or of bins without one, what may leave: bins in order, and as many stay as labels name. */
  sellableOf(lot: ModelLot | undefined, at: string, now: number): readonly Unit[] {
    if (lot === undefined ? this.control === 'required' : this.block(lot, at, now) !== undefined) return [];
    const all = [...this.inPosition(at, lot)].sort(byBin);
    return all.slice(0, Math.max(0, all.length - (lot === undefined ? 0 : this.namedUnits(lot, at))));
  }

  /** What leaves for a sale: first expiry first, units without a lot after those that have one. Fewer where the rest has no lot and bin. */
  firstExpiring(at: string, quantity: number, now: number, taken: readonly Unit[] = []): readonly Unit[] {
    const dated = (lot: ModelLot): number => lot.expiresAt ?? Number.POSITIVE_INFINITY;
    const lots = [...new Set(this.there(at).map((unit) => unit.lot))].sort((one, other) => {
      if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
      return (dated(one) === dated(other) ? 0 : dated(one) - dated(other)) || one.since - other.since || byText(one.id, other.id);
    });
    const able = lots.flatMap((lot) => this.sellableOf(lot, at, now));
    return able.filter((unit) => !taken.includes(unit)).slice(0, quantity);
  }

  /** The lot, in bins by name. */
  ofLot(lot: ModelLot | undefined, at: string, quantity: number, bin?: string): readonly Unit[] {
    return [...this.inPosition(at, lot, bin)].sort(byBin).slice(0, quantity);
  }

  /** The labels on the lot are on what is split from it, too. */
  split(from: ModelLot, part: ModelLot): void {
    for (const { units, lots } of this.#open()) if (units === undefined && lots?.has(from) === true) lots.add(part);
  }

  /** Goods of the one are of the other from now on. */
  becomes(one: ModelLot, other: ModelLot): void {
    for (const lot of [one, ...one.from]) if (lot !== other) other.from.add(lot);
  }

  /** The lot and every lot that has goods of it. */
  family(lot: ModelLot): Set<ModelLot> {
    return new Set([lot, ...[...this.names.values()].filter(({ from }) => from.has(lot))]);
  }

  /** Whether a label keeps all of the one lot there and not the other. */
  isKeptApart(one: ModelLot, other: ModelLot, at: string): boolean {
    return this.#open().some((label) => {
      const keeps = label.units === undefined && (label.at ?? at) === at && label.lots?.has(one) === true;
      return keeps && label.lots?.has(other) !== true;
    });
  }

  #open(): readonly LotLabel[] {
    return [...this.labels.values()].filter(({ open }) => open);
  }
}
