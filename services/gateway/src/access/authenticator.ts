import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Caller } from '@holdfast/platform';
import { Problem } from '@holdfast/platform';
import type { ApiKeys } from '../keys/api-keys.js';
import { credentialOf, isJwt } from './credential.js';
import { ExpiringCache } from './expiring-cache.js';
import type { JwtVerifier, VerifiedToken } from './jwt-verifier.js';

const MAX_TOKENS = 10_000;
const TOKEN_FRESH_MS = 60_000;

/** Says who asks, from an API key or a JWT. */
export class Authenticator {
  private readonly tokens: ExpiringCache<VerifiedToken>;

  constructor(
    private readonly keys: ApiKeys,
    private readonly jwt: JwtVerifier,
    private readonly now: () => number,
  ) {
    this.tokens = new ExpiringCache(MAX_TOKENS, now);
  }

  /** @throws Problem 401 with the reason, 403 `org_mismatch`, 503 when the credential cannot be checked now */
  async authenticate(request: IncomingMessage): Promise<Caller> {
    const credential = credentialOf(request);
    const caller = isJwt(credential) ? await this.ofToken(credential) : await this.keys.callerOf(credential);
    const { orgid } = request.headers;
    if (orgid !== undefined && orgid !== caller.tenant)
      throw new Problem(403, 'org_mismatch', 'The header orgid names another organisation than the credential');
    return caller;
  }

  private async ofToken(token: string): Promise<Caller> {
    const digest = hash('sha256', token);
    const known = this.tokens.get(digest);
    if (known !== undefined && known.freshForMs > 0) return known.value.caller;
    const verified = await this.jwt.verify(token);
    this.tokens.set(digest, verified, Math.min(TOKEN_FRESH_MS, verified.expiresAt - this.now()));
    return verified.caller;
  }
}
