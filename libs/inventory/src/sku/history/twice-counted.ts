/** Units at a time, in epoch milliseconds. */
interface Units {
  readonly time: number;
  readonly units: number;
}

/** A posting that acknowledges own movements. */
export interface AcknowledgingPosting extends Units {
  /** The first figure or count that could contain it. */
  readonly since: number;
  /** How many of its units figures contained before its message came. */
  readonly contained: number;
}

const byTime = (one: Units, other: Units): number => one.time - other.time;

/**
 * Postings and own movements under one key of one location. The oldest movement belongs to the oldest posting, in whatever order the
 * messages came; the units of a posting that figures contained are counted twice from the later of figure and movement on.
 */
export class TwiceCounted {
  readonly #postings: AcknowledgingPosting[] = [];
  readonly #own: Units[] = [];
  #known: ReadonlyMap<number, number> = new Map();

  /** What the posting changes: units that are counted twice from a time on, negative where an earlier answer is taken back. */
  add(posting: AcknowledgingPosting, struck: readonly Units[]): readonly Units[] {
    this.#postings.push(posting);
    this.#own.push(...struck);
    const before = this.#known;
    this.#known = this.#pair();
    const times = new Set([...before.keys(), ...this.#known.keys()]);
    const changed = [...times].map((time) => ({ time, units: (this.#known.get(time) ?? 0) - (before.get(time) ?? 0) }));
    return changed.filter(({ units }) => units !== 0);
  }

  #pair(): ReadonlyMap<number, number> {
    const twice = new Map<number, number>();
    const own = this.#own.toSorted(byTime);
    for (const { units, since, contained } of this.#postings.toSorted(byTime)) {
      let once = units - contained;
      for (const movement of takeOldest(own, units)) {
        const seen = Math.min(once, movement.units);
        once -= seen;
        const from = Math.max(since, movement.time);
        twice.set(from, (twice.get(from) ?? 0) + movement.units - seen);
      }
    }
    return twice;
  }
}

/** Takes so many units away from the front. */
function takeOldest(from: Units[], units: number): readonly Units[] {
  const taken: Units[] = [];
  let left = units;
  for (let oldest = from[0]; oldest !== undefined && left > 0; oldest = from[0]) {
    const piece = Math.min(left, oldest.units);
    taken.push({ time: oldest.time, units: piece });
    left -= piece;
    if (piece === oldest.units) from.shift();
    else from[0] = { time: oldest.time, units: oldest.units - piece };
  }
  return taken;
}
