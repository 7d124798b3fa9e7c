import { buildSchema, graphql } from 'graphql';
import { isRecord, jsonOf, type VendorAnswer, type VendorCall } from '../../http/vendor-call.js';
import type { SandboxClock } from '../../sandbox-clock.js';
import type { MinuteWindows } from '../access/minute-windows.js';
import { problem, tooMany } from '../problem.js';
import type { Article, Articles } from './articles.js';

/**
 * The product status report as far as it is known. Public code asks `psr { product_models(input: …) { items { product_configs { product_simples { ean
 * status } } } } }`. Where the report names stock and how it is paged is not known: `offers`, `cursor` and `next_cursor` are made up.
 */
const SCHEMA = buildSchema(`
  type Query { psr: ProductStatusReport! }
  type ProductStatusReport { product_models(input: ProductModelsInput!): ProductModels! }
  input ProductModelsInput {
    merchant_ids: [String!]!
    status_clusters: [StatusCluster!]
    season_codes: [String!]
    brand_codes: [String!]
    country_codes: [String!]
    search_value: String
    limit: Int!
    cursor: String
  }
  enum StatusCluster { LIVE REJECTED BLOCKED OFFLINE PROCESSING }
  type ProductModels { items: [ProductModel!]! next_cursor: String }
  type ProductModel { name: String product_configs: [ProductConfig!]! }
  type ProductConfig { product_simples: [ProductSimple!]! }
  type ProductSimple { ean: String! merchant_product_simple_id: String status: Status! offers: [Offer!]! }
  type Status { status_cluster: StatusCluster! status_detail_code: String }
  type Offer { sales_channel_id: String! stock: Stock! }
  type Stock { amount: Int! }
`);

const MAX_PAGE = 100;

interface Input {
  readonly merchant_ids: readonly string[];
  readonly search_value?: string | null;
  readonly limit: number;
  readonly cursor?: string | null;
}

export interface StatusReportOptions {
  readonly merchantId: string;
  readonly articles: Articles;
  readonly clock: SandboxClock;
  readonly windows: MinuteWindows;
  /** How far the report is behind. */
  readonly lagMs: number;
}

/** Answers the GraphQL product status report, behind by its lag. */
export function statusReport({ merchantId, articles, clock, windows, lagMs }: StatusReportOptions) {
  return async (call: VendorCall): Promise<VendorAnswer> => {
    const overrun = windows.take({ statusReport: 1 });
    if (overrun !== undefined) return tooMany(overrun.limit, overrun.retryAfterMs);
    const body = jsonOf(call);
    if (!isRecord(body) || typeof body['query'] !== 'string') return problem(400, 'Bad Request', 'query is required.');
    const variableValues = isRecord(body['variables']) ? body['variables'] : {};
    const at = clock.now() - lagMs;
    const rootValue = { psr: { product_models: ({ input }: { readonly input: Input }) => page(input, at) } };
    return { status: 200, body: await graphql({ schema: SCHEMA, source: body['query'], rootValue, variableValues }) };
  };

  function page(input: Input, at: number) {
    if (!input.merchant_ids.includes(merchantId)) throw new Error('the token is of another merchant');
    if (input.limit < 1 || input.limit > MAX_PAGE) throw new Error(`limit must be from 1 to ${String(MAX_PAGE)}`);
    const search = input.search_value ?? '';
    const found = articles.all().filter(({ ean }) => (search === '' || ean === search) && ean > (input.cursor ?? ''));
    const items = found.slice(0, input.limit);
    return { items: items.map((article) => model(article, at)), next_cursor: found.length > input.limit ? items.at(-1)?.ean : null };
  }

  function model(article: Article, at: number) {
    return {
      name: article.title,
      product_configs: [
        {
          product_simples: [
            {
              ean: article.ean,
              merchant_product_simple_id: article.externalId,
              status: { status_cluster: 'LIVE', status_detail_code: null },
              offers: [...article.changes.keys()].map((salesChannelId) => ({
                sales_channel_id: salesChannelId,
                stock: { amount: articles.quantity(article, salesChannelId, at) },
              })),
            },
          ],
        },
      ],
    };
  }
}
