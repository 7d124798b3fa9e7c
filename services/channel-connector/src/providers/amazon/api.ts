import type { VendorRequest } from '@holdfast/vendor-http';
import { readyToCall } from '../call-with-token.js';
import { fieldsOf, jsonOf, listOf, textOf } from '../reading.js';
import type { ProviderTools } from '../tools.js';
import type { AccountVerdict } from '../write.js';
import { limitsOf, RATES, type Operation } from './limits.js';
import { baseUrlOf, type AmazonSettings } from './settings.js';

export interface ApiRequest {
  readonly method: VendorRequest['method'];
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type ApiResult =
  | { readonly kind: 'ok'; readonly body: unknown }
  /** This request is not accepted; another may be. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly says: string }
  /** Amazon failed; whether it had an effect is unknown where `sent`. */
  | { readonly kind: 'failed'; readonly code: string; readonly says: string; readonly sent: boolean }
  /** Nothing was done, for a reason that other calls share. */
  | { readonly kind: 'account'; readonly account: AccountVerdict };

export interface CallOptions {
  readonly urgent?: boolean;
}

const TOO_MANY = 429;
const REFUSED_TOKEN: ReadonlySet<number> = new Set([401, 403]);
/** Waits of one operation are the budget's; the account as a whole only pauses shortly. */
const SLOW_DOWN_MS = 500;
const RETRY_MS = 5_000;
const USER_AGENT = 'Holdfast/1.0 (Language=TypeScript)';

/** Calls of the Selling Partner API within the account's budget. */
export class SellingPartnerApi {
  private readonly told = new Map<Operation, number>();

  constructor(
    private readonly settings: AmazonSettings,
    private readonly tools: ProviderTools,
  ) {}

  /** Calls a second of the operation, as Amazon told last. An account that is opened anew learns it with its first call. */
  perSecond(operation: Operation): number {
    return this.told.get(operation) ?? RATES[operation].perSecond;
  }

  /** A token that is refused is renewed once: a second refusal means the authorization itself. */
  async call(operation: Operation, request: ApiRequest, { urgent = false }: CallOptions = {}): Promise<ApiResult> {
    for (let attempt = 1; ; attempt += 1) {
      const ready = await readyToCall(this.tools, { spends: [{ limit: operation, units: 1 }], urgent });
      if ('account' in ready) return { kind: 'account', account: ready.account };
      const answer = await this.tools.http.call(this.request(request, ready.token));
      if (answer.kind === 'unanswered') return { kind: 'failed', code: 'unanswered', says: answer.fault, sent: answer.sent };
      const reports = limitsOf(operation, answer.status, answer.headers, this.tools.now());
      this.told.set(operation, reports[0]?.perSecond ?? RATES[operation].perSecond);
      await this.tools.budget.report(reports);
      if (!REFUSED_TOKEN.has(answer.status)) return resultOf(operation, answer.status, jsonOf(answer.body), answer.headers);
      await this.tools.tokens.refused(ready.token);
      if (attempt === 2) {
        const { says } = errorOf(jsonOf(answer.body));
        return { kind: 'account', account: { kind: 'unauthorized', says: `Amazon refused ${operation} with a new token too: ${says}` } };
      }
    }
  }

  private request({ method, path, query, body }: ApiRequest, token: string): VendorRequest {
    const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
    return {
      method,
      url: `${baseUrlOf(this.settings)}${path}${search}`,
      headers: {
        'x-amz-access-token': token,
        'user-agent': USER_AGENT,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
  }
}

function resultOf(operation: Operation, status: number, body: unknown, headers: Readonly<Record<string, string>>): ApiResult {
  if (status >= 200 && status < 300) {
    if (body !== undefined) return { kind: 'ok', body };
    return { kind: 'failed', code: 'unreadable', says: `the answer to ${operation} is no JSON`, sent: true };
  }
  const { code, says } = errorOf(body);
  const named = `${says} (request ${headers['x-amzn-requestid'] ?? 'unknown'})`;
  if (status === TOO_MANY)
    return { kind: 'account', account: { kind: 'slow_down', says: `${operation}: ${named}`, retryAfterMs: SLOW_DOWN_MS } };
  if (status >= 500) return { kind: 'failed', code: `http_${String(status)}`, says: named, sent: true };
  return { kind: 'refused', status, code, says: named };
}

function errorOf(body: unknown): { readonly code: string; readonly says: string } {
  const { code, message, details } = fieldsOf(listOf(fieldsOf(body)['errors'])[0]);
  const says = [textOf(message), textOf(details)].filter((text) => text !== undefined).join(' ');
  return { code: textOf(code) ?? 'unknown', says: says === '' ? 'no reason given' : says };
}

/** The account's verdict of a call that did not succeed. */
export function verdictOf(result: Exclude<ApiResult, { kind: 'ok' }>): AccountVerdict {
  if (result.kind === 'account') return result.account;
  return { kind: 'failed', says: result.says, retryAfterMs: RETRY_MS };
}
