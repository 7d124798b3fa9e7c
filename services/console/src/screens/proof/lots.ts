import { must } from './not-true.js';

/** A hold of units that may not leave: at every location where none is named, of all lots where none is; infinite units for all. */
export interface Hold {
  readonly locationId: string | undefined;
  lots: readonly string[] | undefined;
  units: number;
}

interface Lot {
  readonly instants: ReadonlyMap<string, number>;
  readonly expired: ReadonlySet<string>;
  readonly parent: string | undefined;
}

export interface Instant {
  readonly locationId: string;
  readonly expiresAt: number;
}

export interface PositionChange {
  readonly locationId: string;
  readonly lotId?: string;
  readonly binId?: string;
  readonly delta: number;
  readonly sellable?: boolean;
}

interface Position {
  readonly locationId: string;
  readonly lotId: string;
  readonly binId: string;
  readonly quantity: number;
}

const keyOf = ({ locationId, lotId, binId }: Omit<Position, 'quantity'>): string => JSON.stringify([locationId, lotId, binId]);
const instantsOf = (list: readonly Instant[]): [string, number][] => list.map(({ locationId, expiresAt }) => [locationId, expiresAt]);
const NO_LOT: Lot = { instants: new Map(), expired: new Set(), parent: undefined };

/** Holds, lots and positions of a SKU, and which of its units may not leave. */
export class Lots {
  private required = false;
  /** Locations at which units in bins had no lot when lots became required, as was allowed once: they were not held then. */
  private readonly lotless = new Set<string>();
  private readonly holds = new Map<string, Hold>();
  private readonly lots = new Map<string, Lot>();
  private readonly positions = new Map<string, Position>();
  private readonly closedBins = new Set<string>();

  setControl(control: string): void {
    this.required = control === 'required';
    this.lotless.clear();
    for (const { locationId, lotId } of this.required ? this.positions.values() : []) if (lotId === '') this.lotless.add(locationId);
  }

  placeHold(holdId: string, hold: Hold, followsSplits: boolean): void {
    must(!this.holds.has(holdId), `${holdId} is placed twice`);
    const split = followsSplits ? (hold.lots ?? []).flatMap((lotId) => this.splitFrom(lotId)) : [];
    this.holds.set(holdId, { ...hold, lots: hold.lots === undefined ? undefined : [...hold.lots, ...split] });
  }

  releaseHold(holdId: string, units: number): void {
    const hold = this.holds.get(holdId);
    const open = hold?.units ?? 0;
    must(units <= open, `hold ${holdId}: ${String(units)} units end where there are ${String(open)}`);
    if (hold === undefined || units === open) this.holds.delete(holdId);
    else hold.units -= units;
  }

  declare(lotId: string, expiresAt: readonly Instant[], parent: string | undefined): void {
    for (const hold of this.holds.values()) {
      const covers = parent !== undefined && hold.units === Number.POSITIVE_INFINITY && hold.lots?.includes(parent) === true;
      if (covers) hold.lots = [...(hold.lots ?? []), lotId];
    }
    const known = this.lots.get(lotId) ?? { ...NO_LOT, parent };
    this.lots.set(lotId, { ...known, instants: new Map([...known.instants, ...instantsOf(expiresAt)]) });
  }

  redate(lotId: string, expiresAt: readonly Instant[]): void {
    this.lots.set(lotId, { ...(this.lots.get(lotId) ?? NO_LOT), instants: new Map(instantsOf(expiresAt)), expired: new Set() });
  }

  expire(lotId: string, locationIds: readonly string[]): void {
    const lot = this.lots.get(lotId) ?? NO_LOT;
    this.lots.set(lotId, { ...lot, expired: new Set([...lot.expired, ...locationIds]) });
  }

  rename(lotId: string, toLotId: string): void {
    this.lots.set(toLotId, this.lots.get(lotId) ?? NO_LOT);
    this.lots.delete(lotId);
    for (const hold of this.holds.values()) hold.lots = hold.lots?.map((each) => (each === lotId ? toLotId : each));
    for (const [key, position] of [...this.positions]) {
      if (position.lotId !== lotId) continue;
      this.positions.delete(key);
      this.positions.set(keyOf({ ...position, lotId: toLotId }), { ...position, lotId: toLotId });
    }
  }

