import type { VendorAnswer, VendorRequest } from '@holdfast/vendor-http';
import type { ProviderTools, Spend, TakeOptions, TokenAnswer } from './tools.js';
import type { AccountVerdict } from './write.js';

export type TokenCall = { readonly answer: VendorAnswer } | { readonly account: AccountVerdict };

export interface CallCost extends TakeOptions {
  /** What one call takes of the limits; nothing where they do not count it. */
  readonly spends: readonly Spend[];
}

const UNAUTHORIZED = 401;
const NOTHING_LEFT: AccountVerdict = { kind: 'slow_down', says: "nothing was left of the vendor's limits in time", retryAfterMs: 0 };

/**
 * Calls with the account's access token, within its limits. A token that the vendor refuses is renewed once, in the middle of a batch too: before it
 * ends, one may be taken back or a clock may be wrong. A second refusal means that the credentials themselves are refused.
 */
export async function callWithToken(
  tools: Pick<ProviderTools, 'http' | 'tokens' | 'budget'>,
  cost: CallCost,
  request: (token: string) => VendorRequest,
): Promise<TokenCall> {
  for (let attempt = 1; ; attempt += 1) {
    const ready = await readyToCall(tools, cost);
    if ('account' in ready) return ready;
    const answer = await tools.http.call(request(ready.token));
    if (answer.kind === 'unanswered' || answer.status !== UNAUTHORIZED) return { answer };
    await tools.tokens.refused(ready.token);
    if (attempt === 2) return { account: { kind: 'unauthorized', says: 'the access token was refused, a new one too' } };
  }
}

/**
 * A token, and then what the call costs. Taken before a renewal has ended, the costs of all that wait for it would be spent at the same moment, which
 * is more than a vendor's limit allows. Where the wait for the limits was longer than the token's life, both are asked for once more.
 */
export async function readyToCall(
  { tokens, budget }: Pick<ProviderTools, 'tokens' | 'budget'>,
  { spends, ...options }: CallCost,
): Promise<TokenAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const current = await tokens.current();
    if ('account' in current || spends.length === 0) return current;
    if (!(await budget.take(spends, options))) return { account: NOTHING_LEFT };
    if (attempt === 2 || (await tokens.isValid(current.token))) return current;
    await budget.report(spends.map(({ limit, units }) => ({ limit, returned: units })));
  }
}
