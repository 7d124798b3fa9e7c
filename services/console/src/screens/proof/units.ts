import { Lots } from './lots.js';
import { must } from './not-true.js';

export { must, NotTrue } from './not-true.js';

/** Units by what they are counted as: reserved, committed, under way. Never less than none. */
export class Counts {
  private readonly counts = new Map<string, number>();
  readonly lots = new Lots();

  change(key: string, units: number): void {
    const before = this.counts.get(key) ?? 0;
    must(before + units >= 0, `${key}: ${String(-units)} units end where there are ${String(before)}`);
    this.counts.set(key, before + units);
  }
}

/** @throws NotTrue for what is no number of units */
export function units(value: number): number {
  must(Number.isSafeInteger(value) && value >= 0, `${String(value)} is no number of units`);
  return value;
}
