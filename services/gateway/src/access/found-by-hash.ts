import { joined } from '@holdfast/kit';
import { isDatabaseAway } from '@holdfast/platform';
import { ExpiringCache } from './expiring-cache.js';

const MAX_CACHED = 20_000;
/** Of hashes that do not exist, kept apart: however many are tried, nothing that works is forgotten for them. */
const MAX_REFUSED = 5_000;
/** How long something that another gateway ended may still pass here. */
const FRESH_MS = 5_000;
/** While Postgres is away, what was known shortly before goes on to work this long. */
const STALE_MS = 60_000;

/** Rows by the hash of a secret, such as keys and sessions, through a cache of some seconds. */
export class FoundByHash<Value> {
  private readonly cache: ExpiringCache<Value>;
  private readonly refused: ExpiringCache<true>;
  // Concurrent lookups of unknown hashes share one statement. Null: there is no such row.
  private readonly lookUp: (hash: string) => Promise<Value | null>;

  /**
   * @param read rows of the hashes given; those that do not exist are left out
   * @param now epoch milliseconds
   */
  constructor(read: (hashes: readonly string[]) => Promise<ReadonlyMap<string, Value>>, now: () => number) {
    this.cache = new ExpiringCache(MAX_CACHED, now);
    this.refused = new ExpiringCache(MAX_REFUSED, now);
    this.lookUp = joined({ most: 200 }, async (hashes) => {
      const found = await read(hashes);
      return hashes.map((each) => found.get(each) ?? null);
    });
  }

  /** What was looked up just now; undefined where it must be looked up. */
  fresh(hash: string): Value | undefined {
    const cached = this.cache.get(hash);
    return cached !== undefined && cached.freshForMs > 0 ? cached.value : undefined;
  }

  /** Whether it existed here before. */
  isKnown(hash: string): boolean {
    return this.cache.get(hash) !== undefined;
  }

  /** Null where there is none. Rejects with the database's error when it is away and the hash is not known. */
  async find(hash: string): Promise<Value | null> {
    const refused = this.refused.get(hash);
    if (refused !== undefined && refused.freshForMs > 0) return null;
    const cached = this.cache.get(hash);
    try {
      const found = await this.lookUp(hash);
      if (found !== null) this.cache.set(hash, found, FRESH_MS);
      else {
        this.cache.delete(hash);
        this.refused.set(hash, true, FRESH_MS);
      }
      return found;
    } catch (error) {
      if (cached !== undefined && cached.freshForMs > -STALE_MS && isDatabaseAway(error)) return cached.value;
      throw error;
    }
  }

  /** Makes a change count here at once. What does not match stays known. */
  forget(matches: (value: Value) => boolean): void {
    this.cache.deleteWhere(matches);
    this.refused.clear();
  }
}
