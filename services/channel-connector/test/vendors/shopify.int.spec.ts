import { startShopifySimulator, type ShopifySimulator } from '@holdfast/sandbox';
import { ConnectorUnderTest } from '../connector.js';
import { eventually } from '../scripted-receiver.js';

const CHANNEL = '/sales-channel/channels/shopify';

let connector: ConnectorUnderTest;
let shop: ShopifySimulator;
let item: string;
let other: string;

beforeAll(async () => {
  connector = await ConnectorUnderTest.start();
  shop = await startShopifySimulator();
  [item = '', other = ''] = shop.addListings([
    { sku: 'A', quantity: 1 },
    { sku: 'B', quantity: 1 },
  ]);
  const locations = (shop.account.locations ?? []).slice(0, 1);
  const put = await connector.put(CHANNEL, { provider: 'shopify', ...shop.account, locations });
  expect([put.status, put.body['code']]).toEqual([200, undefined]);
  const mappings = [
    { sku: 'A', listingId: item },
    { sku: 'B', listingId: other },
  ];
  expect((await connector.put(`${CHANNEL}/mappings`, { mappings })).status).toBe(200);
});
afterAll(async () => {
  await connector.stop();
  expect(shop.log.violations).toEqual([]);
  await shop.close();
});

const shown = (listingId: string): number | undefined => shop.shown(listingId, shop.account.locations?.[0]?.remoteId ?? '');
const shows = (listingId: string, quantity: number): Promise<void> => eventually(() => shown(listingId) === quantity);

describe('a Shopify channel', () => {
  it('is found in order by its test', async () => {
    const { status, body } = await connector.post(`${CHANNEL}/test`, {});
    expect(status).toBe(200);
    expect((body['checks'] as { readonly name: string; readonly ok: boolean }[]).map(({ name, ok }) => [name, ok])).toEqual(
      ['reachable', 'token', 'scopes', 'locations'].map((name) => [name, true]),
    );
  });

  it('is told its figures, the newest last', async () => {
    await connector.tell('shopify', { A: 5, B: 6 });
    await connector.tell('shopify', { A: 7 });
    await Promise.all([shows(item, 7), shows(other, 6)]);
  });

  it('gets over tokens that expired, a throttle, a lost answer and a fault of the vendor', async () => {
    shop.faults.next({ kind: 'expire_tokens' }, 1, 'inventorySetQuantities');
    await connector.tell('shopify', { A: 8 });
    await shows(item, 8);
    shop.faults.next({ kind: 'throttle' }, 1, 'inventorySetQuantities');
    await connector.tell('shopify', { A: 9 });
    await shows(item, 9);
    shop.faults.next({ kind: 'lose_answer' }, 1, 'inventorySetQuantities');
    await connector.tell('shopify', { A: 10 });
    await connector.tell('shopify', { A: 11 });
    await shows(item, 11);
    shop.faults.next({ kind: 'server_error', status: 502 }, 1, 'inventorySetQuantities');
    await connector.tell('shopify', { A: 0 });
    await shows(item, 0);
  });

  it('keeps the others going where one listing is refused', async () => {
    shop.faults.next({ kind: 'reject_listings', listingIds: [item], permanent: true }, 1, 'inventorySetQuantities');
    await connector.tell('shopify', { A: 3, B: 4 });
    await shows(other, 4);
  });

  it('is told a zero before a thousand others, which the shop cannot take at once', async () => {
    const skus = Array.from({ length: 1_500 }, (_, index) => `S${String(index)}`);
    const ids = shop.addListings(skus.map((sku) => ({ sku })));
    const mappings = skus.map((sku, index) => ({ sku, listingId: ids[index] ?? '' }));
    const told = (): number => ids.filter((id) => shown(id) === 30).length;
    expect((await connector.put(`${CHANNEL}/mappings`, { mappings })).status).toBe(200);
    await connector.tell('shopify', { A: 5 });
    await shows(item, 5);
    await connector.tell('shopify', Object.fromEntries(skus.map((sku) => [sku, 30])));
    await eventually(() => told() > 0);
    await connector.tell('shopify', { A: 0 });
    await shows(item, 0);
    expect(told()).toBeLessThan(skus.length);
    expect(shop.log.throttled).toBe(1);
  });
});
