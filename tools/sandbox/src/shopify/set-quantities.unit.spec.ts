import { SET, ShopifyClient } from '../../test/shopify-client.js';

let client: ShopifyClient;
let first: string;
let second: string;

beforeEach(async () => {
  client = await ShopifyClient.start();
  [first = '', second = ''] = client.shop.addListings([
    { sku: 'A', quantity: 5 },
    { sku: 'B', quantity: 5 },
  ]);
});
afterEach(() => client.shop.close());

const to = (inventoryItemId: string, quantity: number, more: object = {}): object => ({ inventoryItemId, quantity, ...more });
const codes = async (asked: Promise<unknown>): Promise<unknown> => ((await asked) as { readonly code: string }[]).map(({ code }) => code);

describe('setting quantities', () => {
  it('sets them at the location named and nowhere else', async () => {
    expect(await client.set([to(first, 7), to(second, 0)], 'k1')).toEqual([]);
    expect(client.figures('BER')).toEqual([7, 0]);
    expect(client.figures('HAM')).toEqual([5, 5]);
    expect(client.shop.log.violations).toEqual([]);
  });

  it('refuses a request without the idempotency directive, whatever the schema says', async () => {
    const query = 'mutation($i: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $i) { userErrors { code } } }';
    const quantities = [to(first, 7, { locationId: client.place('BER'), changeFromQuantity: null })];
    const { errors } = await client.ask(query, { i: { name: 'available', reason: 'correction', quantities } });
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_REQUEST' });
    expect(client.figures('BER')).toEqual([5, 5]);
    expect(client.shop.log.violations).toHaveLength(1);
  });

  it('refuses a blank key', async () => expect(await client.set([to(first, 7)], ' ')).toEqual(['BAD_REQUEST']));

  it('refuses a quantity without changeFromQuantity, and takes an explicit null', async () => {
    expect(await client.set([to(first, 7, { changeFromQuantity: undefined })], 'k1')).toEqual(['INVALID_FIELD_ARGUMENTS']);
    expect(await client.set([to(first, 7, { changeFromQuantity: null })], 'k2')).toEqual([]);
  });

  it('refuses more than 250 quantities', async () => {
    expect(await client.set(Array<object>(251).fill(to(first, 7)), 'k1')).toEqual(['MAX_INPUT_SIZE_EXCEEDED']);
    expect(client.figures('BER')).toEqual([5, 5]);
  });

  it('applies nothing of a request of which one quantity is stale, and names it', async () => {
    expect(await client.set([to(first, 7, { changeFromQuantity: 5 }), to(second, 7, { changeFromQuantity: 4 })], 'k1')).toEqual([
      {
        code: 'CHANGE_FROM_QUANTITY_STALE',
        field: ['input', 'quantities', '1', 'changeFromQuantity'],
        message: 'The changeFromQuantity value does not match persisted value.',
      },
    ]);
    expect(client.figures('BER')).toEqual([5, 5]);
  });

  it.each([
    ['INVALID_INVENTORY_ITEM', { inventoryItemId: 'gid://shopify/InventoryItem/9' }],
    ['INVALID_LOCATION', { locationId: 'gid://shopify/Location/9' }],
    ['INVALID_QUANTITY_NEGATIVE', { quantity: -1 }],
    ['INVALID_QUANTITY_TOO_HIGH', { quantity: 1_000_000_001 }],
  ])('refuses with %s', async (code, wrong) => expect(await codes(client.set([to(first, 7, wrong)], 'k1'))).toEqual([code]));

  it('refuses the same pair of item and location twice', async () =>
    expect(await codes(client.set([to(first, 7), to(first, 8)], 'k1'))).toEqual(['NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR']));

  it('refuses other names than available and on_hand', async () =>
    expect(await codes(client.set([to(first, 7)], 'k1', 'committed'))).toEqual(['INVALID_NAME']));

  it('keeps what is committed when on hand is set', async () => {
    client.shop.sell([{ listingId: first, quantity: 2 }]);
    expect(await client.set([to(first, 10)], 'k1', 'on_hand')).toEqual([]);
    expect(client.figures('BER')).toEqual([8, 5]);
  });

  it('refuses what the schema does not know, with the place in the query', async () => {
    const { errors, data } = await client.ask(SET.replace('userErrors { code field message }', 'userErrors { nothing }'));
    expect(errors?.[0]?.message).toContain('Cannot query field "nothing"');
    expect(data).toBeUndefined();
  });
});

