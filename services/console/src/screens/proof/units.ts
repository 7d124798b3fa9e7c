/** A fact of a certificate that does not hold. */
export class NotTrue extends Error {}

/** @throws NotTrue where it does not hold */
export function must(holds: boolean, message: string): void {
  if (!holds) throw new NotTrue(message);
}

/** A hold of units that may not leave: at every location where none is named; infinite units for all. */
interface Hold {
  readonly locationId: string | undefined;
  readonly units: number;
}

/** Units by what they are counted as: reserved, committed, under way. Never less than none. */
export class Counts {
  private readonly counts = new Map<string, number>();
  private readonly holds = new Map<string, Hold>();

  change(key: string, units: number): void {
    const before = this.counts.get(key) ?? 0;
    must(before + units >= 0, `${key}: ${String(-units)} units end where there are ${String(before)}`);
    this.counts.set(key, before + units);
  }

  placeHold(holdId: string, hold: Hold): void {
    must(!this.holds.has(holdId), `${holdId} is placed twice`);
    this.holds.set(holdId, hold);
  }

  releaseHold(holdId: string, units: number): void {
    const hold = this.holds.get(holdId);
    const open = hold?.units ?? 0;
    must(units <= open, `hold ${holdId}: ${String(units)} units end where there are ${String(open)}`);
    if (hold === undefined || units === open) this.holds.delete(holdId);
    else this.holds.set(holdId, { ...hold, units: open - units });
  }

  /** Units of the location that may not leave. */
  heldUnits(locationId: string, onHand: number): number {
    let named = 0;
    for (const hold of this.holds.values()) if (hold.locationId === undefined || hold.locationId === locationId) named += hold.units;
    return Math.min(Math.max(0, onHand), named);
  }
}

/** @throws NotTrue for what is no number of units */
export function units(value: number): number {
  must(Number.isSafeInteger(value) && value >= 0, `${String(value)} is no number of units`);
  return value;
}
