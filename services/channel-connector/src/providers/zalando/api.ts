import type { VendorRequest } from '@holdfast/vendor-http';
import { callWithToken } from '../call-with-token.js';
import { fieldsOf, jsonOf, listOf, textOf } from '../reading.js';
import type { ProviderTools, Spend } from '../tools.js';
import type { AccountVerdict } from '../write.js';
import { blockedBy } from './limits.js';
import { baseUrlOf, type ZalandoSettings } from './settings.js';

export interface ApiRequest {
  readonly method: VendorRequest['method'];
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly accept?: string;
}

export type ApiResult =
  | { readonly kind: 'ok'; readonly status: number; readonly body: unknown }
  /** Refused with 4xx, for what the request says. */
  | { readonly kind: 'refused'; readonly status: number; readonly says: string }
  /** It was sent and no answer came. */
  | { readonly kind: 'unanswered'; readonly says: string }
  | { readonly kind: 'account'; readonly account: AccountVerdict };

const RETRY_MS = 5_000;

/** Calls of the zDirect API within the account's budget. */
export class ZDirectApi {
  constructor(
    private readonly settings: ZalandoSettings,
    private readonly tools: ProviderTools,
  ) {}

  async call(request: ApiRequest, spends: readonly Spend[], urgent = false): Promise<ApiResult> {
    const called = await callWithToken(this.tools, { spends, urgent }, (token) => this.request(request, token));
    if ('account' in called) return { kind: 'account', account: called.account };
    const { answer } = called;
    if (answer.kind === 'unanswered')
      return answer.sent
        ? { kind: 'unanswered', says: answer.fault }
        : { kind: 'account', account: { kind: 'failed', says: answer.fault, retryAfterMs: RETRY_MS } };
    const body = jsonOf(answer.body);
    if (answer.status >= 200 && answer.status < 300) return { kind: 'ok', status: answer.status, body };
    const says = `${request.path} was answered with ${String(answer.status)}: ${reasonOf(body)} (flow ${answer.headers['x-flow-id'] ?? 'unknown'})`;
    if (answer.status === 429) {
      const { limits, retryAfterMs } = blockedBy(spends, answer.headers, this.tools.now());
      await this.tools.budget.report(limits);
      return { kind: 'account', account: { kind: 'slow_down', says, retryAfterMs } };
    }
    if (answer.status === 403) return { kind: 'account', account: { kind: 'unauthorized', says } };
    if (answer.status >= 500) return { kind: 'account', account: { kind: 'failed', says, retryAfterMs: RETRY_MS } };
    return { kind: 'refused', status: answer.status, says };
  }

  private request({ method, path, query, body, accept = 'application/json' }: ApiRequest, token: string): VendorRequest {
    const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
    return {
      method,
      url: `${baseUrlOf(this.settings)}${path}${search}`,
      headers: {
        authorization: `Bearer ${token}`,
        accept,
        'x-flow-id': this.tools.newId(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
  }
}

/** The reason of a problem, or of an error of JSON:API. */
function reasonOf(body: unknown): string {
  const fields = fieldsOf(body);
  const error = fieldsOf(listOf(fields['errors'])[0]);
  return textOf(fields['detail']) ?? textOf(fields['title']) ?? textOf(error['detail']) ?? textOf(fields['message']) ?? 'no reason given';
}

/** The account's verdict of a call that did not succeed. */
export function verdictOf(result: Exclude<ApiResult, { kind: 'ok' }>): AccountVerdict {
  if (result.kind === 'account') return result.account;
  return { kind: 'failed', says: result.says, retryAfterMs: RETRY_MS };
}
