import { numberOf, recordsOf, textOf, type Fact } from './facts.js';

interface OnTheirWay {
  readonly lots: Map<string, number>;
  units: number;
}

const STARTS = 'TransferShipped';
const ENDS: ReadonlySet<string> = new Set(['TransferReceived', 'TransferReturned', 'TransferLost']);

/** Follows the lots of one SKU that are on their way: as many units of each arrive, go back or are lost as left. */
export class LotTransits {
  readonly #transfers = new Map<string, OnTheirWay>();

  /** @returns the faults of this event */
  observe(fact: Fact): readonly string[] {
    if (fact.type === 'LotRenamed') this.#rename(textOf(fact, 'lotId'), textOf(fact, 'toLotId'));
    if (fact.type === 'StockMoved') return this.#moved(fact);
    if (fact.type !== STARTS && !ENDS.has(fact.type)) return [];
    const transferId = textOf(fact, 'transferId');
    const way = this.#transfers.get(transferId) ?? { lots: new Map<string, number>(), units: 0 };
    this.#transfers.set(transferId, way);
    way.units += fact.type === STARTS ? numberOf(fact, 'quantity') : -numberOf(fact, 'quantity');
    for (const [lotId, units] of unitsByLot(fact)) way.lots.set(lotId, (way.lots.get(lotId) ?? 0) - units);
    const faults = [...way.lots].filter(([, units]) => units < 0).map(([lotId]) => `more of ${lotId} ended by ${transferId} than left`);
    if (way.units > 0) return faults;
    this.#transfers.delete(transferId);
    const strays = fact.type === 'TransferLost' ? [] : [...way.lots].filter(([, units]) => units > 0);
    return [...faults, ...strays.map(([lotId, units]) => `${units} units of ${lotId} left by ${transferId} and did not arrive`)];
  }

  #moved(fact: Fact): readonly string[] {
    return [...unitsByLot(fact)]
      .filter(([, units]) => units !== 0)
      .map(([lotId, units]) => `a move changed the units of ${lotId} by ${units}`);
  }

  #rename(lotId: string, toLotId: string): void {
    for (const { lots } of this.#transfers.values()) {
      const units = lots.get(lotId);
      if (units === undefined) continue;
      lots.delete(lotId);
      lots.set(toLotId, units);
    }
  }
}

/** Changes of positions by lot. */
function unitsByLot(fact: Fact): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const { lotId, delta } of recordsOf(fact, 'positions')) {
    if (typeof lotId === 'string') units.set(lotId, (units.get(lotId) ?? 0) + Number(delta));
  }
  return units;
}
