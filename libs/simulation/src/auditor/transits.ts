import { numberOf, textOf, type Fact } from './facts.js';

/** Follows the units of one SKU that are on their way: what was shipped arrives, goes back, or is lost for a reason, and nothing else. */
export class Transits {
  readonly #units = new Map<string, number>();
  #sum = 0;

  /** Units of the transfer on their way. */
  of(transferId: string): number {
    return this.#units.get(transferId) ?? 0;
  }

  /** Units on their way, of all transfers. */
  get units(): number {
    return this.#sum;
  }

  /** @returns the faults of this event */
  observe(fact: Fact): readonly string[] {
    const units = numberOf(fact, 'quantity');
    switch (fact.type) {
      case 'TransferShipped':
        this.#units.set(textOf(fact, 'transferId'), units);
        this.#sum += units;
        return [];
      case 'TransferReceived':
      case 'TransferReturned':
        return this.#leave(fact, units);
      case 'TransferLost':
        return [...this.#leave(fact, units), ...(textOf(fact, 'reasonCode') === '' ? [`${units} units were lost without a reason`] : [])];
      default:
        return [];
    }
  }

  #leave(fact: Fact, units: number): readonly string[] {
    const transferId = textOf(fact, 'transferId');
    const open = this.#units.get(transferId) ?? 0;
    this.#units.set(transferId, open - units);
    this.#sum -= units;
    return units > open ? [`${fact.type}: ${units} units of ${transferId} ended where ${open} were on their way`] : [];
  }
}
