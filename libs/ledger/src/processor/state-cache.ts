/** Part of the total weight that is made free at once where the total is reached: one in so many. */
const FREED = 32;

/** Keeps the most recently used values up to a total weight, and a little less after it was reached. */
export class StateCache<Value> {
  private readonly entries = new Map<string, { readonly value: Value; readonly weight: number }>();
  private total = 0;

  private readonly weightAfter: number;

  constructor(private readonly mostWeight: number) {
    this.weightAfter = mostWeight - Math.floor(mostWeight / FREED);
  }

  get size(): number {
    return this.entries.size;
  }

  peek(key: string): Value | undefined {
    return this.entries.get(key)?.value;
  }

  /** Removes the value from the cache and returns it, so that only the caller can change it. */
  take(key: string): Value | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    this.total -= entry.weight;
    return entry.value;
  }

  put(key: string, value: Value, weight: number): void {
    this.take(key);
    this.entries.set(key, { value, weight });
    this.total += weight;
    if (this.total <= this.mostWeight) return;
    // The first key of a map is found behind the places of all that was deleted before it, up to as many as it has entries. So many are freed
    // at once, and not one for each that comes.
    for (const oldest of this.entries.keys()) {
      if (this.total <= this.weightAfter) break;
      this.take(oldest);
    }
  }
}
