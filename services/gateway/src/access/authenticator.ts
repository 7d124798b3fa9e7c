import type { IncomingMessage } from 'node:http';
import type { Caller } from '@holdfast/platform';
import { Problem } from '@holdfast/platform';
import type { ApiKeys } from '../keys/api-keys.js';
import { hashOf } from '../keys/api-keys.js';
import { refuseCrossSite } from '../sessions/cross-site.js';
import { sessionIdOf } from '../sessions/session-cookie.js';
import type { Sessions } from '../sessions/sessions.js';
import { credentialOf, hasCredential, isJwt } from './credential.js';
import { ExpiringCache } from './expiring-cache.js';
import type { JwtVerifier, VerifiedToken } from './jwt-verifier.js';
import type { Operator } from './operator.js';
import type { Strangers } from './strangers.js';

const MAX_TOKENS = 10_000;
const TOKEN_FRESH_MS = 60_000;

/** Returns the caller of a request, by an API key, a JWT, the operator's key or, where it brings none of them, the cookie of a session. */
export class Authenticator {
  private readonly tokens: ExpiringCache<VerifiedToken>;

  constructor(
    private readonly keys: ApiKeys,
    private readonly jwt: JwtVerifier,
    private readonly sessions: Sessions,
    private readonly strangers: Strangers,
    private readonly operator: Operator,
    private readonly now: () => number,
  ) {
    this.tokens = new ExpiringCache(MAX_TOKENS, now);
  }

  /** @throws Problem 401 with the reason, 403 `org_mismatch`, `cross_site_request`, 415 with a session and a form, 429 for too many unknown credentials, 503 when one cannot be checked now */
  async authenticate(request: IncomingMessage): Promise<Caller> {
    const caller = await this.callerOf(request);
    const { orgid } = request.headers;
    if (orgid !== undefined && orgid !== caller.tenant)
      throw new Problem(403, 'org_mismatch', 'The header orgid names another organisation than the credential');
    return caller;
  }

  /**
   * Asks later whether what a request was admitted by still holds, for an answer that goes on. It counts as no use of a session.
   * @returns rejects with Problem 401 once the credential no longer holds
   */
  recheckOf(request: IncomingMessage): () => Promise<unknown> {
    const sessionId = hasCredential(request) ? undefined : sessionIdOf(request);
    if (sessionId !== undefined) return () => this.sessions.find(sessionId, 'look');
    const credential = credentialOf(request);
    if (isJwt(credential)) return () => this.jwt.verify(credential);
    return async () => {
      const digest = hashOf(credential);
      return this.operator.callerOf(digest) ?? this.keys.fresh(digest) ?? (await this.keys.callerOf(digest));
    };
  }

  private async callerOf(request: IncomingMessage): Promise<Caller> {
    const sessionId = hasCredential(request) ? undefined : sessionIdOf(request);
    if (sessionId !== undefined) return this.ofSession(sessionId, request);
    const credential = credentialOf(request);
    const digest = hashOf(credential);
    const operator = this.operator.callerOf(digest);
    if (operator !== undefined) return operator;
    const isToken = isJwt(credential);
    const fresh = isToken ? this.freshToken(digest) : this.keys.fresh(digest);
    if (fresh !== undefined) return fresh;
    // A key that worked before is not limited by address. An accepted credential gives its request back to the limit.
    if (!isToken && this.keys.isKnown(digest)) return this.keys.callerOf(digest);
    const admitted = this.strangers.admit(request);
    const caller = await (isToken ? this.verified(credential, digest) : this.keys.callerOf(digest));
    admitted.wasKnown();
    return caller;
  }

  private async ofSession(id: string, request: IncomingMessage): Promise<Caller> {
    refuseCrossSite(request);
    const admitted = this.sessions.isKnown(id) ? undefined : this.strangers.admit(request);
    const { caller } = await this.sessions.find(id);
    admitted?.wasKnown();
    return caller;
  }

  private freshToken(digest: string): Caller | undefined {
    const known = this.tokens.get(digest);
    return known !== undefined && known.freshForMs > 0 ? known.value.caller : undefined;
  }

  private async verified(token: string, digest: string): Promise<Caller> {
    const verified = await this.jwt.verify(token);
    this.tokens.set(digest, verified, Math.min(TOKEN_FRESH_MS, verified.expiresAt - this.now()));
    return verified.caller;
  }
}
