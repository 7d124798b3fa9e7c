import type { SkuEvent } from '../events.js';
import type { ChangesPositions } from '../lots/events.js';
import type { Violation } from './violation.js';

interface AuditedLot {
  instants: ReadonlyMap<string, number>;
  readonly expired: Set<string>;
  parent: string | undefined;
}

interface Place {
  readonly locationId: string;
  readonly lotId: string;
  readonly binId: string;
}

const TAKES: ReadonlySet<SkuEvent['type']> = new Set(['ReservationCommitted']);

/** Follows lots and positions with its own record: every position by itself, without sums. */
export class LotsAudit {
  /** By location, lot and bin. */
  readonly #units = new Map<string, Place & { quantity: number }>();
  readonly #lots = new Map<string, AuditedLot>();
  readonly #closedBins = new Set<string>();
  /** Units in transit, by transfer and lot. */
  readonly #inTransit = new Map<string, Map<string, number>>();
  #required = false;
  /** Locations at which units in bins had no lot when lots became required, as was allowed once: they were not held then. */
  readonly #lotlessBins = new Set<string>();
  isUsed = false;

  /**
   * Applies the event that happened at `at`.
   * @param isHeld whether a hold keeps all units of the lot at the location
   */
  observe(event: SkuEvent, at: number, isHeld: (locationId: string, lotId: string) => boolean): readonly Violation[] {
    const found: Violation[] = [];
    switch (event.type) {
      case 'LotControlSet':
        this.isUsed = true;
        this.#required = event.control === 'required';
        this.#lotlessBins.clear();
        for (const { lotId, locationId } of this.#required ? this.#units.values() : []) if (lotId === '') this.#lotlessBins.add(locationId);
        break;
      case 'LotDeclared':
        this.isUsed = true;
        this.#declare(event);
        break;
      case 'LotExpiryChanged':
        this.#lots.set(event.lotId, { ...this.#lotOf(event.lotId), instants: instantsOf(event.expiresAt), expired: new Set() });
        break;
      case 'LotExpired':
        for (const locationId of event.locationIds) {
          if (event.because === 'date' && (this.#lotOf(event.lotId).instants.get(locationId) ?? Number.POSITIVE_INFINITY) > at) {
            found.push(broken('lot_expired_early', `${event.lotId} is not expired at ${locationId}`));
          }
          this.#lotOf(event.lotId).expired.add(locationId);
        }
        break;
      case 'LotRenamed':
        this.#rename(event.lotId, event.toLotId);
        break;
      default:
    }
    const { positions = [] } = event as ChangesPositions;
    if (event.type === 'PositionsCorrected') found.push(...this.#zeroSum(event));
    for (const change of positions) {
      if (change.lotId === undefined && change.binId === undefined) continue;
      this.isUsed = true;
      const { lotId = '', locationId, delta } = change;
      if (TAKES.has(event.type) && delta < 0 && lotId !== '' && (this.#isExpired(locationId, lotId, at) || isHeld(locationId, lotId))) {
        found.push(
          broken('held_units_taken', `${event.type} took ${String(-delta)} of ${lotId} at ${locationId}, which is held or expired`),
        );
      }
      found.push(...this.#change(change));
    }
    found.push(...this.#transit(event));
    return found;
  }

  /** Whether the held units that were stored for the location may be without those in bins that lack a lot. */
  mayLeaveLotless(locationId: string): boolean {
    return this.#lotlessBins.has(locationId);
  }

  /** The stored figure contains them from now on. */
  keepLotless(locationId: string): void {
    this.#lotlessBins.delete(locationId);
  }

  /** Units at the location that lots, bins and holds on lots keep, and those that holds of a number of a lot's units name. */
  keptAt(
    locationId: string,
    onHand: number,
    { isHeld, named, areLotlessFree }: HoldsOnLots,
  ): { readonly kept: number; readonly ofLots: number } {
    let [kept, ofLots, assigned] = [0, 0, 0];
    const open = new Map<string, number>();
    for (const { locationId: at, lotId, binId, quantity } of this.#units.values()) {
      if (at !== locationId) continue;
      assigned += quantity;
      const lacksLot = this.#required && lotId === '' && !areLotlessFree;
      const isKept =
        lacksLot ||
        this.#closedBins.has(`${at} ${binId}`) ||
        (lotId !== '' && (this.#lots.get(lotId)?.expired.has(at) === true || isHeld(at, lotId)));
      if (isKept) kept += quantity;
      else open.set(lotId, (open.get(lotId) ?? 0) + quantity);
    }
    for (const [lotId, units] of open) if (lotId !== '') ofLots += Math.min(units, named(locationId, lotId));
    if (this.#required) kept += Math.max(0, onHand - assigned);
    return { kept, ofLots };
  }

  /** Sum of the positions of a location. */
  assignedAt(locationId: string): number {
    let units = 0;
    for (const place of this.#units.values()) if (place.locationId === locationId) units += place.quantity;
    return units;
  }

  descendants(lotId: string): readonly string[] {
    const children = [...this.#lots].filter(([, { parent }]) => parent === lotId).map(([id]) => id);
    return children.flatMap((id) => [id, ...this.descendants(id)]);
  }

  #declare({ lotId, expiresAt, parentLotId }: Extract<SkuEvent, { type: 'LotDeclared' }>): void {
    const known = this.#lots.get(lotId);
    if (known === undefined) this.#lots.set(lotId, { instants: instantsOf(expiresAt), expired: new Set(), parent: parentLotId });
    else known.instants = new Map([...known.instants, ...instantsOf(expiresAt)]);
  }

  #lotOf(lotId: string): AuditedLot {
    return this.#lots.get(lotId) ?? { instants: new Map(), expired: new Set(), parent: undefined };
  }

  #isExpired(locationId: string, lotId: string, at: number): boolean {
    const lot = this.#lotOf(lotId);
    return lot.expired.has(locationId) || (lot.instants.get(locationId) ?? Number.POSITIVE_INFINITY) <= at;
  }

  #rename(lotId: string, toLotId: string): void {
    this.#lots.set(toLotId, this.#lotOf(lotId));
    this.#lots.delete(lotId);
    for (const lot of this.#lots.values()) if (lot.parent === lotId) lot.parent = toLotId;
    for (const [key, place] of this.#units) {
      if (place.lotId !== lotId) continue;
      this.#units.delete(key);
      this.#units.set(keyOf({ ...place, lotId: toLotId }), { ...place, lotId: toLotId });
    }
    for (const lots of this.#inTransit.values()) {
      const units = lots.get(lotId);
      if (units === undefined) continue;
      lots.delete(lotId);
      lots.set(toLotId, units);
    }
  }

  #change({
    locationId,
    lotId = '',
    binId = '',
    delta,
    sellable,
  }: NonNullable<ChangesPositions['positions']>[number]): readonly Violation[] {
    if (sellable === true) this.#closedBins.delete(`${locationId} ${binId}`);
    if (sellable === false) this.#closedBins.add(`${locationId} ${binId}`);
    const key = keyOf({ locationId, lotId, binId });
    const quantity = (this.#units.get(key)?.quantity ?? 0) + delta;
    if (quantity === 0) this.#units.delete(key);
    else this.#units.set(key, { locationId, lotId, binId, quantity });
    if (quantity < 0) return [broken('position_not_negative', `${lotId} in ${binId} at ${locationId} is ${String(quantity)}`)];
    if (lotId !== '' && !this.#lots.has(lotId)) return [broken('lot_is_declared', `${lotId} is not declared`)];
    return [];
  }

  #zeroSum({ positions, locationId }: Extract<SkuEvent, { type: 'PositionsCorrected' }>): readonly Violation[] {
    const sum = positions.reduce((units, { delta }) => units + delta, 0);
    const elsewhere = positions.some((change) => change.locationId !== locationId);
    return sum === 0 && !elsewhere ? [] : [broken('correction_is_zero_sum', `a correction at ${locationId} adds up to ${String(sum)}`)];
  }

  /** Lots in transit arrive, or go back, as they left. */
  #transit(event: SkuEvent): readonly Violation[] {
    if (event.type === 'TransferLost') this.#inTransit.delete(event.transferId);
    if (event.type !== 'TransferShipped' && event.type !== 'TransferReceived' && event.type !== 'TransferReturned') return [];
    const { transferId, positions = [] } = event;
    const lots = this.#inTransit.get(transferId) ?? new Map<string, number>();
    for (const { lotId, delta } of positions) if (lotId !== undefined) lots.set(lotId, (lots.get(lotId) ?? 0) - delta);
    if (lots.size > 0) this.#inTransit.set(transferId, lots);
    const more = [...lots].find(([, units]) => units < 0);
    if (more !== undefined) return [broken('lots_in_transit', `more of ${more[0]} arrived by ${transferId} than left`)];
    const left = [...lots.values()].some((units) => units > 0);
    return event.type === 'TransferReturned' && event.quantity > 0 && left
      ? [broken('lots_in_transit', `${transferId} went back without its lots`)]
      : [];
  }

  /** After the last unit of a transfer arrived none of its lots is in transit. */
  strays(open: ReadonlyMap<string, unknown>): readonly Violation[] {
    return [...this.#inTransit]
      .filter(([transferId, lots]) => !open.has(transferId) && [...lots.values()].some((units) => units > 0))
      .map(([transferId]) => broken('lots_in_transit', `${transferId} ended and its lots did not arrive`));
  }
}

/** What the holds on lots keep. */
export interface HoldsOnLots {
  readonly isHeld: (locationId: string, lotId: string) => boolean;
  /** Units of the lot at the location that holds with a quantity name. */
  readonly named: (locationId: string, lotId: string) => number;
  /** Units in bins without a lot may leave although lots are required. */
  readonly areLotlessFree: boolean;
}

const keyOf = ({ locationId, lotId, binId }: Place): string => JSON.stringify([locationId, lotId, binId]);
const instantsOf = (list: readonly { readonly locationId: string; readonly expiresAt: number }[]): ReadonlyMap<string, number> =>
  new Map(list.map(({ locationId, expiresAt }) => [locationId, expiresAt]));
const broken = (rule: Violation['rule'], message: string): Violation => ({ rule, message });
