import type { SkuEvent } from '../events.js';
import type { SkuState } from '../state.js';
import type { Take } from '../stock-place.js';
import type { Violation } from './violation.js';

interface Share {
  cap: number;
  floor: number;
  open: number;
  committed: number;
}

interface Owned {
  readonly channelId: string | undefined;
  readonly holderId: string | undefined;
  units: number;
}

const unitsOf = (takes: readonly Take[]): number => takes.reduce((sum, { quantity }) => sum + quantity, 0);

/** Checks caps, floors and limits per holder with its own counters. */
export class LimitsAudit {
  overbookingUnits = 0;
  readonly #shares = new Map<string, Share>();
  readonly #owned = new Map<string, Owned>();
  readonly #owners = new Map<string, string | undefined>();

  /** @param promisableUnits units that could be promised after the event, over all locations */
  observe(event: SkuEvent, promisableUnits: () => number): readonly Violation[] {
    switch (event.type) {
      case 'LimitsSet':
        this.overbookingUnits = event.overbookingUnits;
        return [];
      case 'AllocationSet':
        this.#shares.set(event.channelId, {
          cap: event.cap ?? Number.POSITIVE_INFINITY,
          floor: event.floor,
          open: this.#openOf(event.channelId),
          committed: this.#shares.get(event.channelId)?.committed ?? 0,
        });
        return [];
      case 'AllocationRemoved':
        this.#shares.delete(event.channelId);
        return [];
      case 'ReservationPlaced': {
        const { reservationId, channelId, holderId, takes } = event;
        this.#owned.set(reservationId, { channelId, holderId, units: 0 });
        this.#owners.set(reservationId, channelId);
        this.#count(reservationId, unitsOf(takes) + (event.waiting?.quantity ?? 0));
        return this.#afterTake(channelId, promisableUnits());
      }
      case 'ReservationCommitted': {
        const units = unitsOf(event.takes);
        const share = this.#shares.get(this.#owners.get(event.reservationId) ?? '');
        if (share !== undefined) share.committed += units;
        this.#count(event.reservationId, -units);
        return [];
      }
      case 'ReservationCommitReversed': {
        const share = this.#shares.get(this.#owners.get(event.reservationId) ?? '');
        if (share !== undefined) share.committed = Math.max(0, share.committed - unitsOf(event.takes));
        return [];
      }
      case 'ReservationReduced':
        this.#count(event.reservationId, -unitsOf(event.takes) - event.givenUpUnits);
        return [];
      case 'ReservationReleased':
      case 'ReservationExpired':
        // The end of a reservation also ends its waiting units.
        this.#count(event.reservationId, -(this.#owned.get(event.reservationId)?.units ?? 0));
        return [];
      default:
        return [];
    }
  }

  /** Compares the open units of the holders in the state with the reservations. */
  audit(state: SkuState): readonly Violation[] {
    const holders = new Map<string, number>();
    for (const { holderId, units } of this.#owned.values()) {
      if (holderId !== undefined) holders.set(holderId, (holders.get(holderId) ?? 0) + units);
    }
    return [...new Set([...holders.keys(), ...state.holders.keys()])]
      .filter((holder) => (holders.get(holder) ?? 0) !== (state.holders.get(holder) ?? 0))
      .map((holder) => ({ rule: 'holders_are_open_takes', message: `${holder} has open what its reservations do not add up to` }));
  }

  #openOf(channelId: string): number {
    let units = 0;
    for (const owned of this.#owned.values()) if (owned.channelId === channelId) units += owned.units;
    return units;
  }

  #count(reservationId: string, units: number): void {
    const owned = this.#owned.get(reservationId);
    if (owned === undefined) return;
    owned.units += units;
    const share = this.#shares.get(owned.channelId ?? '');
    if (share !== undefined) share.open += units;
    if (owned.units === 0) this.#owned.delete(reservationId);
  }

  #afterTake(channelId: string | undefined, free: number): readonly Violation[] {
    const found: Violation[] = [];
    const own = this.#shares.get(channelId ?? '');
    if (own !== undefined && own.open + own.committed > own.cap) {
      found.push({ rule: 'cap_exceeded', message: `${String(channelId)} took more than its cap of ${String(own.cap)}` });
    }
    let protectedUnits = 0;
    for (const [other, { floor, open, committed }] of this.#shares) {
      if (other !== channelId) protectedUnits += Math.max(0, floor - open - committed);
    }
    if (free < protectedUnits) {
      found.push({
        rule: 'floor_taken',
        message: `${channelId ?? 'no channel'} left ${String(free)} of ${String(protectedUnits)} protected units`,
      });
    }
    return found;
  }
}
