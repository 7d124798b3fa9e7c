import type { VendorAnswer } from '@holdfast/vendor-http';
import { isRecord } from '@holdfast/platform';
import { faultOf, jsonOf } from '../answers.js';
import { askedAt, type AskedAt } from '../asked-at.js';
import type { ErpFault, ErpTools } from '../port.js';
import { withoutSecrets } from '../secrets.js';
import { baseUrlOf } from '../settings.js';
import type { SapCredentials, SapSettings } from './settings.js';
import { errorOf } from './stock-rows.js';

/** Fifty thousand rows of 600 bytes. */
const MOST_ANSWER_BYTES = 64 * 1_048_576;
const TOKEN_LIFE_MS = 3_600_000;

export type SapAnswer = { readonly value: unknown; readonly at: AskedAt } | { readonly fault: ErpFault };
type Access = { readonly headers: Readonly<Record<string, string>>; readonly token?: string } | { readonly fault: ErpFault };

const basic = (user: string, password: string): string => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** Reads the service as its user, as an OAuth client, or with a key of the API hub. */
export class SapClient {
  /** Calls that begin together ask for one token. */
  private asking: Promise<Access> | undefined;

  constructor(
    private readonly settings: SapSettings,
    private readonly credentials: SapCredentials,
    private readonly tools: ErpTools,
  ) {}

  /** A fault never repeats a secret. */
  async get(path: string): Promise<SapAnswer> {
    const answer = await this.renewing(path);
    if (!('fault' in answer)) return answer;
    const { password, clientSecret, apiKey } = this.credentials;
    const secrets = [password, clientSecret, apiKey, this.tools.tokens.token()].filter((secret) => secret !== undefined);
    return { fault: { ...answer.fault, says: withoutSecrets(answer.fault.says, secrets) } };
  }

  /** A token that ended early is renewed once. */
  private async renewing(path: string): Promise<SapAnswer> {
    const first = await this.call(path);
    if (!('fault' in first) || first.fault.kind !== 'credentials' || !('token' in first)) return first;
    this.tools.tokens.drop(first.token);
    return this.call(path);
  }

  private async call(path: string): Promise<SapAnswer & { readonly token?: string }> {
    const access = await this.access();
    if ('fault' in access) return access;
    const { http, now } = this.tools;
    const sentAt = now();
    const answer = await http.call({
      method: 'GET',
      url: `${baseUrlOf(this.settings)}${path}`,
      headers: { accept: 'application/json', ...access.headers },
      mostAnswerBytes: MOST_ANSWER_BYTES,
    });
    const token = access.token === undefined ? {} : { token: access.token };
    const fault = faultOf(answer, now(), wordsOf(answer));
    if (fault !== undefined || answer.kind !== 'answered')
      return { fault: fault ?? { kind: 'broken_answer', says: 'no answer' }, ...token };
    const read = jsonOf(answer);
    if ('fault' in read) return read;
    const error = errorOf(read.value);
    if (error !== undefined) return { fault: { kind: 'temporary', says: error, retryAfterMs: 0 } };
    return { value: read.value, at: askedAt(sentAt, now(), answer.headers['date']) };
  }

  private async access(): Promise<Access> {
    const { username, password, clientId, clientSecret, tokenUrl, apiKey } = this.credentials;
    if (apiKey !== undefined) return { headers: { apikey: apiKey } };
    if (username !== undefined && password !== undefined) return { headers: { authorization: basic(username, password) } };
    const kept = this.tools.tokens.token();
    if (kept !== undefined) return bearer(kept);
    this.asking ??= this.newToken(tokenUrl ?? '', clientId ?? '', clientSecret ?? '').finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async newToken(url: string, clientId: string, clientSecret: string): Promise<Access> {
    const answer = await this.tools.http.call({
      method: 'POST',
      url,
      headers: {
        authorization: basic(clientId, clientSecret),
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      },
      body: 'grant_type=client_credentials',
    });
    // RFC 6749: a client that is refused may be told so with 400.
    if (answer.kind === 'answered' && answer.status === 400)
      return { fault: { kind: 'credentials', says: 'the token endpoint refuses the client' } };
    const fault = faultOf(answer, this.tools.now());
    if (fault !== undefined || answer.kind !== 'answered') return { fault: fault ?? { kind: 'broken_answer', says: 'no token' } };
    const read = jsonOf(answer);
    if ('fault' in read) return read;
    const fields = isRecord(read.value) ? read.value : {};
    const { access_token: token, expires_in: seconds } = fields;
    if (typeof token !== 'string' || token === '')
      return { fault: { kind: 'broken_answer', says: 'the token endpoint gave no access_token' } };
    this.tools.tokens.keep(token, typeof seconds === 'number' && seconds > 0 ? seconds * 1_000 : TOKEN_LIFE_MS);
    return bearer(token);
  }
}

const bearer = (token: string): Access => ({ headers: { authorization: `Bearer ${token}` }, token });

/** What an error body of SAP says. */
function wordsOf(answer: VendorAnswer): string | undefined {
  if (answer.kind !== 'answered' || answer.status < 400) return undefined;
  const read = jsonOf(answer);
  return 'fault' in read ? undefined : errorOf(read.value);
}
