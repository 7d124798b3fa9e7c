import { startAmazonSimulator, startZalandoSimulator, type AmazonSimulator, type ZalandoSimulator } from '@holdfast/sandbox';
import { ConnectorUnderTest } from '../connector.js';
import { eventually } from '../scripted-receiver.js';

let connector: ConnectorUnderTest;
let amazon: AmazonSimulator;
let zalando: ZalandoSimulator;

beforeAll(async () => {
  connector = await ConnectorUnderTest.start({ timings: { channelPollMs: 200 } });
  [amazon, zalando] = await Promise.all([startAmazonSimulator(), startZalandoSimulator()]);
  await connector.location('BER');
});
afterAll(async () => {
  await connector.stop();
  expect([...amazon.log.violations, ...zalando.log.violations]).toEqual([]);
  await Promise.all([amazon.close(), zalando.close()]);
});

const onHand = async (sku: string): Promise<number | undefined> =>
  (await connector.runtime.ledger.read({ tenant: 'demo', sku })).state.balances.get('BER')?.onHand;
const ordersOf = async (channelId: string): Promise<string> =>
  JSON.stringify((await connector.get(`/sales-channel/orders?channelId=${channelId}&limit=100`)).body);

describe.each(['amazon', 'zalando'] as const)('an order at %s', (channelId) => {
  it('leaves the stock once, and comes back once when it is cancelled', async () => {
    const vendor = channelId === 'amazon' ? amazon : zalando;
    const sku = `SKU-${channelId}`;
    const [listingId = ''] = vendor.addListings([{ sku, quantity: 10 }]);
    await connector.record(sku, 'BER', 10);
    const locations = [{ locationId: 'BER', remoteId: 'any' }];
    expect(
      (await connector.put(`/sales-channel/channels/${channelId}`, { provider: channelId, ...vendor.account, locations })).status,
    ).toBe(200);
    await connector.put(`/sales-channel/channels/${channelId}/mappings`, { mappings: [{ sku, listingId }] });
    // The first poll begins with what happens after it.
    await eventually(() => vendor.log.of(channelId === 'amazon' ? 'sqs' : 'orders').length > 0);
    const orderId = vendor.sell([{ listingId, quantity: 3 }]);
    await eventually(async () => (await ordersOf(channelId)).includes(orderId));
    await eventually(async () => (await onHand(sku)) === 7);
    vendor.cancel(orderId);
    await eventually(async () => (await onHand(sku)) === 10);
  });
});
