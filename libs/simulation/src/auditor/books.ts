import { numberOf, textOf, type Fact } from './facts.js';

interface Entry {
  readonly time: number;
  /** When it was decided, where that may count as its time, too. */
  readonly at: number;
  readonly units: number;
}

/**
 * Changes of on hand of one SKU by the time of which they are, which may differ from their order in the log. A count is compared with the
 * books as of its own time: what moved since then stays.
 */
export class Books {
  readonly #entries = new Map<string, Entry[]>();

  /** Call it for each change, before `observe`. */
  change(fact: Fact, locationId: string, units: number): void {
    const entries = this.#entries.get(locationId);
    const entry = { time: timeOfEntry(fact), at: TIMES[fact.type] === undefined ? fact.at : timeOfEntry(fact), units };
    if (entries === undefined) this.#entries.set(locationId, [entry]);
    else entries.push(entry);
  }

  /** @returns the faults of a count */
  observe(fact: Fact): readonly string[] {
    if (fact.type !== 'StockAdjusted' || fact.data['counted'] === undefined || fact.data['documentId'] === undefined) return [];
    const locationId = textOf(fact, 'locationId');
    const countedAt = timeOfEntry(fact);
    let book = 0;
    for (const { time, at, units } of this.#entries.get(locationId) ?? []) {
      // Decided before the count and recorded after it: the counter may have seen the goods or not.
      if (time <= countedAt !== at <= countedAt) return [];
      if (time <= countedAt) book += units;
    }
    const counted = numberOf(fact, 'counted');
    return book === counted ? [] : [`${counted} units were counted at ${locationId}, which the books of that time make ${book}`];
  }
}

/** Postings say of what time they are; everything else is of the time at which it was recorded. */
export function timeOfEntry(fact: Fact): number {
  const field = TIMES[fact.type];
  return field === undefined ? fact.recordedAt : numberOf(fact, field);
}

const TIMES: Readonly<Record<string, string>> = {
  StockReceived: 'effectiveAt',
  StockIssued: 'effectiveAt',
  StockAdjusted: 'effectiveAt',
  LevelReported: 'asOf',
};
