import { hash } from 'node:crypto';
import type { Caller } from '@holdfast/platform';
import { joined } from '@holdfast/kit';
import { isDatabaseAway } from '@holdfast/platform';
import type { Repository } from 'typeorm';
import { In } from 'typeorm';
import { REFUSED } from '../access/credential.js';
import { ExpiringCache } from '../access/expiring-cache.js';
import { permissionsOf } from '../access/roles.js';
import type { ApiKey } from './api-key.entity.js';

const MAX_CACHED = 20_000;
/** Of keys that do not exist, kept apart: however many are tried, no key that works is forgotten for them. */
const MAX_REFUSED = 5_000;
/** How long a key that was revoked by another gateway may still pass here. */
const FRESH_MS = 5_000;
/** While Postgres is away, keys known shortly before go on to work this long. */
const STALE_MS = 60_000;

/** What a key stands for. */
interface Known {
  readonly caller: Caller;
  readonly expiresAt: number | undefined;
}

/** SHA-256, hex, of a key or token. */
export const hashOf = (key: string): string => hash('sha256', key);

/** Looks keys up by their hash (`hashOf`), through a cache of some seconds. */
export class ApiKeys {
  private readonly cache: ExpiringCache<Known>;
  private readonly refused: ExpiringCache<true>;
  // Concurrent lookups of unknown keys share one statement. Null: it does not exist or was revoked.
  private readonly lookUp: (hash: string) => Promise<Known | null>;

  /** @param now epoch milliseconds */
  constructor(
    repository: Repository<ApiKey>,
    private readonly now: () => number,
  ) {
    this.cache = new ExpiringCache(MAX_CACHED, now);
    this.refused = new ExpiringCache(MAX_REFUSED, now);
    this.lookUp = joined({ most: 200 }, async (hashes) => {
      const rows = await repository.findBy({ hash: In([...hashes]) });
      const byHash = new Map(rows.map((row) => [row.hash, knownOf(row)]));
      return hashes.map((each) => byHash.get(each) ?? null);
    });
  }

  /** @throws Problem 401 `invalid_api_key`, `api_key_expired`; rejects with the database's error when it is away and the key is not known */
  async callerOf(digest: string): Promise<Caller> {
    const known = await this.known(digest);
    if (known === null) throw REFUSED.key();
    return this.living(known);
  }

  /** The caller of a key that was looked up just now; undefined where it must be looked up. @throws Problem 401 `api_key_expired` */
  fresh(digest: string): Caller | undefined {
    const cached = this.cache.get(digest);
    return cached !== undefined && cached.freshForMs > 0 ? this.living(cached.value) : undefined;
  }

  /** Whether a key worked here before. */
  isKnown(digest: string): boolean {
    return this.cache.get(digest) !== undefined;
  }

  /** Makes a change to one key count here at once. The others stay known. */
  forget(id: string): void {
    this.cache.deleteWhere(({ caller }) => caller.subject === id);
    this.refused.clear();
  }

  private living({ caller, expiresAt }: Known): Caller {
    if (expiresAt !== undefined && expiresAt <= this.now()) throw REFUSED.keyExpired();
    return caller;
  }

  private async known(digest: string): Promise<Known | null> {
    const refused = this.refused.get(digest);
    if (refused !== undefined && refused.freshForMs > 0) return null;
    const cached = this.cache.get(digest);
    try {
      const found = await this.lookUp(digest);
      if (found !== null) this.cache.set(digest, found, FRESH_MS);
      else {
        this.cache.delete(digest);
        this.refused.set(digest, true, FRESH_MS);
      }
      return found;
    } catch (error) {
      if (cached !== undefined && cached.freshForMs > -STALE_MS && isDatabaseAway(error)) return cached.value;
      throw error;
    }
  }
}

const knownOf = (row: ApiKey): Known | null =>
  row.revokedAt !== null
    ? null
    : {
        caller: { tenant: row.tenant, subject: row.id, permissions: permissionsOf(row.roles, row.permissions) },
        expiresAt: row.expiresAt?.getTime(),
      };
