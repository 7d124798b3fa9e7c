import { recordsOf, textOf, unitsOf, type Fact } from './facts.js';

/** Checks what corrections, and reversals of sales, do to the lots of one SKU. */
export class LotSteps {
  /** Held units that the newest change of a date freed or took, with its command. */
  #redated = { commandId: '', held: 0 };
  /** Units of lots that a commit took. */
  readonly #sold = new Map<string, number>();

  /** @param parentOf the lot that a lot was split from @returns the faults of this event */
  observe(fact: Fact, parentOf: (lotId: string) => string | undefined): readonly string[] {
    switch (fact.type) {
      case 'LotExpiryChanged':
        this.#redated = { commandId: fact.commandId, held: heldBy(fact) };
        return [];
      case 'LotExpired':
        this.#redated = { ...this.#redated, held: this.#redated.held + heldBy(fact) };
        return [];
      case 'ReservationCommitted':
        this.#sold.set(textOf(fact, 'commitId'), -unitsOfLots(fact));
        return [];
      case 'ReservationCommitReversed':
        return this.#reversed(fact);
      case 'PositionsCorrected':
        return this.#corrected(fact, parentOf);
      default:
        return [];
    }
  }

  /** What comes back whole comes back to its lots. */
  #reversed(fact: Fact): readonly string[] {
    const units = (field: string): number => unitsOf(fact, field).reduce((sum, { quantity }) => sum + quantity, 0);
    const sold = this.#sold.get(textOf(fact, 'commitId')) ?? 0;
    if (units('restored') < units('takes') || unitsOfLots(fact) === sold) return [];
    return [`${sold} units of lots were sold and ${unitsOfLots(fact)} came back`];
  }

  #corrected(fact: Fact, parentOf: (lotId: string) => string | undefined): readonly string[] {
    const positions = recordsOf(fact, 'positions');
    const sum = positions.reduce((units, { delta }) => units + Number(delta), 0);
    const faults = sum === 0 ? [] : [`a correction changed the units by ${sum}`];
    const kind = textOf(fact, 'kind');
    const gained = positions.find(({ delta, lotId }) => Number(delta) > 0 && typeof lotId === 'string');
    const lost = positions.find(({ delta }) => Number(delta) < 0);
    if (kind === 'split' && gained !== undefined && parentOf(String(gained['lotId'])) !== lost?.['lotId'])
      faults.push(`${String(gained['lotId'])} was split and does not know from what`);
    const before = this.#redated.commandId === fact.commandId ? this.#redated.held : 0;
    if (kind === 'merge' && before + heldBy(fact) < 0) faults.push(`a merge freed ${-before - heldBy(fact)} units that might not leave`);
    return faults;
  }
}

const heldBy = (fact: Fact): number => recordsOf(fact, 'held').reduce((sum, { delta }) => sum + Number(delta), 0);
const unitsOfLots = (fact: Fact): number =>
  recordsOf(fact, 'positions').reduce((sum, { lotId, delta }) => sum + (typeof lotId === 'string' ? Number(delta) : 0), 0);
