import { ShopifyShop } from '../../../test/shops/shopify-shop.js';
import type { FoundListing, ListingPage } from '../read.js';

let shop: ShopifyShop;
beforeEach(async () => {
  shop = await ShopifyShop.start();
});
afterEach(async () => {
  expect(shop.shop.log.violations).toEqual([]);
  await shop.close();
});

const pages = async (): Promise<readonly (readonly FoundListing[])[]> => {
  const all: (readonly FoundListing[])[] = [];
  let cursor: string | null = null;
  do {
    const page: ListingPage | undefined = await shop.open.list?.(cursor);
    if (page?.account.kind !== 'ok') throw new Error('the page could not be read');
    all.push(page.listings);
    cursor = page.next;
  } while (cursor !== null);
  return all;
};

describe('listings', () => {
  it('come page by page with SKU, barcode and figure at the mapped places', async () => {
    shop.shop.addListings(
      Array.from({ length: 250 }, (_, index) => ({ sku: `S${String(index)}`, barcode: `40063813${String(index)}`, quantity: index })),
    );
    const found = await pages();
    expect(found.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(found[2]?.at(-1)).toMatchObject({ sku: 'S249', barcode: '40063813249', title: 'S249', figure: shop.at(249), says: null });
    expect(new Set(found.flat().map(({ listingId }) => listingId)).size).toBe(250);
  });

  it('are counted on the first page', async () => {
    shop.shop.addListings([{ sku: 'A' }, { sku: 'B' }]);
    expect((await shop.open.list?.(null))?.total).toBe(2);
  });

  it('say where an item is not tracked', async () => {
    shop.shop.addListings([{ sku: 'A', tracked: false }]);
    expect((await pages())[0]?.[0]).toMatchObject({ figure: null, says: 'Shopify does not track the quantity of this item' });
  });
});

describe('reading back', () => {
  it('gives figures, null for what the shop does not know, and nothing for what is not tracked', async () => {
    const [first = '', second = '', third = ''] = shop.shop.addListings([
      { sku: 'A', quantity: 4 },
      { sku: 'B', stockedAt: ['HAM'], quantity: 4 },
      { sku: 'C', tracked: false },
    ]);
    const result = await shop.open.read?.([first, second, third, 'gid://shopify/InventoryItem/1', 'odd']);
    expect(result?.figures).toEqual(
      new Map([
        [first, shop.at(4)],
        [second, shop.at(0)],
        ['gid://shopify/InventoryItem/1', null],
        ['odd', null],
      ]),
    );
  });

  it('keeps what it read before a call failed', async () => {
    const ids = shop.shop.addListings(Array.from({ length: 200 }, (_, index) => ({ sku: `S${String(index)}` })));
    shop.shop.faults.next({ kind: 'drop' }, 1, 'nodes');
    expect((await shop.open.read?.(ids))?.figures.size).toBe(0);
    const calls = shop.calls('nodes');
    expect((await shop.open.read?.(ids))?.figures.size).toBe(200);
    expect(shop.calls('nodes') - calls).toBe(2);
  });
});

describe('a check', () => {
  const checked = async (): Promise<Readonly<Record<string, string>>> =>
    Object.fromEntries((await shop.open.check()).map(({ name, ok, says }) => [name, ok ? 'ok' : says]));

  it('finds nothing wrong with a channel that is set up well', async () =>
    expect(await checked()).toEqual({ reachable: 'ok', token: 'ok', scopes: 'ok', locations: 'ok' }));

  it('names the scopes that are missing; who may write may read', async () => {
    shop.shop.grant(['write_inventory', 'read_locations', 'read_products']);
    expect((await checked())['scopes']).toBe('grant the app read_orders');
  });

  it('says that the token is refused', async () => {
    shop.shop.faults.credentialsRevoked = true;
    expect(await checked()).toMatchObject({ reachable: 'ok', token: expect.stringContaining('no access token') as string });
  });

  it('says that nobody answers', async () => {
    shop.shop.faults.next({ kind: 'server_error', status: 503 }, 1, 'shop');
    expect(await checked()).toEqual({ reachable: expect.stringContaining('503') as string });
  });

  it('names locations that the shop does not have, and those that it has', async () => {
    await shop.close();
    shop = await ShopifyShop.start({}, (account) => ({
      ...account,
      locations: [{ locationId: 'X', remoteId: 'gid://shopify/Location/9' }],
    }));
    expect((await checked())['locations']).toBe(
      'the shop has no active location gid://shopify/Location/9; it has: BER is gid://shopify/Location/601, HAM is gid://shopify/Location/602',
    );
  });
});
