/** What a reservation of the model holds, by location. */
interface Held {
  readonly units: Map<string, number>;
  expiresAt: number;
  state: 'held' | 'committed' | 'released' | 'expired';
}

/**
 * A plain model of one SKU with simple counters. It knows the rules from the documentation only and shares nothing with the decider.
 * Where units come from is told to it; it says whether that was right.
 */
export class PlainModel {
  readonly onHand = new Map<string, number>();
  readonly travelling = new Map<string, { readonly from: string; readonly to: string; quantity: number }>();
  readonly reservations = new Map<string, Held>();
  known = false;

  stock(location: string): number {
    return this.onHand.get(location) ?? 0;
  }

  change(location: string, delta: number): void {
    this.onHand.set(location, this.stock(location) + delta);
  }

  reserved(location: string, now: number): number {
    let units = 0;
    for (const held of this.reservations.values()) {
      if (held.state === 'held' && held.expiresAt > now) units += held.units.get(location) ?? 0;
    }
    return units;
  }

  /** What may be promised. */
  free(location: string, now: number): number {
    return Math.max(0, this.stock(location) - this.reserved(location, now));
  }

  totalFree(now: number): number {
    return [...this.onHand.keys()].reduce((units, location) => units + this.free(location, now), 0);
  }

  /** What somebody new may be promised at the location, or at all: what one location owes stays at the others. */
  promisable(now: number, only?: string): number {
    let [free, owed] = [0, 0];
    for (const location of this.onHand.keys()) {
      free += this.free(location, now);
      owed += Math.max(0, this.reserved(location, now) - this.stock(location));
    }
    return Math.min(Math.max(0, free - owed), only === undefined ? free : this.free(only, now));
  }

  /** The choice that the documentation promises: one location that has all, the best by priority; else split in that order. */
  choose(quantity: number, now: number, priority: (location: string) => number): ReadonlyMap<string, number> {
    const order = [...this.onHand.keys()].sort((a, b) => priority(a) - priority(b) || a.localeCompare(b, 'en'));
    let owed = this.totalFree(now) - this.promisable(now);
    const left = new Map(order.map((location) => [location, this.free(location, now)]));
    // Kept back where it would be taken last.
    for (const location of [...order].reverse()) {
      const kept = Math.min(owed, left.get(location) ?? 0);
      left.set(location, (left.get(location) ?? 0) - kept);
      owed -= kept;
    }
    for (const location of order) if ((left.get(location) ?? 0) >= quantity) return new Map([[location, quantity]]);
    const chosen = new Map<string, number>();
    let rest = quantity;
    for (const location of order) {
      const units = Math.min(rest, left.get(location) ?? 0);
      if (units > 0) chosen.set(location, units);
      rest -= units;
    }
    return chosen;
  }

  hold(id: string, units: ReadonlyMap<string, number>, expiresAt: number): void {
    this.reservations.set(id, { units: new Map(units), expiresAt, state: 'held' });
  }

  /** State as of now: an overdue hold is expired whether or not anybody noticed. */
  stateOf(id: string, now: number): Held['state'] | undefined {
    const held = this.reservations.get(id);
    return held?.state === 'held' && held.expiresAt <= now ? 'expired' : held?.state;
  }

  openUnits(id: string): number {
    return [...(this.reservations.get(id)?.units.values() ?? [])].reduce((sum, units) => sum + units, 0);
  }

  /** Takes so many held units off, in the order in which they were taken. */
  commit(id: string, quantity: number): void {
    const held = this.reservations.get(id);
    if (held === undefined) return;
    let rest = quantity;
    for (const [location, units] of held.units) {
      const taken = Math.min(rest, units);
      held.units.set(location, units - taken);
      this.change(location, -taken);
      rest -= taken;
    }
    if (this.openUnits(id) === 0) held.state = 'committed';
  }

  /** Frees so many units, those taken last first. */
  letGo(id: string, quantity: number): void {
    const held = this.reservations.get(id);
    if (held === undefined) return;
    let rest = quantity;
    for (const [location, units] of [...held.units].reverse()) {
      const freed = Math.min(rest, units);
      held.units.set(location, units - freed);
      rest -= freed;
    }
    if (this.openUnits(id) === 0) held.state = 'released';
  }

  end(id: string, state: 'released' | 'expired'): void {
    const held = this.reservations.get(id);
    if (held === undefined) return;
    held.state = state;
    held.units.clear();
  }
}
