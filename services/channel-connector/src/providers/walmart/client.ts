import type { VendorAnswer, VendorRequest } from '@holdfast/vendor-http';
import { callWithToken } from '../call-with-token.js';
import type { Account } from '../provider.js';
import { jsonOf } from '../reading.js';
import type { ProviderTools } from '../tools.js';
import type { AccountVerdict } from '../write.js';
import { commonHeaders, type WalmartCredentials } from './credentials.js';
import { errorOf } from './errors.js';
import { pauseOf, reportOf, type WalmartLimit } from './limits.js';
import { baseUrlOf, type WalmartSettings } from './settings.js';

export type WalmartAccount = Account<WalmartSettings, WalmartCredentials>;

export type WalmartReply =
  | { readonly kind: 'good'; readonly body: unknown }
  /** Answered and not done. */
  | { readonly kind: 'refused'; readonly status: number; readonly body: unknown }
  /** Sent, and no answer came, or one that says no service behind answered. */
  | { readonly kind: 'lost'; readonly says: string }
  /** Nothing happened, and nothing more should be sent now. */
  | { readonly kind: 'stopped'; readonly account: AccountVerdict };

export interface WalmartCall {
  readonly method: VendorRequest['method'];
  readonly path: string;
  readonly limit: WalmartLimit;
  readonly urgent?: boolean;
  readonly body?: unknown;
  /** In place of `body`: bytes with their type. */
  readonly upload?: { readonly type: string; readonly bytes: Buffer };
}

const RETRY_MS = 5_000;

/** Calls Walmart's APIs for one seller, inside the limit of each. */
export class WalmartClient {
  constructor(
    readonly account: WalmartAccount,
    readonly tools: ProviderTools,
  ) {}

  async call(call: WalmartCall): Promise<WalmartReply> {
    const cost = { spends: [{ limit: call.limit, units: 1 }], urgent: call.urgent ?? false };
    const made = await callWithToken(this.tools, cost, (token) => this.request(call, token));
    return 'account' in made ? stopped(made.account) : this.read(call.limit, made.answer);
  }

  private async read(limit: WalmartLimit, answer: VendorAnswer): Promise<WalmartReply> {
    if (answer.kind === 'unanswered') {
      const says = `Walmart did not answer: ${answer.fault}`;
      return answer.sent ? { kind: 'lost', says } : stopped({ kind: 'failed', says, retryAfterMs: RETRY_MS });
    }
    const { status, headers } = answer;
    const now = this.tools.now();
    await this.tools.budget.report([reportOf(limit, headers, now, status === 429)]);
    const body = jsonOf(answer.body);
    const { says } = errorOf(body);
    if (status === 429)
      return stopped({ kind: 'slow_down', says: 'Walmart says that there were too many calls', retryAfterMs: pauseOf(headers, now) });
    if (status === 403) return stopped({ kind: 'unauthorized', says: `Walmart refuses the call: ${says}; the key needs more permissions` });
    // A time-out behind the gateway: the write may have been made, or still be made.
    if (status === 504) return { kind: 'lost', says: `Walmart's service did not answer its gateway: ${says}` };
    if (status >= 500) return stopped({ kind: 'failed', says: `Walmart has a fault: ${says}`, retryAfterMs: RETRY_MS });
    return status >= 200 && status <= 299 ? { kind: 'good', body } : { kind: 'refused', status, body };
  }

  private request({ method, path, body, upload }: WalmartCall, token: string): VendorRequest {
    const { settings } = this.account;
    const type = upload?.type ?? (body === undefined ? undefined : 'application/json');
    const content = upload?.bytes ?? (body === undefined ? undefined : JSON.stringify(body));
    return {
      method,
      url: `${baseUrlOf(settings)}${path}`,
      headers: {
        ...commonHeaders(settings, this.tools.newId()),
        'wm_sec.access_token': token,
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      ...(content === undefined ? {} : { body: content }),
    };
  }
}

const stopped = (account: AccountVerdict): WalmartReply => ({ kind: 'stopped', account });

/** What an answer that is no success says of the account. */
export function verdictOf(reply: WalmartReply): AccountVerdict {
  if (reply.kind === 'stopped') return reply.account;
  const says = reply.kind === 'lost' ? reply.says : `Walmart refused the call: ${errorOf(reply.body).says}`;
  return { kind: 'failed', says, retryAfterMs: RETRY_MS };
}
