import type { Asked } from './asked.js';

/** Units of a SKU that came to a location from outside. */
export interface Delivered {
  readonly day: number;
  readonly sku: string;
  readonly locationId: string;
  readonly quantity: number;
}

/**
 * Units that somebody would sell who knows all sales of the year beforehand and moves as much as he likes each evening, on ways of so many
 * days. No rebalancing sells more.
 *
 * A unit that came `laneDays` ago or earlier can be anywhere today, as it could have left on its first evening; a younger one is where it
 * came to. An older one can serve whatever a younger one can, so each sale takes the youngest of its own location and then any old one. To
 * refuse a sale never helps: the unit kept for it serves one other at most.
 */
export function mostSold(asked: readonly Asked[], delivered: readonly Delivered[], laneDays: number): number {
  const stock = new Map<string, StockOfSku>();
  const of = (sku: string): StockOfSku => {
    const known = stock.get(sku) ?? new StockOfSku(laneDays);
    stock.set(sku, known);
    return known;
  };
  const [cameOn, askedOn] = [byDay(delivered), byDay(asked)];
  let sold = 0;
  for (const day of [...new Set([...cameOn.keys(), ...askedOn.keys()])].sort((one, other) => one - other)) {
    for (const one of cameOn.get(day) ?? []) of(one.sku).add(one);
    for (const one of askedOn.get(day) ?? []) sold += of(one.sku).sell(one);
  }
  return sold;
}

class StockOfSku {
  #old = 0;
  /** By day, the youngest last. */
  #young: { readonly day: number; readonly locationId: string; quantity: number }[] = [];

  constructor(private readonly laneDays: number) {}

  add({ day, locationId, quantity }: Delivered): void {
    this.#young.push({ day, locationId, quantity });
  }

  sell({ day, locationId, quantity }: Asked): number {
    this.#age(day);
    let left = quantity;
    for (const lot of this.#young.toReversed()) {
      if (lot.locationId !== locationId) continue;
      const taken = Math.min(left, lot.quantity);
      lot.quantity -= taken;
      left -= taken;
    }
    const taken = Math.min(left, this.#old);
    this.#old -= taken;
    return quantity - left + taken;
  }

  #age(day: number): void {
    const isYoung = (lot: { readonly day: number }): boolean => lot.day > day - this.laneDays;
    for (const lot of this.#young) if (!isYoung(lot)) this.#old += lot.quantity;
    this.#young = this.#young.filter(isYoung);
  }
}

export function byDay<One extends { readonly day: number }>(list: readonly One[]): Map<number, One[]> {
  const days = new Map<number, One[]>();
  for (const one of list) {
    const known = days.get(one.day);
    if (known === undefined) days.set(one.day, [one]);
    else known.push(one);
  }
  return days;
}
