import type { VendorRequest } from '@holdfast/vendor-http';
import { callWithToken } from '../call-with-token.js';
import type { Account } from '../provider.js';
import { fieldsOf, jsonOf, listOf, textOf, wholeOf } from '../reading.js';
import type { ProviderTools } from '../tools.js';
import type { AccountVerdict } from '../write.js';
import type { EbayCredentials } from './credentials.js';
import { CALLS, pauseAfter, reportOf } from './limits.js';
import { baseUrlOf, type EbaySettings, languageOf } from './settings.js';

export type EbayAccount = Account<EbaySettings, EbayCredentials>;

export type EbayReply =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  /** Sent, and no answer came. */
  | { readonly kind: 'lost'; readonly says: string }
  /** Nothing happened, and nothing more should be sent now. */
  | { readonly kind: 'stopped'; readonly account: AccountVerdict };

export interface EbayCall {
  readonly method: VendorRequest['method'];
  readonly path: string;
  readonly body?: unknown;
  readonly urgent?: boolean;
}

const RETRY_MS = 5_000;

/** Calls eBay's APIs for one seller, inside the day's calls. */
export class EbayClient {
  constructor(
    readonly account: EbayAccount,
    readonly tools: ProviderTools,
  ) {}

  async call(call: EbayCall): Promise<EbayReply> {
    const spends = call.path.startsWith('/sell/inventory/') ? [{ limit: CALLS, units: 1 }] : [];
    const made = await callWithToken(this.tools, { spends, urgent: call.urgent ?? false }, (token) => this.request(call, token));
    if ('account' in made) return stopped(made.account);
    const { answer } = made;
    if (answer.kind === 'unanswered') {
      const says = `eBay did not answer: ${answer.fault}`;
      return answer.sent ? { kind: 'lost', says } : stopped({ kind: 'failed', says, retryAfterMs: RETRY_MS });
    }
    const body = jsonOf(answer.body);
    if (answer.status === 429) return this.throttled(answer.headers);
    if (answer.status === 403)
      return stopped({
        kind: 'unauthorized',
        says: `eBay refuses the call: ${errorOf(body).says}; the seller has to agree to the scopes anew`,
      });
    if (answer.status >= 500) return stopped({ kind: 'failed', says: `eBay has a fault: ${errorOf(body).says}`, retryAfterMs: RETRY_MS });
    return { kind: 'answered', status: answer.status, body };
  }

  /** Asks eBay what is left of the day's calls and takes it into the budget. */
  async askLimits(): Promise<void> {
    const made = await callWithToken(this.tools, { spends: [] }, (token) =>
      this.request({ method: 'GET', path: '/developer/analytics/v1_beta/user_rate_limit/?api_name=inventory' }, token),
    );
    if ('account' in made || made.answer.kind === 'unanswered' || made.answer.status !== 200) return;
    await this.tools.budget.report(reportOf(jsonOf(made.answer.body), this.tools.now()));
  }

  private async throttled(headers: Readonly<Record<string, string>>): Promise<EbayReply> {
    const retryAfterMs = pauseAfter(headers);
    await this.tools.budget.report([{ limit: CALLS, notBefore: this.tools.now() + retryAfterMs }]);
    await this.askLimits();
    return stopped({ kind: 'slow_down', says: 'eBay says that there were too many calls', retryAfterMs });
  }

  private request({ method, path, body }: EbayCall, token: string): VendorRequest {
    const { settings } = this.account;
    return {
      method,
      url: `${baseUrlOf(settings)}${path}`,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-language': languageOf(settings) }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
  }
}

const stopped = (account: AccountVerdict): EbayReply => ({ kind: 'stopped', account });

export interface ReadError {
  readonly id: number;
  readonly category: string;
  readonly says: string;
}

/** The first error of a body or of one entry of it. */
export function errorOf(holder: unknown): ReadError {
  const error = fieldsOf(listOf(fieldsOf(holder)['errors'])[0]);
  const id = wholeOf(error['errorId']) ?? 0;
  const message = textOf(error['longMessage']) ?? textOf(error['message']) ?? 'no reason given';
  return { id, category: textOf(error['category']) ?? 'REQUEST', says: `${message} (${String(id)})` };
}
