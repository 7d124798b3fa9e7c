import type { SkuEvent } from '../events.js';
import { LotsAudit } from './lots-audit.js';
import type { Violation } from './violation.js';

interface Hold {
  readonly locationId: string | undefined;
  /** Of a hold on a lot: it and what it covers besides. */
  lots: readonly string[] | undefined;
  /** Undefined for a hold on all units of its scope. */
  units: number | undefined;
}

const FOLLOWS_SPLITS: readonly string[] = ['recall', 'legal'];

/** Checks held units with its own record of the holds, hold by hold, and of the lots. */
export class HoldsAudit {
  readonly #holds = new Map<string, Hold>();
  readonly #lots = new LotsAudit();

  get hasHolds(): boolean {
    return this.#holds.size > 0 || this.#lots.isUsed;
  }

  /** Applies the event that happened at `at`; reports a release of what is not held, and held units that were promised or sold. */
  observe(event: SkuEvent, at: number): readonly Violation[] {
    if (event.type === 'LotDeclared' && event.parentLotId !== undefined) this.#share(event.parentLotId, event.lotId);
    if (event.type === 'LotRenamed') this.#rename(event.lotId, event.toLotId);
    const ofLots = this.#lots.observe(event, at, (locationId, lotId) => this.#isHeld(locationId, lotId));
    return [...ofLots, ...this.#ofHolds(event)];
  }

  /** Units that the holds, expired lots and bins keep at the location. @param said what the events say of it */
  unitsAt(locationId: string, onHand: number, said: number): number {
    const units = this.#unitsAt(locationId, onHand, false);
    if (!this.#lots.mayLeaveLotless(locationId)) return units;
    const without = this.#unitsAt(locationId, onHand, true);
    if (said === units && said !== without) this.#lots.keepLotless(locationId);
    return said === without ? without : units;
  }

  #unitsAt(locationId: string, onHand: number, areLotlessFree: boolean): number {
    let [named, all] = [0, false];
    for (const hold of this.#holds.values()) {
      if (hold.lots !== undefined || (hold.locationId !== undefined && hold.locationId !== locationId)) continue;
      if (hold.units === undefined) all = true;
      else named += hold.units;
    }
    const most = Math.max(0, onHand);
    if (all) return most;
    const { kept, ofLots } = this.#lots.keptAt(locationId, onHand, {
      isHeld: (at, lotId) => this.#isHeld(at, lotId),
      named: (at, lotId) => this.#named(at, lotId),
      areLotlessFree,
    });
    return kept + Math.min(Math.max(0, most - kept), named + ofLots);
  }

  /** Lots of transfers that ended and that did not arrive. @param open transfers with units in transit */
  straysOf(open: ReadonlyMap<string, unknown>): readonly Violation[] {
    return this.#lots.strays(open);
  }

  assignedAt(locationId: string): number {
    return this.#lots.assignedAt(locationId);
  }

  #ofHolds(event: SkuEvent): readonly Violation[] {
    if (event.type === 'HoldPlaced') {
      if (this.#holds.has(event.holdId)) return broken('one_terminal_state', `${event.holdId} was placed twice`);
      const { lotId, holdType, locationId, quantity } = event;
      const covered =
        FOLLOWS_SPLITS.includes(holdType) && quantity === undefined && lotId !== undefined ? this.#lots.descendants(lotId) : [];
      const lots = lotId === undefined ? undefined : (event.lotIds ?? [lotId, ...covered]);
      this.#holds.set(event.holdId, { locationId, lots, units: quantity });
      return [];
    }
    if (event.type === 'HoldReleased') return this.#release(event);
    if (event.type !== 'ReservationCommitted' && event.type !== 'StockMoved' && event.type !== 'TransferShipped') return [];
    const mayTake = event.type === 'ReservationCommitted' ? event.allowUncovered : (event.positions ?? event.holdId);
    if (mayTake !== undefined) return [];
    const taken = event.held?.find(({ delta }) => delta < 0);
    return taken === undefined
      ? []
      : broken('held_units_taken', `${event.type} took ${String(-taken.delta)} held units at ${taken.locationId}`);
  }

  #isHeld(locationId: string, lotId: string): boolean {
    return [...this.#holds.values()].some(
      (hold) =>
        hold.units === undefined &&
        (hold.locationId ?? locationId) === locationId &&
        (hold.lots === undefined || hold.lots.includes(lotId)),
    );
  }

  #named(locationId: string, lotId: string): number {
    let units = 0;
    for (const hold of this.#holds.values()) {
      if (hold.units !== undefined && hold.locationId === locationId && hold.lots?.includes(lotId) === true) units += hold.units;
    }
    return units;
  }

  #share(lotId: string, splitId: string): void {
    for (const hold of this.#holds.values()) {
      if (hold.units === undefined && hold.lots?.includes(lotId) === true && !hold.lots.includes(splitId))
        hold.lots = [...hold.lots, splitId];
    }
  }

  #rename(lotId: string, toLotId: string): void {
    for (const hold of this.#holds.values()) hold.lots = hold.lots?.map((each) => (each === lotId ? toLotId : each));
  }

  #release({ holdId, quantity, openUnits }: Extract<SkuEvent, { type: 'HoldReleased' }>): readonly Violation[] {
    const hold = this.#holds.get(holdId);
    if (hold === undefined) return broken('one_terminal_state', `${holdId} was released and is not held`);
    if (hold.units !== quantity && (hold.units === undefined || quantity === undefined || hold.units - quantity !== openUnits)) {
      return broken('held_is_holds', `${holdId} released ${String(quantity)} of ${String(hold.units)} units`);
    }
    if (hold.units === undefined || hold.units === quantity) this.#holds.delete(holdId);
    else hold.units = openUnits;
    return [];
  }
}

const broken = (rule: Violation['rule'], message: string): readonly Violation[] => [{ rule, message }];
