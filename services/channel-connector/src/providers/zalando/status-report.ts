import type { Figure } from '../figures.js';
import type { FoundListing, ListingPage, ReadResult } from '../read.js';
import { fieldsOf, listOf, textOf, wholeOf } from '../reading.js';
import { verdictOf, type ApiResult, type ZDirectApi } from './api.js';
import type { ZalandoSettings } from './settings.js';

/** The fields of stock and paging are not confirmed by Zalando: all of this is behind the setting `readBack`. */
const FIELDS = `items { name product_configs { product_simples {
  ean merchant_product_simple_id offers { sales_channel_id stock { amount } } } } } next_cursor`;

const PAGE = 100;
/** EANs asked for with one call. */
const EANS_A_CALL = 25;
const SPEND = [{ limit: 'status_report', units: 1 }] as const;

interface Simple {
  readonly ean: string;
  readonly sku: string | null;
  readonly title: string | null;
  readonly figure: Figure;
}

/** Reads figures, minutes to hours old. */
export async function readReport(api: ZDirectApi, settings: ZalandoSettings, eans: readonly string[]): Promise<ReadResult> {
  const figures = new Map<string, Figure | null>();
  for (let start = 0; start < eans.length; start += EANS_A_CALL) {
    const asked = eans.slice(start, start + EANS_A_CALL);
    const parts = asked.map((_, index) => `e${String(index)}: product_models(input: $i${String(index)}) { ${FIELDS} }`);
    const names = asked.map((_, index) => `$i${String(index)}: ProductModelsInput!`);
    const query = `query (${names.join(', ')}) { psr { ${parts.join(' ')} } }`;
    const variables = Object.fromEntries(asked.map((ean, index) => [`i${String(index)}`, { ...inputOf(settings, 1), search_value: ean }]));
    const result = await ask(api, query, variables);
    if (result.kind !== 'ok') return { account: verdictOf(result), figures };
    const psr = fieldsOf(fieldsOf(fieldsOf(result.body)['data'])['psr']);
    for (const [index, ean] of asked.entries()) {
      const found = simplesOf(psr[`e${String(index)}`], settings).find((simple) => simple.ean === ean);
      figures.set(ean, found?.figure ?? null);
    }
  }
  return { account: { kind: 'ok' }, figures };
}

export async function listReport(api: ZDirectApi, settings: ZalandoSettings, cursor: string | null): Promise<ListingPage> {
  const query = `query ($input: ProductModelsInput!) { psr { product_models(input: $input) { ${FIELDS} } } }`;
  const result = await ask(api, query, { input: { ...inputOf(settings, PAGE), ...(cursor === null ? {} : { cursor }) } });
  if (result.kind !== 'ok') return { account: verdictOf(result), listings: [], next: cursor, total: null };
  const models = fieldsOf(fieldsOf(fieldsOf(fieldsOf(result.body)['data'])['psr'])['product_models']);
  const listings = simplesOf(models, settings).map(({ ean, sku, title, figure }): FoundListing => ({
    listingId: ean,
    sku,
    barcode: ean,
    title,
    figure,
    says: null,
  }));
  return { account: { kind: 'ok' }, listings, next: textOf(models['next_cursor']) ?? null, total: null };
}

const inputOf = ({ merchantId }: ZalandoSettings, limit: number) => ({ merchant_ids: [merchantId], limit });

/** GraphQL answers 200 for what it refuses. */
async function ask(api: ZDirectApi, query: string, variables: object): Promise<ApiResult> {
  const result = await api.call({ method: 'POST', path: '/graphql', body: { query, variables } }, SPEND);
  if (result.kind !== 'ok') return result;
  const error = fieldsOf(listOf(fieldsOf(result.body)['errors'])[0]);
  const says = textOf(error['message']);
  return says === undefined ? result : { kind: 'refused', status: 200, says: `the product status report refused the query: ${says}` };
}

function simplesOf(models: unknown, { salesChannelIds }: ZalandoSettings): readonly Simple[] {
  return listOf(fieldsOf(models)['items'])
    .map(fieldsOf)
    .flatMap((model) =>
      listOf(model['product_configs'])
        .flatMap((config) => listOf(fieldsOf(config)['product_simples']))
        .map(fieldsOf)
        .flatMap((simple) => {
          const ean = textOf(simple['ean']);
          if (ean === undefined) return [];
          const amounts = listOf(simple['offers'])
            .map(fieldsOf)
            .filter((offer) => salesChannelIds.includes(String(offer['sales_channel_id'])))
            .map((offer) => wholeOf(fieldsOf(offer['stock'])['amount']) ?? 0);
          // Where sales channels differ, the highest figure is what may be sold too much of.
          const figure = { quantity: Math.max(0, ...amounts), parts: [] };
          return [{ ean, sku: textOf(simple['merchant_product_simple_id']) ?? null, title: textOf(model['name']) ?? null, figure }];
        }),
    );
}
