import { type VendorRequest, retryAfter, shortened } from '@holdfast/vendor-http';
import { callWithToken, type CallCost } from '../../call-with-token.js';
import { fieldsOf, jsonOf } from '../../reading.js';
import type { ProviderTools } from '../../tools.js';
import { Costs, MOST_POINTS_PER_CALL, POINTS, refillMs, reportOf } from '../limits.js';
import { graphqlUrl, type ShopifySettings } from '../settings.js';
import { faultOf } from './answers.js';
import { bodyVerdict, costOf, none, statusVerdict, type Asked, type Body } from './verdicts.js';

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

/** Asks one shop's GraphQL endpoint: takes points, sends the token, and says what an answer means for the account. */
export class AdminApi {
  private readonly costs = new Costs();

  constructor(
    private readonly settings: ShopifySettings,
    private readonly tools: Pick<ProviderTools, 'http' | 'tokens' | 'budget' | 'now'>,
  ) {}

  /** How many elements of so many points each one call of this kind may ask for. */
  mostOf(kind: string, pointsEach: number, most: number): number {
    return Math.max(1, Math.min(most, Math.floor(MOST_POINTS_PER_CALL / this.costs.points(kind, pointsEach))));
  }

  /** Never rejects for what the vendor does. */
  async ask<Data>(question: Question): Promise<Asked<Data>> {
    const points = this.costs.points(question.kind, question.points);
    const called = await callWithToken(this.tools, callCost(points, question), (token) => this.request(question, token));
    if ('account' in called) return none(called.account);
    const { answer } = called;
    if (answer.kind === 'unanswered') return none({ kind: 'failed', says: shortened(answer.fault), retryAfterMs: 0 }, answer.sent);
    const body: Body = fieldsOf(jsonOf(answer.body));
    const cost = costOf(body);
    this.costs.learn(question.kind, question.points, cost);
    const waitMs = retryAfter(answer.headers['retry-after'], this.tools.now());
    if (answer.status === 429) {
      const untilMs = waitMs === 0 ? refillMs(cost) : waitMs;
      await this.tools.budget.report([{ ...reportOf(cost, points), notBefore: this.tools.now() + untilMs }]);
      return none({ kind: 'slow_down', says: 'Shopify wants fewer calls', retryAfterMs: untilMs });
    }
    if (answer.status !== 200) return none(...statusVerdict(answer.status, faultOf(answer), waitMs));
    await this.tools.budget.report([reportOf(cost, points)]);
    return bodyVerdict(body);
  }

  private request({ query, variables }: Question, token: string): VendorRequest {
    return {
      method: 'POST',
      url: graphqlUrl(this.settings),
      headers: { 'content-type': 'application/json', accept: 'application/json', 'x-shopify-access-token': token },
      body: JSON.stringify({ query, variables }),
    };
  }
}

const callCost = (points: number, { urgent = false, mostWaitMs }: Question): CallCost => ({
  spends: [{ limit: POINTS, units: points }],
  urgent,
  ...(mostWaitMs === undefined ? {} : { mostMs: mostWaitMs }),
});
