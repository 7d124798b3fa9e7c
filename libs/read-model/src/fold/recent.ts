/**
 * A bounded map that drops the entries not used for longest. Entries used in the last two turns stay beyond the bound: their rows may still
 * be on the way to the tables, and reading them back too early would return old ones.
 */
export class Recent<Value extends object> {
  private readonly entries = new Map<string, { readonly value: Value; turn: number }>();
  private turn = 0;

  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.entries.size;
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  /** Returns the entry and counts it as used. */
  use(key: string): Value | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.turn !== this.turn) {
      entry.turn = this.turn;
      this.entries.delete(key);
      this.entries.set(key, entry);
    }
    return entry.value;
  }

  keep(key: string, value: Value): void {
    this.entries.delete(key);
    this.entries.set(key, { value, turn: this.turn });
  }

  /** Ends a turn and drops entries beyond the bound. */
  nextTurn(): void {
    this.turn += 1;
    for (const [key, entry] of this.entries) {
      if (this.entries.size <= this.capacity || entry.turn > this.turn - 2) return;
      this.entries.delete(key);
    }
  }

  forget(matches: (key: string) => boolean): void {
    for (const key of [...this.entries.keys()]) if (matches(key)) this.entries.delete(key);
  }
}
