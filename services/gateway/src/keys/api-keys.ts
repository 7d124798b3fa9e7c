import { hash } from 'node:crypto';
import type { Caller } from '@holdfast/platform';
import type { Repository } from 'typeorm';
import { In } from 'typeorm';
import { REFUSED } from '../access/credential.js';
import { FoundByHash } from '../access/found-by-hash.js';
import { permissionsOf } from '../access/roles.js';
import type { ApiKey } from './api-key.entity.js';

/** What a key stands for. */
interface Known {
  readonly caller: Caller;
  readonly expiresAt: number | undefined;
}

/** SHA-256, hex, of a key, token or session id. */
export const hashOf = (secret: string): string => hash('sha256', secret);

/** Looks keys up by their hash (`hashOf`). A key that another gateway revoked ends here within seconds. */
export class ApiKeys {
  private readonly keys: FoundByHash<Known>;

  /** @param now epoch milliseconds */
  constructor(
    repository: Repository<ApiKey>,
    private readonly now: () => number,
  ) {
    this.keys = new FoundByHash(async (hashes) => {
      const rows = await repository.findBy({ hash: In([...hashes]) });
      return new Map(rows.filter(({ revokedAt }) => revokedAt === null).map((row) => [row.hash, knownOf(row)]));
    }, now);
  }

  /** @throws Problem 401 `invalid_api_key`, `api_key_expired`; rejects with the database's error when it is away and the key is not known */
  async callerOf(digest: string): Promise<Caller> {
    const known = await this.keys.find(digest);
    if (known === null) throw REFUSED.key();
    return this.living(known);
  }

  /** The caller of a key that was looked up just now; undefined where it must be looked up. @throws Problem 401 `api_key_expired` */
  fresh(digest: string): Caller | undefined {
    const known = this.keys.fresh(digest);
    return known === undefined ? undefined : this.living(known);
  }

  /** Whether a key worked here before. */
  isKnown(digest: string): boolean {
    return this.keys.isKnown(digest);
  }

  /** Makes a change to one key count here at once. The others stay known. */
  forget(id: string): void {
    this.keys.forget(({ caller }) => caller.subject === id);
  }

  private living({ caller, expiresAt }: Known): Caller {
    if (expiresAt !== undefined && expiresAt <= this.now()) throw REFUSED.keyExpired();
    return caller;
  }
}

const knownOf = (row: ApiKey): Known => ({
  caller: {
    tenant: row.tenant,
    subject: row.id,
    permissions: permissionsOf(row.roles, row.permissions),
    ...(row.person === null ? {} : { person: row.person }),
  },
  expiresAt: row.expiresAt?.getTime(),
});
