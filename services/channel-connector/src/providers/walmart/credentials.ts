import { randomUUID } from 'node:crypto';
import { IsText } from '@holdfast/platform';
import type { VendorHttp } from '@holdfast/vendor-http';
import { fieldsOf, jsonOf, textOf, wholeOf } from '../reading.js';
import type { RenewResult } from '../tools.js';
import { errorOf } from './errors.js';
import { tokenUrlOf, type WalmartSettings } from './settings.js';

const MAX_LENGTH = 4_000;
const RETRY_MS = 5_000;

export class WalmartCredentials {
  @IsText({ max: MAX_LENGTH, description: 'Client ID of the API key' })
  readonly clientId!: string;

  @IsText({ max: MAX_LENGTH, description: 'Client secret of the API key' })
  readonly clientSecret!: string;

  @IsText({ optional: true, max: MAX_LENGTH, description: 'Secret that webhooks are signed with' })
  readonly webhookSecret?: string;
}

/** Headers of every call. Walmart wants an id of its own for each. */
export const commonHeaders = ({ channelType }: WalmartSettings, callId: string): Readonly<Record<string, string>> => ({
  'wm_svc.name': 'Walmart Marketplace',
  'wm_qos.correlation_id': callId,
  accept: 'application/json',
  ...(channelType === undefined ? {} : { 'wm_consumer.channel.type': channelType }),
});

/** A token of 15 minutes. */
export async function newToken(settings: WalmartSettings, credentials: WalmartCredentials, http: VendorHttp): Promise<RenewResult> {
  const basic = Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString('base64');
  const answer = await http.call({
    method: 'POST',
    url: tokenUrlOf(settings),
    headers: {
      ...commonHeaders(settings, randomUUID()),
      authorization: `Basic ${basic}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  if (answer.kind === 'unanswered') return failed(`Walmart gave no token: ${answer.fault}`);
  const body = jsonOf(answer.body);
  const accessToken = textOf(fieldsOf(body)['access_token']);
  const seconds = wholeOf(fieldsOf(body)['expires_in']);
  if (answer.status === 200 && accessToken !== undefined && seconds !== undefined)
    return { given: { accessToken, expiresInMs: seconds * 1_000 } };
  const says = `Walmart gave no token: ${errorOf(body).says} (${String(answer.status)})`;
  const refused = answer.status === 400 || answer.status === 401 || answer.status === 403;
  return refused ? { account: { kind: 'unauthorized', says } } : failed(says);
}

const failed = (says: string): RenewResult => ({ account: { kind: 'failed', says, retryAfterMs: RETRY_MS } });
