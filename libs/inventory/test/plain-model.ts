/** What a reservation of the model holds, by location. */
interface Held {
  readonly units: Map<string, number>;
  expiresAt: number;
  state: 'held' | 'committed' | 'released' | 'expired';
}

/** A hold of stock as somebody put a label on goods. */
interface Label {
  /** Undefined for everywhere. */
  readonly at: string | undefined;
  /** Undefined for everything. */
  units: number | undefined;
  released: boolean;
}

/**
 * A plain model of one SKU with simple counters. It knows the rules from the documentation only and shares nothing with the decider.
 * Where units come from is told to it; it says whether that was right.
 */
export class PlainModel {
  readonly onHand = new Map<string, number>();
  readonly travelling = new Map<string, { readonly from: string; readonly to: string; quantity: number }>();
  readonly reservations = new Map<string, Held>();
  readonly labels = new Map<string, Label>();
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

  /** Units there that may not leave: unit by unit, each label in turn puts itself on what has none. */
  blocked(location: string): number {
    const there = Math.max(0, this.stock(location));
    let left = there;
    for (const label of this.labels.values()) {
      if (label.released || (label.at !== undefined && label.at !== location)) continue;
      left -= Math.min(left, label.units ?? left);
    }
    return there - left;
  }

  isWhollyBlocked(location: string): boolean {
    return [...this.labels.values()].some(({ at, units, released }) => !released && units === undefined && (at ?? location) === location);
  }

  /** What may leave; negative where more left than was there. */
  sellable(location: string): number {
    return this.stock(location) - this.blocked(location);
  }

  /** What may be promised. */
  free(location: string, now: number): number {
    return Math.max(0, this.sellable(location) - this.reserved(location, now));
  }

  totalFree(now: number): number {
    return [...this.onHand.keys()].reduce((units, location) => units + this.free(location, now), 0);
  }

  /** What somebody new may be promised at the location, or at all: what one location owes stays at the others. */
  promisable(now: number, only?: string): number {
    let [free, owed] = [0, 0];
    for (const location of this.onHand.keys()) {
      free += this.free(location, now);
      owed += Math.max(0, this.reserved(location, now) - this.sellable(location));
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

  /** How many units of each location a commit takes: those taken first, unless one of them may not leave; then those that may. */
  leaving(id: string, quantity: number): ReadonlyMap<string, number> {
    const all = this.reservations.get(id)?.units ?? new Map<string, number>();
    const able = (location: string): number =>
      this.blocked(location) === 0 ? Number.POSITIVE_INFINITY : Math.max(0, this.sellable(location));
    const first = (most: (location: string) => number): Map<string, number> => {
      let rest = quantity;
      const chosen = new Map<string, number>();
      for (const [location, units] of all) {
        const taken = Math.min(rest, units, most(location));
        chosen.set(location, taken);
        rest -= taken;
      }
      return chosen;
    };
    const usual = first(() => Number.POSITIVE_INFINITY);
    return [...usual].every(([location, units]) => units <= able(location)) ? usual : first(able);
  }

  /** Takes so many held units off. */
  commit(id: string, quantity: number): void {
    const held = this.reservations.get(id);
    if (held === undefined) return;
    const leaving = this.leaving(id, quantity);
    for (const [location, units] of held.units) {
      const taken = leaving.get(location) ?? 0;
      held.units.set(location, units - taken);
      this.change(location, -taken);
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
