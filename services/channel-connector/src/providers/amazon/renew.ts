import type { VendorHttp } from '@holdfast/vendor-http';
import { fieldsOf, jsonOf, textOf, wholeOf } from '../reading.js';
import type { RenewResult } from '../tools.js';
import type { AmazonCredentials } from './credentials.js';
import { tokenUrlOf, type AmazonSettings } from './settings.js';

const RETRY_MS = 5_000;
const LIFE_S = 3_600;

/** Asks Login with Amazon for an access token. */
export async function renew(
  settings: AmazonSettings,
  { clientId, clientSecret, refreshToken }: AmazonCredentials,
  http: VendorHttp,
  newest: string | undefined,
): Promise<RenewResult> {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: newest ?? refreshToken,
    client_id: clientId,
    client_secret: clientSecret,
  });
  const answer = await http.call({
    method: 'POST',
    url: tokenUrlOf(settings),
    headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8', accept: 'application/json' },
    body: form.toString(),
  });
  if (answer.kind === 'unanswered') return { account: { kind: 'failed', says: `no token: ${answer.fault}`, retryAfterMs: RETRY_MS } };
  const fields = fieldsOf(jsonOf(answer.body));
  const token = textOf(fields['access_token']);
  if (answer.status === 200 && token !== undefined) {
    const rotated = textOf(fields['refresh_token']);
    const life = (wholeOf(fields['expires_in']) ?? LIFE_S) * 1_000;
    return { given: { accessToken: token, expiresInMs: life, ...(rotated === undefined ? {} : { refreshToken: rotated }) } };
  }
  const says =
    `Login with Amazon refused a token: ${textOf(fields['error']) ?? String(answer.status)} ${textOf(fields['error_description']) ?? ''}`.trim();
  if (answer.status === 429) return { account: { kind: 'slow_down', says, retryAfterMs: RETRY_MS } };
  if (answer.status >= 500 || answer.status === 200) return { account: { kind: 'failed', says, retryAfterMs: RETRY_MS } };
  return { account: { kind: 'unauthorized', says } };
}
