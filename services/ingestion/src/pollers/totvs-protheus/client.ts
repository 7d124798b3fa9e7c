import type { VendorAnswer } from '@holdfast/vendor-http';
import { faultOf, jsonOf, type Answered } from '../answers.js';
import { askedAt, type AskedAt } from '../asked-at.js';
import type { ErpFault, ErpTools } from '../port.js';
import { withoutSecrets } from '../secrets.js';
import { baseUrlOf } from '../settings.js';
import type { ProtheusCredentials } from './credentials.js';
import type { ProtheusSettings } from './settings.js';

export type Asked<Value> =
  { readonly kind: 'ok'; readonly value: Value; readonly asked: AskedAt } | { readonly kind: 'fault'; readonly fault: ErpFault };

const TOKEN_PATH = '/api/oauth2/v1/token';
/** Where a token's answer does not say how long it lives. */
const TOKEN_SECONDS = 3_600;
const MOST_ANSWER_BYTES = 32 * 1_048_576;
/** A REST section without tokens does not know the path, or takes no POST there. */
const NO_TOKENS = [404, 405, 501];

type Access =
  | { readonly kind: 'header'; readonly authorization: string; readonly token: string | undefined }
  | { readonly kind: 'fault'; readonly fault: ErpFault };

/** Calls a Protheus REST server, with a token where it gives one, else with Basic. */
export class ProtheusClient {
  /** Whether this server gives tokens; asked once in the life of an account. */
  private givesTokens = true;

  constructor(
    private readonly settings: ProtheusSettings,
    private readonly credentials: ProtheusCredentials,
    private readonly tools: ErpTools,
  ) {}

  /** Reads JSON. A token that was refused is replaced once. */
  async get(path: string, query: Readonly<Record<string, string>>): Promise<Asked<unknown>> {
    const first = await this.getOnce(path, query);
    return first === 'token_refused' ? this.lastTry(path, query) : first;
  }

  private async lastTry(path: string, query: Readonly<Record<string, string>>): Promise<Asked<unknown>> {
    const second = await this.getOnce(path, query);
    if (second !== 'token_refused') return second;
    return { kind: 'fault', fault: { kind: 'credentials', says: 'a new token is refused too: the user may not use this service' } };
  }

  private async getOnce(path: string, query: Readonly<Record<string, string>>): Promise<Asked<unknown> | 'token_refused'> {
    const access = await this.access();
    if (access.kind === 'fault') return access;
    const sentAt = this.tools.now();
    const answer = await this.tools.http.call({
      method: 'GET',
      url: `${baseUrlOf(this.settings)}${path}?${queryText(query)}`,
      headers: { accept: 'application/json', authorization: access.authorization, ...this.tenant() },
      mostAnswerBytes: MOST_ANSWER_BYTES,
    });
    if (access.token !== undefined && answer.kind === 'answered' && answer.status === 401) {
      this.tools.tokens.drop(access.token);
      return 'token_refused';
    }
    const fault = this.faultOf(answer);
    if (fault !== undefined) return { kind: 'fault', fault };
    if (answer.kind !== 'answered') throw new Error('an answer without a fault is an answer');
    const json = jsonOf(answer);
    if ('fault' in json) return { kind: 'fault', fault: this.hidden(json.fault) };
    return { kind: 'ok', value: json.value, asked: askedAt(sentAt, this.tools.now(), answer.headers['date']) };
  }

  private tenant(): Readonly<Record<string, string>> {
    return this.settings.tenantId === undefined ? {} : { tenantId: this.settings.tenantId };
  }

  private async access(): Promise<Access> {
    const { username, password } = this.credentials;
    const basic: Access = {
      kind: 'header',
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      token: undefined,
    };
    if (!this.givesTokens) return basic;
    const kept = this.tools.tokens.token();
    if (kept !== undefined) return { kind: 'header', authorization: `Bearer ${kept}`, token: kept };
    const given = await this.newToken();
    if (given.kind === 'fault') return given;
    if (given.kind === 'none') {
      this.givesTokens = false;
      return basic;
    }
    return { kind: 'header', authorization: `Bearer ${given.token}`, token: given.token };
  }

  /** Asks for a token. User and password travel in the query, as Protheus takes them: this URL is never shown. */
  private async newToken(): Promise<{ kind: 'token'; token: string } | { kind: 'none' } | { kind: 'fault'; fault: ErpFault }> {
    const { username, password } = this.credentials;
    const query = queryText({ grant_type: 'password', username, password });
    const answer = await this.tools.http.call({
      method: 'POST',
      url: `${baseUrlOf(this.settings)}${TOKEN_PATH}?${query}`,
      headers: { accept: 'application/json' },
    });
    if (answer.kind === 'answered' && NO_TOKENS.includes(answer.status)) return { kind: 'none' };
    const fault = this.faultOf(answer);
    if (fault !== undefined) return { kind: 'fault', fault: fault.kind === 'refused' ? { kind: 'credentials', says: fault.says } : fault };
    if (answer.kind !== 'answered') throw new Error('an answer without a fault is an answer');
    const json = jsonOf(answer);
    if ('fault' in json) return { kind: 'fault', fault: this.hidden(json.fault) };
    const { access_token: token, expires_in: seconds } = fieldsOf(json.value);
    if (typeof token !== 'string' || token === '')
      return { kind: 'fault', fault: { kind: 'broken_answer', says: 'the answer to a login has no access_token' } };
    this.tools.tokens.keep(token, (typeof seconds === 'number' ? seconds : TOKEN_SECONDS) * 1_000);
    return { kind: 'token', token };
  }

  private faultOf(answer: VendorAnswer): ErpFault | undefined {
    const fault = faultOf(answer, this.tools.now(), answer.kind === 'answered' ? saidBy(answer) : undefined);
    return fault === undefined ? undefined : this.hidden(fault);
  }

  private hidden(fault: ErpFault): ErpFault {
    const { username, password } = this.credentials;
    return { ...fault, says: withoutSecrets(fault.says, [password, Buffer.from(`${username}:${password}`).toString('base64')]) };
  }
}

/** Percent-encoded throughout: a server may read a plus as a plus. */
const queryText = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

/** What TOTVS' form of an error says; undefined where the answer is of another form. */
function saidBy(answer: Answered): string | undefined {
  const json = jsonOf(answer);
  return 'fault' in json ? undefined : errorText(json.value);
}

/** The text of an error in TOTVS' form, which also comes with status 200; undefined where it is none. */
export function errorText(value: unknown): string | undefined {
  const { code, message, detailedMessage } = fieldsOf(value);
  if (typeof message !== 'string') return undefined;
  const detail = typeof detailedMessage === 'string' && detailedMessage !== message ? ` (${detailedMessage})` : '';
  return `${code === undefined ? '' : `${String(code)} `}${message}${detail}`;
}

export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
