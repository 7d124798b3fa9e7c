import { IsText } from '@holdfast/platform';
import type { VendorHttp } from '@holdfast/vendor-http';
import { fieldsOf, jsonOf, textOf, wholeOf } from '../reading.js';
import type { RenewResult } from '../tools.js';
import { type EbaySettings, tokenUrlOf } from './settings.js';

const MAX_LENGTH = 4_000;
const RETRY_MS = 5_000;
const SCOPE = 'https://api.ebay.com/oauth/api_scope';
const USER_SCOPES = [`${SCOPE}/sell.inventory`, `${SCOPE}/sell.fulfillment.readonly`];

export class EbayCredentials {
  @IsText({ max: MAX_LENGTH, description: "The app's client id (App ID)" })
  readonly clientId!: string;

  @IsText({ max: MAX_LENGTH, description: "The app's client secret (Cert ID)" })
  readonly clientSecret!: string;

  @IsText({ max: MAX_LENGTH, description: "The seller's refresh token; eBay does not replace it, and it lives for about 18 months" })
  readonly refreshToken!: string;

  @IsText({
    optional: true,
    min: 32,
    max: 80,
    pattern: /^[A-Za-z0-9_-]+$/,
    description: 'Verification token of the notification endpoint, as given to eBay',
  })
  readonly verificationToken?: string;
}

/** A token of the seller, for stock and orders. */
export const userToken = (settings: EbaySettings, credentials: EbayCredentials, http: VendorHttp, refreshToken: string) =>
  askToken(settings, credentials, http, { grant_type: 'refresh_token', refresh_token: refreshToken, scope: USER_SCOPES.join(' ') });

/** A token of the app itself, for the keys of notifications. */
export const appToken = (settings: EbaySettings, credentials: EbayCredentials, http: VendorHttp) =>
  askToken(settings, credentials, http, { grant_type: 'client_credentials', scope: SCOPE });

async function askToken(
  settings: EbaySettings,
  { clientId, clientSecret }: EbayCredentials,
  http: VendorHttp,
  form: Readonly<Record<string, string>>,
): Promise<RenewResult> {
  const answer = await http.call({
    method: 'POST',
    url: tokenUrlOf(settings),
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(form).toString(),
  });
  if (answer.kind === 'unanswered') return failed(`eBay gave no token: ${answer.fault}`);
  const body = fieldsOf(jsonOf(answer.body));
  const accessToken = textOf(body['access_token']);
  const seconds = wholeOf(body['expires_in']);
  if (answer.status === 200 && accessToken !== undefined && seconds !== undefined)
    return { given: { accessToken, expiresInMs: seconds * 1_000 } };
  const says = `eBay gave no token: ${textOf(body['error']) ?? String(answer.status)} ${textOf(body['error_description']) ?? ''}`.trim();
  const refused = answer.status === 400 || answer.status === 401 || answer.status === 403;
  return refused ? { account: { kind: 'unauthorized', says } } : failed(says);
}

const failed = (says: string): RenewResult => ({ account: { kind: 'failed', says, retryAfterMs: RETRY_MS } });
