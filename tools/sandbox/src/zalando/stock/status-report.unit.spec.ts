import { zalandoRig, type ZalandoRig } from '../../../test/zalando-rig.js';

let rig: ZalandoRig;
beforeEach(async () => {
  rig = await zalandoRig();
});
afterEach(() => rig.zalando.close());

const QUERY = `query ($input: ProductModelsInput!) { psr { product_models(input: $input) {
  items { product_configs { product_simples { ean offers { sales_channel_id stock { amount } } } } } next_cursor } } }`;

interface Report {
  readonly data: {
    readonly psr: { readonly product_models: { readonly items: readonly object[]; readonly next_cursor: string | null } };
  } | null;
  readonly errors?: readonly { readonly message: string }[];
}

const ask = async (input: object, query = QUERY): Promise<Report> =>
  (await rig.call('POST', '/graphql', { query, variables: { input: { merchant_ids: [rig.merchantId], limit: 100, ...input } } }))
    .body as unknown as Report;
const amounts = ({ data }: Report) => [...JSON.stringify(data).matchAll(/"amount":(\d+)/g)].map(([, amount]) => Number(amount));

describe('the product status report', () => {
  it('is behind by its lag', async () => {
    const [ean = ''] = rig.zalando.addListings([{ sku: 'A', quantity: 1 }]);
    rig.zalando.edit(ean, 8);
    rig.clock.forward(299_999);
    expect(amounts(await ask({}))).toEqual([1, 1]);
    rig.clock.forward(1);
    expect(amounts(await ask({}))).toEqual([8, 8]);
  });

  it('comes in pages and finds one EAN', async () => {
    const eans = rig.zalando.addListings([{ sku: 'A' }, { sku: 'B' }, { sku: 'C' }]);
    const first = (await ask({ limit: 2 })).data?.psr.product_models;
    const second = (await ask({ limit: 2, cursor: first?.next_cursor })).data?.psr.product_models;
    expect([first?.items.length, second?.items.length, second?.next_cursor]).toEqual([2, 1, null]);
    expect(JSON.stringify((await ask({ search_value: eans[1] })).data)).toContain(`"ean":"${String(eans[1])}"`);
  });

  it('refuses fields that it does not have and the articles of another merchant', async () => {
    expect((await ask({}, QUERY.replace('amount', 'number'))).errors).toHaveLength(1);
    expect((await ask({ merchant_ids: ['other'] })).errors).toMatchObject([{ message: expect.stringContaining('another merchant') }]);
  });

  it('is asked 240 times a minute', async () => {
    for (let call = 0; call < 240; call += 1) await ask({});
    const refused = await rig.call('POST', '/graphql', { query: QUERY });
    expect([refused.status, refused.headers.get('x-rate-limit')]).toEqual([429, '240']);
  });
});
