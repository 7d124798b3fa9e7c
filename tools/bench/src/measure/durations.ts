/** Durations in milliseconds, kept exactly. */
export class Durations {
  private values = new Float64Array(1_024);
  private length = 0;

  get count(): number {
    return this.length;
  }

  add(durationMs: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length] = durationMs;
    this.length += 1;
  }

  /**
   * The shortest duration that the given share of all does not exceed (nearest rank); NaN where there are none.
   * @param share 0 to 1
   */
  percentile(share: number): number {
    if (this.length === 0) return Number.NaN;
    const sorted = this.values.slice(0, this.length).sort();
    return sorted[Math.min(this.length - 1, Math.max(0, Math.ceil(share * this.length) - 1))] ?? Number.NaN;
  }
}
