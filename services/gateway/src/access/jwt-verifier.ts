import type { Caller, JwtConfig } from '@holdfast/platform';
import { isTenant, textFault } from '@holdfast/kit';
import { Problem } from '@holdfast/platform';
import type { JWTPayload, JWTVerifyOptions, JWTVerifyGetKey } from 'jose';
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { REFUSED } from './credential.js';
import { permissionsOf } from './roles.js';

const ASYMMETRIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const CLOCKS_DIFFER_SECONDS = 5;
const KEYS_WITHIN_MS = 3_000;

export interface VerifiedToken {
  readonly caller: Caller;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Strings of a claim that is a list or a text parted by spaces. */
const words = (claim: unknown): readonly string[] => {
  if (typeof claim === 'string') return claim.split(' ').filter((word) => word !== '');
  return Array.isArray(claim) ? claim.filter((word) => typeof word === 'string') : [];
};

/** Checks JWTs: HS256 with the shared secret, everything else with the keys of the JWKS. */
export class JwtVerifier {
  private readonly secret: Uint8Array | undefined;
  private readonly keys: JWTVerifyGetKey | undefined;
  private readonly options: JWTVerifyOptions;

  constructor(
    config: JwtConfig,
    private readonly now: () => number,
  ) {
    this.secret = config.secret === undefined ? undefined : new TextEncoder().encode(config.secret.reveal());
    this.keys = config.jwksUrl === undefined ? undefined : remoteKeys(config.jwksUrl);
    this.options = {
      requiredClaims: ['exp'],
      clockTolerance: CLOCKS_DIFFER_SECONDS,
      ...(config.issuer === undefined ? {} : { issuer: config.issuer }),
      ...(config.audience === undefined ? {} : { audience: config.audience }),
    };
  }

  /** @throws Problem 401 `invalid_token` or `token_expired`, 503 `identity_provider_unavailable` */
  async verify(token: string): Promise<VerifiedToken> {
    try {
      const payload = await this.payloadOf(token);
      return { caller: callerOf(payload), expiresAt: ((payload.exp ?? 0) + CLOCKS_DIFFER_SECONDS) * 1000 };
    } catch (error) {
      throw problemOf(error);
    }
  }

  private async payloadOf(token: string): Promise<JWTPayload> {
    const options = { ...this.options, currentDate: new Date(this.now()) };
    // The algorithm picks the key by kind, never the other way: a public key is no HS256 secret.
    if (decodeProtectedHeader(token).alg === 'HS256') {
      if (this.secret === undefined) throw REFUSED.token('HS256 is not configured here');
      return (await jwtVerify(token, this.secret, { ...options, algorithms: ['HS256'] })).payload;
    }
    if (this.keys === undefined) throw REFUSED.token('no JWKS is configured here');
    return (await jwtVerify(token, this.keys, { ...options, algorithms: ASYMMETRIC })).payload;
  }
}

function callerOf(payload: JWTPayload): Caller {
  const tenant = payload['tenant'] ?? payload['org'];
  if (!isTenant(tenant)) throw REFUSED.token('it needs a claim tenant (or org) of letters, digits, _ and -');
  // Stored with everything that the caller changes.
  const subject = payload.sub ?? 'token';
  const fault = textFault(subject);
  if (fault !== undefined) throw REFUSED.token(`its claim sub ${fault}`);
  const granted = [...words(payload['permissions']), ...words(payload['scope'])];
  return { tenant, subject, permissions: permissionsOf(words(payload['roles']), granted) };
}

/** Reads the keys over the network; what goes wrong there is not the token's fault. */
function remoteKeys(url: string): JWTVerifyGetKey {
  const read = createRemoteJWKSet(new URL(url), { timeoutDuration: KEYS_WITHIN_MS });
  return async (header, token) => {
    try {
      return await read(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      const headers = { 'retry-after': '1' };
      throw new Problem(503, 'identity_provider_unavailable', 'The keys to check tokens with cannot be read now', {
        headers,
        cause: error,
      });
    }
  };
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof errors.JWTExpired) return REFUSED.tokenExpired();
  if (error instanceof errors.JWTClaimValidationFailed) return REFUSED.token(`claim ${error.claim} ${error.reason}`);
  return REFUSED.token(error instanceof errors.JOSENotSupported ? 'its algorithm' : 'its form or signature');
}
