import type { ProviderTools } from '../../tools.js';
import type { AccountVerdict } from '../../write.js';
import { faultOf, retryAfterMs, shortened } from './answers.js';
import { Costs, POINTS, refillMs, reportOf, type ReportedCost } from '../limits.js';
import { graphqlUrl, type ShopifySettings } from '../settings.js';

export interface Question {
  /** Name of the query; its cost is learned under it. */
  readonly kind: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Points by the published rules. */
  readonly points: number;
  readonly urgent?: boolean;
  /** Longest wait for points; without it as long as needed. */
  readonly mostWaitMs?: number;
}

export type Asked<Data> =
  | { readonly kind: 'data'; readonly data: Partial<Data> }
  /** `mayHaveApplied`: the request may have taken effect all the same. */
  | { readonly kind: 'none'; readonly account: AccountVerdict; readonly mayHaveApplied: boolean };

interface GraphqlError {
  readonly message?: string;
  readonly extensions?: { readonly code?: string };
}

interface Body {
  readonly data?: object | null;
  readonly errors?: readonly GraphqlError[] | string;
  readonly extensions?: { readonly cost?: ReportedCost };
}

/** A shop that is locked or unpaid stays so for a while. */
const LOCKED_MS = 15 * 60_000;

/** Asks one shop's GraphQL endpoint: takes points, sends the token, and says what an answer means for the account. */
export class AdminApi {
  private readonly costs = new Costs();

  constructor(
    private readonly settings: ShopifySettings,
    private readonly tools: Pick<ProviderTools, 'http' | 'tokens' | 'budget' | 'now'>,
  ) {}

  /** Never rejects for what the vendor does. A refused token is asked for anew, once. */
  async ask<Data>(question: Question): Promise<Asked<Data>> {
    for (let attempt = 1; ; attempt += 1) {
      const token = await this.tools.tokens.current();
      if ('account' in token) return { kind: 'none', account: token.account, mayHaveApplied: false };
      if (!(await this.taken(question))) return none({ kind: 'slow_down', says: 'there were no points left in time', retryAfterMs: 0 });
      const answer = await this.post<Data>(question, token.token);
      if (answer !== 'refused token') return answer;
      await this.tools.tokens.refused(token.token);
      if (attempt > 1)
        return none({ kind: 'unauthorized', says: 'Shopify refuses the access token: the app may have been removed from the shop' });
    }
  }

  private taken({ kind, points, urgent = false, mostWaitMs }: Question): Promise<boolean> {
    const spends = [{ limit: POINTS, units: this.costs.points(kind, points) }];
    return this.tools.budget.take(spends, { urgent, ...(mostWaitMs === undefined ? {} : { mostMs: mostWaitMs }) });
  }

  private async post<Data>({ kind, query, variables, points }: Question, token: string): Promise<Asked<Data> | 'refused token'> {
    const answer = await this.tools.http.call({
      method: 'POST',
      url: graphqlUrl(this.settings),
      headers: { 'content-type': 'application/json', accept: 'application/json', 'x-shopify-access-token': token },
      body: JSON.stringify({ query, variables }),
    });
    if (answer.kind === 'unanswered') return none({ kind: 'failed', says: shortened(answer.fault), retryAfterMs: 0 }, answer.sent);
    const body = answer.status === 200 || answer.status === 429 ? parsed(answer.body) : {};
    const cost = body?.extensions?.cost ?? {};
    this.costs.learn(kind, points, cost);
    if (answer.status === 429) {
      const waitMs = retryAfterMs(answer.headers, refillMs(cost));
      await this.tools.budget.report([...reportOf(cost), { limit: POINTS, notBefore: this.tools.now() + waitMs }]);
      return none({ kind: 'slow_down', says: 'Shopify wants fewer calls', retryAfterMs: waitMs });
    }
    if (answer.status === 401) return 'refused token';
    if (answer.status !== 200) return statusVerdict(answer.status, faultOf(answer), retryAfterMs(answer.headers));
    await this.tools.budget.report(reportOf(cost));
    if (body === undefined) return none({ kind: 'failed', says: 'Shopify answered what is no JSON', retryAfterMs: 0 }, true);
    return body.errors === undefined ? dataOf(body) : errorVerdict(body.errors, cost);
  }
}

const none = (account: AccountVerdict, mayHaveApplied = false): Asked<never> => ({ kind: 'none', account, mayHaveApplied });

function dataOf<Data>({ data }: Body): Asked<Data> {
  if (typeof data === 'object' && data !== null) return { kind: 'data', data };
  return none({ kind: 'failed', says: 'Shopify answered without data', retryAfterMs: 0 }, true);
}

function statusVerdict(status: number, says: string, retryMs: number): Asked<never> {
  if (status >= 500) return none({ kind: 'failed', says, retryAfterMs: retryMs }, true);
  if (status === 403) return none({ kind: 'unauthorized', says });
  // 402 and 423: the shop is frozen or locked. 404: no such shop, or no such version of the API.
  return none({ kind: 'failed', says, retryAfterMs: Math.max(retryMs, LOCKED_MS) });
}

/** What errors beside the data mean. Where there is one, nothing of the data is used. */
export function errorVerdict(errors: readonly GraphqlError[] | string, cost: ReportedCost): Asked<never> {
  if (typeof errors === 'string') return none({ kind: 'failed', says: shortened(errors), retryAfterMs: LOCKED_MS });
  const says = shortened(errors.map(({ message }) => message ?? 'an error without a message').join('; '));
  const has = (...codes: readonly string[]): boolean => errors.some(({ extensions }) => codes.includes(extensions?.code ?? ''));
  if (has('THROTTLED') || errors.some(({ message }) => message === 'Throttled'))
    return none({ kind: 'slow_down', says: 'Shopify wants fewer calls', retryAfterMs: refillMs(cost) });
  if (has('ACCESS_DENIED', 'UNAUTHORIZED')) return none({ kind: 'unauthorized', says });
  if (has('MAX_COST_EXCEEDED')) return none({ kind: 'narrow', says });
  if (has('SHOP_INACTIVE')) return none({ kind: 'failed', says, retryAfterMs: LOCKED_MS });
  return none({ kind: 'failed', says, retryAfterMs: 0 }, has('INTERNAL_SERVER_ERROR', 'TIMEOUT'));
}

function parsed(body: Buffer): Body | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
