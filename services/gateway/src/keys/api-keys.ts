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
/** How long a key that was revoked by another gateway may still pass here. */
const FRESH_MS = 5_000;
/** While Postgres is away, keys known shortly before go on to work this long. */
const STALE_MS = 60_000;

/** What a key stands for; null for one that does not exist or was revoked. */
type Known = { readonly caller: Caller; readonly expiresAt: number | undefined } | null;

export const hashOf = (key: string): string => hash('sha256', key);

/** Looks keys up by their hash, through a cache of some seconds. */
export class ApiKeys {
  private readonly cache: ExpiringCache<Known>;
  // However many unknown keys somebody tries, they are one statement at a time.
  private readonly lookUp: (hash: string) => Promise<Known>;

  /** @param now epoch milliseconds */
  constructor(
    repository: Repository<ApiKey>,
    private readonly now: () => number,
  ) {
    this.cache = new ExpiringCache(MAX_CACHED, now);
    this.lookUp = joined({ most: 200 }, async (hashes) => {
      const rows = await repository.findBy({ hash: In([...hashes]) });
      const byHash = new Map(rows.map((row) => [row.hash, knownOf(row)]));
      return hashes.map((each) => byHash.get(each) ?? null);
    });
  }

  /** @throws Problem 401 `invalid_api_key`, `api_key_expired`; rejects with the database's error when it is away and the key is not known */
  async callerOf(key: string): Promise<Caller> {
    const known = await this.known(hashOf(key));
    if (known === null) throw REFUSED.key();
    if (known.expiresAt !== undefined && known.expiresAt <= this.now()) throw REFUSED.keyExpired();
    return known.caller;
  }

  /** Makes a change to the keys count here at once. */
  forget(): void {
    this.cache.clear();
  }

  private async known(digest: string): Promise<Known> {
    const cached = this.cache.get(digest);
    if (cached !== undefined && cached.freshForMs > 0) return cached.value;
    try {
      const found = await this.lookUp(digest);
      this.cache.set(digest, found, FRESH_MS);
      return found;
    } catch (error) {
      if (cached !== undefined && cached.freshForMs > -STALE_MS && isDatabaseAway(error)) return cached.value;
      throw error;
    }
  }
}

const knownOf = (row: ApiKey): Known =>
  row.revokedAt !== null
    ? null
    : {
        caller: { tenant: row.tenant, subject: row.id, permissions: permissionsOf(row.roles, row.permissions) },
        expiresAt: row.expiresAt?.getTime(),
      };
