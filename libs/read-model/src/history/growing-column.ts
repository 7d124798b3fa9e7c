const FIRST_LENGTH = 64;

/**
 * Numbers, appended one by one and read by index. All columns are of one kind: reads and writes of different kinds of arrays at one place
 * in the code took several times as long.
 */
export class GrowingColumn {
  length = 0;
  private values = new Float64Array(FIRST_LENGTH);

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.values[index] ?? 0;
  }
}

/** Names, each with a small number that stands for it in a column. */
export class Names {
  readonly list: string[] = [];
  private readonly numbers = new Map<string, number>();

  numberOf(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    this.numbers.set(name, this.list.length);
    this.list.push(name);
    return this.list.length - 1;
  }
}
