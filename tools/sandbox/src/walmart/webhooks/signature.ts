import { createHash, createHmac } from 'node:crypto';

export interface Signing {
  readonly scheme: 'hmac' | 'security';
  readonly encoding: 'base64' | 'hex';
  readonly secret: string;
  /** Header of the scheme `hmac`, as the subscription names it. */
  readonly header: string;
}

/** Headers that prove where a message comes from. @param at epoch milliseconds */
export function signedHeaders(
  { scheme, encoding, secret, header }: Signing,
  url: string,
  body: string,
  at: number,
): Record<string, string> {
  if (scheme === 'hmac') return { [header]: createHmac('sha256', secret).update(body).digest(encoding) };
  const { pathname, search } = new URL(url);
  const time = String(Math.floor(at / 1_000));
  const digest = createHash('sha256').update(body).digest('hex');
  const text = ['POST', `${pathname}${search}`, time, digest].join('\n');
  return { 'wm_sec.timestamp': time, 'wm_sec.signature': createHmac('sha256', secret).update(text).digest(encoding) };
}
