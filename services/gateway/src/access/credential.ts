import type { IncomingMessage } from 'node:http';
import { Problem } from '@holdfast/platform';

const MAX_LENGTH = 8192;

const refusal = (code: string, message: string): Problem => new Problem(401, code, message, { headers: { 'www-authenticate': 'Bearer' } });

/** 401 with its own code, so that a caller knows whether to log in, to renew or to look for a typing error. */
export const REFUSED = {
  missing: () => refusal('unauthenticated', 'Send an API key or a token: Authorization: Bearer …'),
  key: () => refusal('invalid_api_key', 'This API key is unknown or was revoked'),
  keyExpired: () => refusal('api_key_expired', 'This API key has expired'),
  token: (why: string) => refusal('invalid_token', `The token is not accepted: ${why}`),
  tokenExpired: () => refusal('token_expired', 'The token has expired; get a new one'),
} as const;

/**
 * The key or token of a request: `Authorization: Bearer` or `X-API-Key`.
 * @throws Problem 401 `unauthenticated`
 */
export function credentialOf(request: IncomingMessage): string {
  const { authorization } = request.headers;
  const header = request.headers['x-api-key'];
  const credential = authorization === undefined ? header : /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  if (typeof credential !== 'string' || credential === '' || credential.length > MAX_LENGTH) throw REFUSED.missing();
  return credential;
}

/** Whether a request brings a key or token of its own: then its cookie does not count. */
export const hasCredential = ({ headers }: IncomingMessage): boolean =>
  headers.authorization !== undefined || headers['x-api-key'] !== undefined;

/** Three parts of base64url: a JWT. Keys of Holdfast have no dots. */
export const isJwt = (credential: string): boolean => /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(credential);