describe('a key of idempotency', () => {
  it('answers a second time as the first time and changes nothing', async () => {
    await client.set([to(first, 7)], 'k1');
    client.shop.edit(first, 3, client.place('BER'));
    expect(await client.set([to(first, 7)], 'k1')).toEqual([]);
    expect(client.figures('BER')).toEqual([3, 5]);
  });

  it('is refused with other parameters', async () => {
    await client.set([to(first, 7)], 'k1');
    expect(await codes(client.set([to(first, 8)], 'k1'))).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH']);
  });

  it('is used up by a failure', async () => {
    await client.set([to(first, 7, { changeFromQuantity: 4 })], 'k1');
    client.shop.edit(first, 4, client.place('BER'));
    expect(await codes(client.set([to(first, 7, { changeFromQuantity: 4 })], 'k1'))).toEqual(['IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED']);
  });

  it('is told of a call that still runs', async () => {
    client.shop.holdKey('k1', 1);
    expect(await codes(client.set([to(first, 7)], 'k1'))).toEqual(['IDEMPOTENCY_CONCURRENT_REQUEST']);
    expect(await client.set([to(first, 7)], 'k1')).toEqual([]);
  });

  it('is forgotten after a day', async () => {
    await client.set([to(first, 7)], 'k1');
    client.clock.forward(25 * 3_600_000);
    client.shop.edit(first, 3, client.place('BER'));
    await client.accessToken().then(async (token) => {
      const input = {
        name: 'available',
        reason: 'correction',
        quantities: [to(first, 7, { locationId: client.place('BER'), changeFromQuantity: null })],
      };
      await client.post(SET, { key: 'k1', input }, token);
    });
    expect(client.figures('BER')).toEqual([7, 5]);
  });
});

describe('an item that is not like others', () => {
  it('is refused where it is not stocked, until it is activated there', async () => {
    const [third = ''] = client.shop.addListings([{ sku: 'C', stockedAt: ['HAM'] }]);
    expect(await codes(client.set([to(third, 7)], 'k1'))).toEqual(['ITEM_NOT_STOCKED_AT_LOCATION']);
    const activate = `mutation($i: ID!, $l: ID!, $k: String!) {
      inventoryActivate(inventoryItemId: $i, locationId: $l, available: 7) @idempotent(key: $k) { inventoryLevel { id } userErrors { message } }
    }`;
    const { data } = await client.ask(activate, { i: third, l: client.place('BER'), k: 'k2' });
    expect(data).toMatchObject({ inventoryActivate: { userErrors: [] } });
    expect(client.figures('BER')).toEqual([5, 5, 7]);
  });

  it('keeps its figure over deactivation and activation', async () => {
    client.shop.deactivate(first, client.place('BER'));
    const activate = `mutation($i: ID!, $l: ID!) {
      inventoryActivate(inventoryItemId: $i, locationId: $l) @idempotent(key: "k") { userErrors { message } }
    }`;
    await client.ask(activate, { i: first, l: client.place('BER') });
    expect(client.figures('BER')).toEqual([5, 5]);
  });

  it('is named as a fault where it is not tracked and is set all the same', async () => {
    const [third = ''] = client.shop.addListings([{ sku: 'C', tracked: false }]);
    await client.set([to(third, 7)], 'k1');
    expect(client.shop.log.violations).toEqual([`${third} is not tracked and was set`]);
  });

  it('is refused where it is the parent of a bundle', async () => {
    const [third = ''] = client.shop.addListings([{ sku: 'C', mutable: false }]);
    expect(await codes(client.set([to(third, 7)], 'k1'))).toEqual(['NON_MUTABLE_INVENTORY_ITEM']);
  });
});
