import { numberOf, sum, textOf, unitsOf, type Fact } from './facts.js';
import { openUnits, waitingUnits, type Hold } from './holds.js';

interface Share {
  readonly cap: number;
  readonly floor: number;
  readonly holderUnits: number;
  committed: number;
}

const limitOf = (fact: Fact, field: string): number => (fact.data[field] === undefined ? Number.POSITIVE_INFINITY : numberOf(fact, field));

/** Checks caps, floors, limits per holder and the budget for overbooking of one SKU, with its own counters. */
export class LimitAudit {
  /** Units that may be promised beyond on hand. */
  budget = 0;
  #holderUnits = Number.POSITIVE_INFINITY;
  readonly #shares = new Map<string, Share>();

  /**
   * @param holds all of the SKU, as of this event
   * @param free units that could be promised after it, including supply to come if some of its units wait
   * @returns the faults of this event
   */
  observe(fact: Fact, holds: ReadonlyMap<string, Hold>, free: () => number): readonly string[] {
    const channel = textOf(fact, 'channelId');
    switch (fact.type) {
      case 'LimitsSet':
        this.budget = numberOf(fact, 'overbookingUnits');
        this.#holderUnits = limitOf(fact, 'holderUnits');
        return [];
      case 'AllocationSet':
        this.#shares.set(channel, {
          cap: limitOf(fact, 'cap'),
          floor: numberOf(fact, 'floor'),
          holderUnits: limitOf(fact, 'holderUnits'),
          committed: this.#shares.get(channel)?.committed ?? 0,
        });
        return [];
      case 'AllocationRemoved':
        this.#shares.delete(channel);
        return [];
      case 'ReservationCommitted':
        this.#commit(fact, holds, 1);
        return [];
      case 'ReservationCommitReversed':
        this.#commit(fact, holds, -1);
        return [];
      case 'ReservationPlaced':
        return [...this.#overCap(channel, holds), ...this.#overHolder(fact, channel, holds), ...this.#underFloors(channel, holds, free())];
      default:
        return [];
    }
  }

  #commit(fact: Fact, holds: ReadonlyMap<string, Hold>, sign: 1 | -1): void {
    const hold = holds.get(textOf(fact, 'reservationId'));
    const share = hold === undefined ? undefined : this.#shares.get(textOf(hold.placed, 'channelId'));
    if (share !== undefined) share.committed = Math.max(0, share.committed + sign * sum(unitsOf(fact, 'takes')));
  }

  #overCap(channel: string, holds: ReadonlyMap<string, Hold>): readonly string[] {
    const share = this.#shares.get(channel);
    if (share === undefined) return [];
    const units = openOf(holds, 'channelId', channel) + share.committed;
    return units > share.cap ? [`${channel} has ${units} units, its cap is ${share.cap}`] : [];
  }

  #overHolder(fact: Fact, channel: string, holds: ReadonlyMap<string, Hold>): readonly string[] {
    const holder = textOf(fact, 'holderId');
    const limit = Math.min(this.#holderUnits, this.#shares.get(channel)?.holderUnits ?? Number.POSITIVE_INFINITY);
    const units = holder === '' ? 0 : openOf(holds, 'holderId', holder);
    return units > limit ? [`${holder} holds ${units} units, the limit is ${limit}`] : [];
  }

  #underFloors(channel: string, holds: ReadonlyMap<string, Hold>, free: number): readonly string[] {
    let kept = 0;
    for (const [other, { floor, committed }] of this.#shares) {
      if (other !== channel) kept += Math.max(0, floor - openOf(holds, 'channelId', other) - committed);
    }
    return free < kept ? [`${free} units are left where ${kept} are kept for other channels`] : [];
  }
}

function openOf(holds: ReadonlyMap<string, Hold>, field: 'channelId' | 'holderId', name: string): number {
  let units = 0;
  for (const hold of holds.values()) {
    if (hold.ending === 'open' && textOf(hold.placed, field) === name) units += openUnits(hold) + waitingUnits(hold);
  }
  return units;
}
