import { createHmac } from 'node:crypto';

export const JWT_SECRET = 'an-end-to-end-secret-of-more-than-thirty-two-characters';

/** A token as an identity provider signs it. */
export function jwt(claims: Readonly<Record<string, unknown>>, secret = JWT_SECRET): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
