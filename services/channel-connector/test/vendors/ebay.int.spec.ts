import { startEbaySimulator, type EbaySimulator } from '@holdfast/sandbox';
import { ConnectorUnderTest } from '../connector.js';
import { eventually } from '../scripted-receiver.js';

const CHANNEL = '/sales-channel/channels/ebay';
const SKUS = ['A', 'B', 'C'];
const BULK = 'bulkUpdatePriceQuantity';

let connector: ConnectorUnderTest;
let ebay: EbaySimulator;

beforeAll(async () => {
  connector = await ConnectorUnderTest.start();
  ebay = await startEbaySimulator();
  ebay.addListings(SKUS.map((sku) => ({ sku, quantity: 1 })));
  const put = await connector.put(CHANNEL, { provider: 'ebay', ...ebay.account });
  expect([put.status, put.body['code']]).toEqual([200, undefined]);
  const mappings = SKUS.map((sku) => ({ sku, listingId: sku }));
  expect((await connector.put(`${CHANNEL}/mappings`, { mappings })).status).toBe(200);
});
afterAll(async () => {
  await connector.stop();
  expect(ebay.log.violations).toEqual([]);
  await ebay.close();
});

const shows = (sku: string, quantity: number): Promise<void> =>
  eventually(() => ebay.listings().find((one) => one.sku === sku)?.quantity === quantity);

describe('an eBay channel', () => {
  it('is found in order by its test', async () => {
    const { status, body } = await connector.post(`${CHANNEL}/test`, {});
    expect(status).toBe(200);
    expect((body['checks'] as { readonly name: string; readonly ok: boolean }[]).map(({ name, ok }) => [name, ok])).toEqual(
      ['reachable', 'token', 'scopes', 'locations'].map((name) => [name, true]),
    );
  });

  it('is told its figures, the newest last', async () => {
    await connector.tell('ebay', { A: 5, B: 6 });
    await connector.tell('ebay', { A: 7 });
    await Promise.all([shows('A', 7), shows('B', 6)]);
  });

  it('gets over tokens that expired, a throttle, a lost answer and a fault of the vendor', async () => {
    ebay.faults.next({ kind: 'expire_tokens' }, 1, BULK);
    await connector.tell('ebay', { A: 8 });
    await shows('A', 8);
    ebay.faults.next({ kind: 'throttle', retryAfterMs: 1_000 }, 1, BULK);
    await connector.tell('ebay', { A: 9 });
    await shows('A', 9);
    ebay.faults.next({ kind: 'lose_answer' }, 1, BULK);
    await connector.tell('ebay', { A: 10 });
    await connector.tell('ebay', { A: 11 });
    await shows('A', 11);
    ebay.faults.next({ kind: 'server_error', status: 503 }, 1, BULK);
    await connector.tell('ebay', { A: 0 });
    await shows('A', 0);
  });

  it('keeps the others going where one listing is refused', async () => {
    ebay.faults.next({ kind: 'reject_listings', listingIds: ['A'], permanent: true }, 1, BULK);
    await connector.tell('ebay', { A: 3, B: 4, C: 5 });
    await Promise.all([shows('B', 4), shows('C', 5)]);
  });

  it('tells of an order by its webhook, once', async () => {
    await connector.location('BER');
    await connector.record('B', 'BER', 10);
    await connector.tell('ebay', { B: 10 });
    await shows('B', 10);
    ebay.sendHooksTo({ url: connector.hookUrl('ebay?tenant=demo'), fate: () => 'double' });
    const orderId = ebay.sell([{ listingId: 'B', quantity: 4 }]);
    await ebay.hooksSent();
    const orders = async () =>
      (await connector.get('/sales-channel/orders?channelId=ebay&limit=100')).body['orders'] as readonly {
        orderId: string;
        status: string;
      }[];
    await eventually(async () => (await orders()).some((order) => order.orderId === orderId && order.status === 'taken'));
    expect(await orders()).toHaveLength(1);
    const { state } = await connector.runtime.ledger.read({ tenant: 'demo', sku: 'B' });
    expect(state.balances.get('BER')?.onHand).toBe(6);
  });
});
