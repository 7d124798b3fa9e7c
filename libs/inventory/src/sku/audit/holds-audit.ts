import type { SkuEvent } from '../events.js';
import type { Violation } from './violation.js';

interface Hold {
  readonly locationId: string | undefined;
  /** Undefined for a hold on all units of its scope. */
  units: number | undefined;
}

/** Checks held units with its own record of the holds, hold by hold. */
export class HoldsAudit {
  readonly #holds = new Map<string, Hold>();

  get hasHolds(): boolean {
    return this.#holds.size > 0;
  }

  /** Applies the event; reports a release of what is not held, and held units that were promised or sold. */
  observe(event: SkuEvent): readonly Violation[] {
    if (event.type === 'HoldPlaced') {
      if (this.#holds.has(event.holdId)) return broken('one_terminal_state', `${event.holdId} was placed twice`);
      this.#holds.set(event.holdId, { locationId: event.locationId, units: event.quantity });
      return [];
    }
    if (event.type === 'HoldReleased') return this.#release(event);
    if (event.type !== 'ReservationCommitted' && event.type !== 'StockMoved' && event.type !== 'TransferShipped') return [];
    const taken = event.held?.find(({ delta }) => delta < 0);
    return taken === undefined
      ? []
      : broken('held_units_taken', `${event.type} took ${String(-taken.delta)} held units at ${taken.locationId}`);
  }

  /** Units that the holds keep at the location. */
  unitsAt(locationId: string, onHand: number): number {
    let [named, all] = [0, false];
    for (const hold of this.#holds.values()) {
      if (hold.locationId !== undefined && hold.locationId !== locationId) continue;
      if (hold.units === undefined) all = true;
      else named += hold.units;
    }
    const most = Math.max(0, onHand);
    return all ? most : Math.min(most, named);
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
