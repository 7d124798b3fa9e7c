import { ShopifyClient } from '../../test/shopify-client.js';

let client: ShopifyClient | undefined;
const started = async (...options: Parameters<typeof ShopifyClient.start>): Promise<ShopifyClient> => {
  client = await ShopifyClient.start(...options);
  return client;
};
afterEach(() => client?.shop.close());

const PAGE = 'query($n: Int!) { productVariants(first: $n) { nodes { id inventoryItem { id } } pageInfo { hasNextPage } } }';

describe('the cost of a query', () => {
  it('is taken as asked and given back as far as less came', async () => {
    const shop = await started();
    shop.shop.addListings([{ sku: 'A' }, { sku: 'B' }]);
    const { extensions } = await shop.ask(PAGE, { n: 250 });
    expect(extensions?.cost).toEqual({
      requestedQueryCost: 502,
      actualQueryCost: 6,
      throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: 1_994, restoreRate: 100 },
    });
  });

  it('may not pass 1,000 in one query', async () => {
    const shop = await started({ limits: 'none' });
    const wide = 'query { productVariants(first: 250) { nodes { inventoryItem { inventoryLevels(first: 10) { nodes { id } } } } } }';
    const { errors } = await shop.ask(wide);
    expect(errors?.[0]?.extensions?.['code']).toBe('MAX_COST_EXCEEDED');
  });

  it('is refused with status 200 when the points are used up, and points come back with time', async () => {
    const shop = await started();
    const items = shop.shop.addListings(Array.from({ length: 250 }, (_, index) => ({ sku: `S${String(index)}` })));
    const ids = { ids: items };
    const nodes =
      'query($ids: [ID!]!) { nodes(ids: $ids) { ... on InventoryItem { id variants: inventoryLevels(first: 1) { nodes { id } } } } }';
    expect((await shop.ask(nodes, ids)).extensions?.cost.throttleStatus.currentlyAvailable).toBe(1_000);
    await shop.ask(nodes, ids);
    const response = await shop.post(nodes, ids);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
      extensions: { cost: { actualQueryCost: null, throttleStatus: { currentlyAvailable: 0 } } },
    });
    expect(shop.shop.log.throttled).toBe(1);
    shop.clock.forward(10_000);
    expect((await shop.ask(nodes, ids)).errors).toBeUndefined();
  });

  it('grows with the plan', async () => {
    const shop = await started({ plan: 'plus' });
    const { extensions } = await shop.ask('{ shop { id } }');
    expect(extensions?.cost.throttleStatus).toEqual({ maximumAvailable: 20_000, currentlyAvailable: 19_999, restoreRate: 1_000 });
  });

  it('is refused as a planned fault with 429 where a time is named', async () => {
    const shop = await started();
    await shop.ask('{ shop { id } }');
    shop.shop.faults.next({ kind: 'throttle', retryAfterMs: 2_000 }, 1, 'shop');
    const response = await shop.post('{ shop { id } }');
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '2.0']);
  });
});
