/** A bounded map whose entries are fresh for a while; the oldest go first. */
export class ExpiringCache<Value> {
  private readonly entries = new Map<string, { readonly value: Value; readonly until: number }>();

  constructor(
    private readonly maxEntries: number,
    private readonly now: () => number,
  ) {}

  /** The value and whether it is still fresh. */
  get(key: string): { readonly value: Value; readonly freshForMs: number } | undefined {
    const entry = this.entries.get(key);
    return entry === undefined ? undefined : { value: entry.value, freshForMs: entry.until - this.now() };
  }

  set(key: string, value: Value, freshMs: number): void {
    this.entries.delete(key);
    this.entries.set(key, { value, until: this.now() + freshMs });
    const oldest = this.entries.keys().next();
    if (this.entries.size > this.maxEntries && oldest.done !== true) this.entries.delete(oldest.value);
  }

  delete(key: string): void {
    this.entries.delete(key);
  }

  deleteWhere(matches: (value: Value) => boolean): void {
    for (const [key, { value }] of this.entries) if (matches(value)) this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
  }
}
