/** Keeps the most recently used values up to a total weight. */
export class StateCache<Value> {
  private readonly entries = new Map<string, { readonly value: Value; readonly weight: number }>();
  private total = 0;

  constructor(private readonly mostWeight: number) {}

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
    for (const oldest of this.entries.keys()) {
      if (this.total <= this.mostWeight) break;
      this.take(oldest);
    }
  }
}
