import { Problem } from '@holdfast/platform';

/** Requests of one key that are at an instance at once; enough for a turn of its queue. */
const AT_ONCE = 128;
/** Requests of one key that wait here for their turn, and their bodies; those over it are told so at once. */
const WAITING = 2_000;
const WAITING_BYTES = 8 * 1_048_576;
/** Bodies that wait for all keys. */
const ALL_WAITING_BYTES = 64 * 1_048_576;

const busy = (): Problem =>
  new Problem(503, 'sku_busy', 'Too many requests wait for this SKU; try again shortly', { headers: { 'retry-after': '1' } });

interface Line {
  atOnce: number;
  waitingBytes: number;
  readonly waiting: (() => void)[];
}

export interface WindowLimits {
  readonly atOnce: number;
  readonly waiting: number;
  readonly waitingBytes: number;
  readonly allWaitingBytes: number;
}

const LIMITS: WindowLimits = { atOnce: AT_ONCE, waiting: WAITING, waitingBytes: WAITING_BYTES, allWaitingBytes: ALL_WAITING_BYTES };

/**
 * Forwards a bounded number of requests of one key at once, so that many requests of one SKU wait here in a queue of their own and do not
 * delay requests of other SKUs in the instance.
 */
export class Windows {
  private readonly lines = new Map<string, Line>();
  private allWaitingBytes = 0;

  constructor(private readonly limits: WindowLimits = LIMITS) {}

  /** Keys that have requests under way. */
  get size(): number {
    return this.lines.size;
  }

  /**
   * Runs the work in its turn.
   * @param bytes of the body that is kept meanwhile
   * @throws Problem 503 `sku_busy` at once when too many or too much wait already
   */
  async pass<Result>(key: string, bytes: number, work: () => Promise<Result>): Promise<Result> {
    const line = this.lines.get(key) ?? { atOnce: 0, waitingBytes: 0, waiting: [] };
    if (line.atOnce >= this.limits.atOnce) {
      if (!this.mayWait(line, bytes)) throw busy();
      this.count(line, bytes);
      await new Promise<void>((turn) => line.waiting.push(turn));
      this.count(line, -bytes);
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

  private mayWait({ waiting, waitingBytes }: Line, bytes: number): boolean {
    return (
      waiting.length < this.limits.waiting &&
      waitingBytes + bytes <= this.limits.waitingBytes &&
      this.allWaitingBytes + bytes <= this.limits.allWaitingBytes
    );
  }

  private count(line: Line, bytes: number): void {
    line.waitingBytes += bytes;
    this.allWaitingBytes += bytes;
  }
}
