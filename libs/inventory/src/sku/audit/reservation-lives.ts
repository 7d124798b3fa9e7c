import type { SkuEvent } from '../events.js';
import type { Take } from '../stock-place.js';
import type { Violation } from './violation.js';

interface Life {
  readonly open: Map<string, number>;
  ended: boolean;
  /** Commits by id; true for a reversed one. */
  readonly commits: Map<string, boolean>;
}

/** Checks every reservation from its placement to its single end, with its own counters. */
export class ReservationLives {
  readonly #lives = new Map<string, Life>();
  readonly #open = new Map<string, number>();

  /** Units still held at the location. */
  openUnits(locationId: string): number {
    return this.#open.get(locationId) ?? 0;
  }

  observe(event: SkuEvent): readonly Violation[] {
    if (!('reservationId' in event)) return [];
    switch (event.type) {
      case 'ReservationPlaced': {
        if (this.#lives.has(event.reservationId)) return broken(`${event.reservationId} was placed twice`);
        this.#lives.set(event.reservationId, { open: new Map(), ended: false, commits: new Map() });
        return this.#hold(event.reservationId, event.takes, 1);
      }
      case 'ReservationPromoted':
        return this.#hold(event.reservationId, event.takes, 1);
      case 'ReservationCommitted': {
        const found = this.#hold(event.reservationId, event.takes, -1);
        const life = this.#lives.get(event.reservationId);
        life?.commits.set(event.commitId, false);
        return [...found, ...(event.openUnits === 0 ? this.#end(event.reservationId) : [])];
      }
      case 'ReservationReduced':
        return this.#hold(event.reservationId, event.takes, -1);
      case 'ReservationReleased':
      case 'ReservationExpired':
        return [...this.#hold(event.reservationId, event.takes, -1), ...this.#end(event.reservationId)];
      case 'ReservationExtended':
        return this.#lives.get(event.reservationId)?.ended === false ? [] : broken(`${event.reservationId} was extended after its end`);
      case 'ReservationCommitReversed': {
        const commits = this.#lives.get(event.reservationId)?.commits;
        if (commits?.get(event.commitId) !== false) return broken(`${event.reservationId} took back a commit that does not stand`);
        commits.set(event.commitId, true);
        return [];
      }
      default:
        return event satisfies never;
    }
  }

  #hold(reservationId: string, takes: readonly Take[], sign: 1 | -1): readonly Violation[] {
    const life = this.#lives.get(reservationId);
    if (life === undefined) return broken(`${reservationId} was never placed`);
    if (life.ended) return broken(`${reservationId} went on after its end`);
    for (const { locationId, quantity } of takes) {
      life.open.set(locationId, (life.open.get(locationId) ?? 0) + quantity * sign);
      this.#open.set(locationId, this.openUnits(locationId) + quantity * sign);
    }
    const short = [...life.open].find(([, units]) => units < 0);
    return short === undefined ? [] : broken(`${reservationId} gave more at ${short[0]} than it held`);
  }

  #end(reservationId: string): readonly Violation[] {
    const life = this.#lives.get(reservationId);
    if (life === undefined) return [];
    const left = [...life.open.values()].some((units) => units !== 0);
    life.ended = true;
    return left ? broken(`${reservationId} ended with units still held`) : [];
  }
}

const broken = (message: string): readonly Violation[] => [{ rule: 'one_terminal_state', message }];
