import { randomBytes } from 'node:crypto';
import type { Caller, Logger } from '@holdfast/platform';
import { Problem } from '@holdfast/platform';
import type { Repository } from 'typeorm';
import { In, LessThan } from 'typeorm';
import { FoundByHash } from '../access/found-by-hash.js';
import type { Operator } from '../access/operator.js';
import type { ApiKeys } from '../keys/api-keys.js';
import { hashOf } from '../keys/api-keys.js';
import type { Session } from './session.entity.js';

const HOUR_MS = 3_600_000;
/** Without a request for this long a session ends. */
export const IDLE_MS = 8 * HOUR_MS;
/** A session ends after this time however busy it is. */
export const LONGEST_MS = 24 * HOUR_MS;
/** The last use is stored at most this often. */
const SEEN_EVERY_MS = 60_000;
/** Sessions that one subject may have; the oldest ends for a new one. */
const MAX_OF_SUBJECT = 50;

/** By what a session was opened. */
export interface Owner {
  readonly caller: Caller;
  /** Hash of the key; missing where a token opened it. */
  readonly keyHash?: string;
  /** When the token ends, epoch milliseconds. */
  readonly until?: number;
}

export interface OpenSession {
  readonly caller: Caller;
  /** When it ends at the latest, epoch milliseconds. */
  readonly endsAt: number;
}

/** Sessions of the console. A session has the rights of the key or token that opened it and never outlives it. */
export class Sessions {
  private readonly known: FoundByHash<Session>;

  /** @param now epoch milliseconds */
  constructor(
    private readonly repository: Repository<Session>,
    private readonly keys: ApiKeys,
    private readonly operator: Operator,
    private readonly logger: Logger,
    private readonly now: () => number,
  ) {
    this.known = new FoundByHash(async (hashes) => {
      const rows = await repository.findBy({ hash: In([...hashes]) });
      return new Map(rows.map((row) => [row.hash, row]));
    }, now);
  }

  /** Opens a session. @returns its id, which is stored nowhere */
  async open({ caller, keyHash, until }: Owner): Promise<OpenSession & { readonly id: string }> {
    const id = randomBytes(32).toString('base64url');
    const [at, endsAt] = [new Date(this.now()), Math.min(this.now() + LONGEST_MS, until ?? Number.POSITIVE_INFINITY)];
    const { tenant, subject } = caller;
    await this.repository.delete({ endsAt: LessThan(at) });
    await this.repository.insert({
      hash: hashOf(id),
      tenant,
      subject,
      keyHash: keyHash ?? null,
      permissions: keyHash === undefined ? [...caller.permissions] : [],
      createdAt: at,
      seenAt: at,
      endsAt: new Date(endsAt),
    });
    await this.endOldest(tenant, subject);
    return { id, caller, endsAt };
  }

  /** Whether a session worked here before. */
  isKnown(id: string): boolean {
    return this.known.isKnown(hashOf(id));
  }

  /**
   * @param as a `look` does not keep the session from becoming idle
   * @throws Problem 401 `session_ended` when it is unknown, was ended, was idle too long, or its key is gone
   */
  async find(id: string, as: 'use' | 'look' = 'use'): Promise<OpenSession> {
    const hash = hashOf(id);
    const session = this.known.fresh(hash) ?? (await this.known.find(hash));
    const now = this.now();
    if (session === null || session.endsAt.getTime() <= now || session.seenAt.getTime() + IDLE_MS <= now) throw sessionEnded();
    const caller = await this.callerOf(session);
    if (as === 'use' && now - session.seenAt.getTime() >= SEEN_EVERY_MS) this.see(session, new Date(now));
    return { caller, endsAt: session.endsAt.getTime() };
  }

  /** Counts at once in this process, within seconds in others. */
  async end(id: string): Promise<void> {
    const hash = hashOf(id);
    await this.repository.delete({ hash });
    this.known.forget((session) => session.hash === hash);
  }

  private async callerOf({ tenant, subject, permissions, keyHash }: Session): Promise<Caller> {
    if (keyHash === null) return { tenant, subject, permissions };
    try {
      // A session of the operator ends with the key that opened it: another value in the configuration is another hash.
      return this.operator.callerOf(keyHash) ?? this.keys.fresh(keyHash) ?? (await this.keys.callerOf(keyHash));
    } catch (error) {
      throw error instanceof Problem && error.status === 401 ? sessionEnded() : error;
    }
  }

  /** Nobody waits for this: a use that was not stored only lets an idle session end earlier. */
  private see(session: Session, at: Date): void {
    session.seenAt = at;
    this.repository.update({ hash: session.hash }, { seenAt: at }).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'the last use of a session could not be stored');
    });
  }

  private async endOldest(tenant: string, subject: string): Promise<void> {
    const beyond = await this.repository.find({
      where: { tenant, subject },
      order: { createdAt: 'DESC' },
      skip: MAX_OF_SUBJECT,
      take: 100,
    });
    for (const { hash } of beyond) {
      await this.repository.delete({ hash });
      this.known.forget((session) => session.hash === hash);
    }
  }
}

const sessionEnded = (): Problem => new Problem(401, 'session_ended', 'The session has ended; sign in again');
