import { ShopifyClient } from '../../test/shopify-client.js';

let client: ShopifyClient;
beforeEach(async () => {
  client = await ShopifyClient.start();
});
afterEach(() => client.shop.close());

const dataOf = async (query: string, variables: object = {}): Promise<unknown> => {
  const { data, errors } = await client.ask(query, variables);
  expect(errors).toBeUndefined();
  return data;
};

describe('reading', () => {
  it('pages through variants, by cursor and by id', async () => {
    client.shop.addListings(['A', 'B', 'C'].map((sku) => ({ sku, barcode: `4006381333${sku}` })));
    const query =
      'query($after: String, $query: String) { productVariants(first: 2, after: $after, query: $query, sortKey: ID) { nodes { id sku barcode } pageInfo { hasNextPage endCursor } } }';
    const first = (await dataOf(query)) as { productVariants: { nodes: { id: string }[]; pageInfo: { endCursor: string } } };
    expect(first.productVariants).toMatchObject({ nodes: [{ sku: 'A' }, { sku: 'B' }], pageInfo: { hasNextPage: true } });
    const rest = { productVariants: { nodes: [{ sku: 'C', barcode: '4006381333C' }], pageInfo: { hasNextPage: false } } };
    expect(await dataOf(query, { after: first.productVariants.pageInfo.endCursor })).toMatchObject(rest);
    expect(await dataOf(query, { query: `id:>${first.productVariants.nodes[1]?.id.split('/').pop() ?? ''}` })).toMatchObject(rest);
  });

  it('tells of SKUs that occur twice', async () => {
    const ids = client.shop.addListings([{ sku: 'A' }, { sku: 'A' }, { sku: 'B' }]);
    const query = 'query($ids: [ID!]!) { nodes(ids: $ids) { ... on InventoryItem { duplicateSkuCount } } }';
    expect(await dataOf(query, { ids })).toEqual({ nodes: [1, 1, 0].map((duplicateSkuCount) => ({ duplicateSkuCount })) });
  });

  it('gives figures by location, and null where the item is not stocked', async () => {
    const ids = client.shop.addListings([
      { sku: 'A', quantity: 3 },
      { sku: 'B', stockedAt: ['HAM'] },
    ]);
    client.shop.sell([{ listingId: ids[0] ?? '', quantity: 1 }]);
    const query = `query($ids: [ID!]!, $l: ID!) { nodes(ids: $ids) { ... on InventoryItem {
      inventoryLevel(locationId: $l) { quantities(names: ["available", "committed", "on_hand"]) { name quantity } } } } }`;
    expect(await dataOf(query, { ids: [...ids, 'gid://shopify/InventoryItem/1'], l: client.place('BER') })).toEqual({
      nodes: [
        {
          inventoryLevel: {
            quantities: [
              { name: 'available', quantity: 2 },
              { name: 'committed', quantity: 1 },
              { name: 'on_hand', quantity: 3 },
            ],
          },
        },
        { inventoryLevel: null },
        null,
      ],
    });
  });

  it('lists orders that changed since a time, with what was refunded', async () => {
    const [listingId = ''] = client.shop.addListings([{ sku: 'A', quantity: 9 }]);
    const old = client.shop.sell([{ listingId, quantity: 1 }]);
    client.clock.forward(1_000);
    const since = new Date(client.clock.now()).toISOString();
    const changed = client.shop.sell([{ listingId, quantity: 4 }]);
    client.shop.refund(changed, [{ listingId, quantity: 1, restock: true }]);
    const query = `query($q: String!) { orders(first: 10, query: $q, sortKey: UPDATED_AT) { nodes { id
      lineItems(first: 5) { nodes { quantity currentQuantity variant { inventoryItem { id } } } }
      refunds(first: 5) { refundLineItems(first: 5) { nodes { quantity restockType restocked location { id } } } } } } }`;
    const asked = (since: string): Promise<unknown> => dataOf(query, { q: `updated_at:>='${since}'` });
    expect(await asked(since)).toEqual({
      orders: {
        nodes: [
          {
            id: changed,
            lineItems: { nodes: [{ quantity: 4, currentQuantity: 3, variant: { inventoryItem: { id: listingId } } }] },
            refunds: [
              {
                refundLineItems: {
                  nodes: [{ quantity: 1, restockType: 'RETURN', restocked: true, location: { id: client.place('BER') } }],
                },
              },
            ],
          },
        ],
      },
    });
    client.clock.forward(1_000);
    const later = new Date(client.clock.now()).toISOString();
    client.shop.cancel(old);
    expect(await asked(later)).toMatchObject({ orders: { nodes: [{ id: old }] } });
  });
});

describe('faults by operation', () => {
  it('meet only calls of that root field', async () => {
    client.shop.faults.next({ kind: 'server_error', status: 503 }, 1, 'locations');
    expect((await client.post('{ shop { id } }')).status).toBe(200);
    expect((await client.post('query Places { locations(first: 1) { nodes { id } } }')).status).toBe(503);
    expect(client.shop.log.of('locations')).toHaveLength(1);
  });
});
