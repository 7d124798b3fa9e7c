import { type VendorHttp, retryAfter } from '@holdfast/vendor-http';
import type { Account } from '../provider.js';
import type { GivenToken, RenewResult } from '../tools.js';
import type { ShopifyCredentials } from './credentials.js';
import { fieldsOf, jsonOf, textOf } from '../reading.js';
import { faultOf } from './api/answers.js';
import { tokenUrl, type ShopifySettings } from './settings.js';

/** A token of a custom app has no end; it is looked at again once a day. */
const STATIC_TOKEN_MS = 86_400_000;

/** Asks for an access token by refresh token or client credentials; a custom app's own token is given as it is. */
export async function renew(
  { settings, credentials }: Account<ShopifySettings, ShopifyCredentials>,
  http: VendorHttp,
  refreshToken: string | undefined = credentials.refreshToken,
): Promise<RenewResult> {
  const { accessToken, clientId, clientSecret } = credentials;
  if (clientId === undefined || clientSecret === undefined)
    return accessToken === undefined
      ? { account: { kind: 'unauthorized', says: 'the channel has neither an access token nor a client id' } }
      : { given: { accessToken, expiresInMs: STATIC_TOKEN_MS } };
  const grant =
    refreshToken === undefined ? { grant_type: 'client_credentials' } : { grant_type: 'refresh_token', refresh_token: refreshToken };
  const answer = await http.call({
    method: 'POST',
    url: tokenUrl(settings),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...grant }).toString(),
  });
  if (answer.kind === 'unanswered') return { account: { kind: 'failed', says: `no access token: ${answer.fault}`, retryAfterMs: 0 } };
  const says = `no access token: ${faultOf(answer)}`;
  if (answer.status === 429) return { account: { kind: 'slow_down', says, retryAfterMs: retryAfter(answer.headers['retry-after'], 0) } };
  if (answer.status >= 500) return { account: { kind: 'failed', says, retryAfterMs: retryAfter(answer.headers['retry-after'], 0) } };
  const given = answer.status === 200 ? givenToken(answer.body) : undefined;
  return given === undefined ? { account: { kind: 'unauthorized', says } } : { given };
}

function givenToken(body: Buffer): GivenToken | undefined {
  const { access_token: token, expires_in: seconds, refresh_token: refresh } = fieldsOf(jsonOf(body));
  const accessToken = textOf(token);
  const refreshToken = textOf(refresh);
  if (accessToken === undefined) return undefined;
  return {
    accessToken,
    expiresInMs: typeof seconds === 'number' ? seconds * 1_000 : STATIC_TOKEN_MS,
    ...(refreshToken === undefined ? {} : { refreshToken }),
  };
}
