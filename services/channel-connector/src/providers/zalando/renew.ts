import type { VendorHttp } from '@holdfast/vendor-http';
import { fieldsOf, jsonOf, textOf, wholeOf } from '../reading.js';
import type { RenewResult } from '../tools.js';
import type { ZalandoCredentials } from './credentials.js';
import { tokenUrlOf, type ZalandoSettings } from './settings.js';

const RETRY_MS = 5_000;
const LIFE_S = 7_200;

/** Asks for an access token. There are no refresh tokens: the app's own credentials are shown each time. */
export async function renew(
  settings: ZalandoSettings,
  { clientId, clientSecret }: ZalandoCredentials,
  http: VendorHttp,
): Promise<RenewResult> {
  const answer = await http.call({
    method: 'POST',
    url: tokenUrlOf(settings),
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'access_token_only' }).toString(),
  });
  if (answer.kind === 'unanswered') return { account: { kind: 'failed', says: `no token: ${answer.fault}`, retryAfterMs: RETRY_MS } };
  const fields = fieldsOf(jsonOf(answer.body));
  const token = textOf(fields['access_token']);
  if (answer.status === 200 && token !== undefined)
    return { given: { accessToken: token, expiresInMs: (wholeOf(fields['expires_in']) ?? LIFE_S) * 1_000 } };
  const says =
    `Zalando refused a token: ${textOf(fields['error']) ?? String(answer.status)} ${textOf(fields['error_description']) ?? ''}`.trim();
  if (answer.status === 429) return { account: { kind: 'slow_down', says, retryAfterMs: RETRY_MS } };
  if (answer.status >= 500 || answer.status === 200) return { account: { kind: 'failed', says, retryAfterMs: RETRY_MS } };
  return { account: { kind: 'unauthorized', says } };
}
