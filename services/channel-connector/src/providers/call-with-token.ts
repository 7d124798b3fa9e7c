import type { VendorAnswer, VendorRequest } from '@holdfast/vendor-http';
import type { ProviderTools } from './tools.js';
import type { AccountVerdict } from './write.js';

export type TokenCall = { readonly answer: VendorAnswer } | { readonly account: AccountVerdict };

const UNAUTHORIZED = 401;

/**
 * Calls with the account's access token. A token that the vendor refuses is renewed once, in the middle of a batch too: before it ends, one may
 * be taken back or a clock may be wrong. A second refusal means that the credentials themselves are refused.
 */
export async function callWithToken(
  { http, tokens }: Pick<ProviderTools, 'http' | 'tokens'>,
  request: (token: string) => VendorRequest,
): Promise<TokenCall> {
  for (let attempt = 1; ; attempt += 1) {
    const current = await tokens.current();
    if ('account' in current) return current;
    const answer = await http.call(request(current.token));
    if (answer.kind === 'unanswered' || answer.status !== UNAUTHORIZED) return { answer };
    await tokens.refused(current.token);
    if (attempt === 2) return { account: { kind: 'unauthorized', says: 'the access token was refused, a new one too' } };
  }
}
