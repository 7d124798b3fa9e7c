import { Problem } from '@holdfast/platform';

/** Requests of one key that are at an instance at once; enough for a turn of its queue. */
const AT_ONCE = 128;
/** Requests of one key that wait here for their turn; those over it are told so at once. */
const WAITING = 2_000;

const busy = (): Problem =>
  new Problem(503, 'sku_busy', 'Too many requests wait for this SKU; try again shortly', { headers: { 'retry-after': '1' } });

interface Line {
  atOnce: number;
  readonly waiting: (() => void)[];
}

/**
 * Lets a bounded number of requests of one key through at once, so that a storm on one SKU stands in a line of its own here and not in
 * front of everybody else's requests in the instance.
 */
export class Windows {
  private readonly lines = new Map<string, Line>();

  constructor(private readonly limits: { readonly atOnce: number; readonly waiting: number } = { atOnce: AT_ONCE, waiting: WAITING }) {}

  /** Keys that have requests under way. */
  get size(): number {
    return this.lines.size;
  }

  /** Runs the work in its turn. @throws Problem 503 `sku_busy` at once when too many wait already */
  async pass<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const line = this.lines.get(key) ?? { atOnce: 0, waiting: [] };
    if (line.atOnce >= this.limits.atOnce) {
      if (line.waiting.length >= this.limits.waiting) throw busy();
      await new Promise<void>((turn) => line.waiting.push(turn));
    } else {
      line.atOnce += 1;
      this.lines.set(key, line);
    }
    try {
      return await work();
    } finally {
      // The place goes to the next, so the count stays.
      const next = line.waiting.shift();
      if (next !== undefined) next();
      else {
        line.atOnce -= 1;
        if (line.atOnce === 0) this.lines.delete(key);
      }
    }
  }
}
