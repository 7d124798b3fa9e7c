/** Units per SKU and location, by plain addition. */
export class StockCount {
  private readonly units = new Map<string, number>();

  add(sku: string, locationId: string, delta: number): void {
    const key = `${sku}|${locationId}`;
    this.units.set(key, (this.units.get(key) ?? 0) + delta);
  }

  /** The difference, where this has units. */
  less(other: StockCount): StockCount {
    const rest = new StockCount();
    for (const { sku, locationId, units } of this.entries()) rest.add(sku, locationId, units - other.of(sku, locationId));
    return rest;
  }

  of(sku: string, locationId: string): number {
    return this.units.get(`${sku}|${locationId}`) ?? 0;
  }

  *entries(): IterableIterator<{ sku: string; locationId: string; units: number }> {
    for (const [key, units] of this.units) {
      const cut = key.lastIndexOf('|');
      yield { sku: key.slice(0, cut), locationId: key.slice(cut + 1), units };
    }
  }

  ofSku(): Map<string, number> {
    const sums = new Map<string, number>();
    for (const { sku, units } of this.entries()) sums.set(sku, (sums.get(sku) ?? 0) + units);
    return sums;
  }
}

/** Samples of a duration; percentiles at the end. */
export class Durations {
  private readonly samples: number[] = [];

  add(ms: number): void {
    this.samples.push(ms);
  }

  get count(): number {
    return this.samples.length;
  }

  summary(): { p50: number; p99: number } {
    const sorted = [...this.samples].sort((a, b) => a - b);
    const at = (share: number): number =>
      Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 100) / 100;
    return { p50: at(0.5), p99: at(0.99) };
  }
}