  /** @param soldAt time of a commit; undefined where the units are not sold */
  change({ locationId, lotId = '', binId = '', delta, sellable }: PositionChange, soldAt: number | undefined): void {
    if (lotId === '' && binId === '') return;
    if (sellable === true) this.closedBins.delete(`${locationId} ${binId}`);
    if (sellable === false) this.closedBins.add(`${locationId} ${binId}`);
    must(lotId === '' || this.lots.has(lotId), `the lot ${lotId} is not declared`);
    const isSold = soldAt !== undefined && delta < 0 && lotId !== '';
    const instant = this.lots.get(lotId)?.instants.get(locationId) ?? Number.POSITIVE_INFINITY;
    must(!isSold || !(this.isBlocked(locationId, lotId) || instant <= soldAt), `${lotId} was sold and may not leave ${locationId}`);
    const key = keyOf({ locationId, lotId, binId });
    const quantity = (this.positions.get(key)?.quantity ?? 0) + delta;
    must(Number.isSafeInteger(quantity) && quantity >= 0, `${String(quantity)} is no number of units`);
    this.positions.set(key, { locationId, lotId, binId, quantity });
  }

  /**
   * Units of the location that may not leave. @param said what the step says: it decides where units in bins lack a lot, until an event
   * contains them
   */
  heldUnits(locationId: string, onHand: number, said: number): number {
    const held = this.keptUnits(locationId, onHand, false);
    if (!this.lotless.has(locationId)) return held;
    const without = this.keptUnits(locationId, onHand, true);
    if (said === held && said !== without) this.lotless.delete(locationId);
    return said === without ? without : held;
  }

  private keptUnits(locationId: string, onHand: number, areLotlessFree: boolean): number {
    const named = this.named(locationId, undefined);
    const most = Math.max(0, onHand);
    if (named === Number.POSITIVE_INFINITY) return most;
    const open = new Map<string, number>();
    let [kept, assigned] = [0, 0];
    for (const { locationId: place, lotId, binId, quantity } of this.positions.values()) {
      if (place !== locationId) continue;
      assigned += quantity;
      const lacksLot = this.required && lotId === '' && !areLotlessFree;
      if (lacksLot || this.closedBins.has(`${place} ${binId}`) || (lotId !== '' && this.isBlocked(place, lotId))) kept += quantity;
      else open.set(lotId, (open.get(lotId) ?? 0) + quantity);
    }
    if (this.required) kept += Math.max(0, onHand - assigned);
    let ofLots = 0;
    for (const [lotId, there] of open) if (lotId !== '') ofLots += Math.min(there, this.named(locationId, lotId));
    return kept + Math.min(Math.max(0, most - kept), named + ofLots);
  }

  private splitFrom(lotId: string): readonly string[] {
    return [...this.lots].filter(([, { parent }]) => parent === lotId).flatMap(([id]) => [id, ...this.splitFrom(id)]);
  }

  private isBlocked(locationId: string, lotId: string): boolean {
    if (this.lots.get(lotId)?.expired.has(locationId) === true) return true;
    return this.holdsAt(locationId).some(
      ({ units, lots }) => units === Number.POSITIVE_INFINITY && (lots === undefined || lots.includes(lotId)),
    );
  }

  /** Units that holds name: with a lot those of it with a quantity, without one those of all units. */
  private named(locationId: string, lotId: string | undefined): number {
    const of = this.holdsAt(locationId).filter(({ lots, units }) =>
      lotId === undefined ? lots === undefined : units < Number.POSITIVE_INFINITY && lots?.includes(lotId) === true,
    );
    return of.reduce((sum, { units }) => sum + units, 0);
  }

  private holdsAt(locationId: string): readonly Hold[] {
    return [...this.holds.values()].filter((hold) => hold.locationId === undefined || hold.locationId === locationId);
  }
}
