import { startWalmartSimulator, type WalmartSimulator } from '@holdfast/sandbox';
import { ConnectorUnderTest } from '../connector.js';
import { eventually } from '../scripted-receiver.js';

const CHANNEL = '/sales-channel/channels/walmart';
const SKUS = ['A', 'B', 'C'];
const FED = Array.from({ length: 60 }, (_, index) => `F${String(index)}`);

let connector: ConnectorUnderTest;
let walmart: WalmartSimulator;

beforeAll(async () => {
  connector = await ConnectorUnderTest.start();
  walmart = await startWalmartSimulator({ shipNodes: ['10000001'], feedQueueMs: 10, feedRunMs: 10 });
  walmart.addListings([...SKUS, ...FED].map((sku) => ({ sku, quantity: 1 })));
  const { settings, ...account } = walmart.account;
  const put = await connector.put(CHANNEL, { provider: 'walmart', ...account, settings: { ...settings, feedFrom: 50 } });
  expect([put.status, put.body['code']]).toEqual([200, undefined]);
  const mappings = [...SKUS, ...FED].map((sku) => ({ sku, listingId: sku }));
  expect((await connector.put(`${CHANNEL}/mappings`, { mappings })).status).toBe(200);
});
afterAll(async () => {
  await connector.stop();
  expect(walmart.log.violations).toEqual([]);
  expect(walmart.log.calls.filter(({ throttled }) => throttled).length).toBeLessThanOrEqual(1);
  await walmart.close();
});

const shown = (sku: string): number | undefined => walmart.listings().find((one) => one.sku === sku)?.quantity;
const shows = (sku: string, quantity: number): Promise<void> => eventually(() => shown(sku) === quantity);

describe('a Walmart channel', () => {
  it('is found in order by its test', async () => {
    const { status, body } = await connector.post(`${CHANNEL}/test`, {});
    expect(status).toBe(200);
    expect((body['checks'] as { readonly name: string; readonly ok: boolean }[]).map(({ name, ok }) => [name, ok])).toEqual(
      ['reachable', 'token', 'scopes', 'locations'].map((name) => [name, true]),
    );
  });

  it('is told its figures, the newest last', async () => {
    await connector.tell('walmart', { A: 5, B: 6 });
    await connector.tell('walmart', { A: 7 });
    await Promise.all([shows('A', 7), shows('B', 6)]);
  });

  it('gets over tokens that expired, a throttle, a lost answer and a fault of the vendor', async () => {
    walmart.faults.next({ kind: 'expire_tokens' }, 1, 'putInventory');
    await connector.tell('walmart', { A: 8 });
    await shows('A', 8);
    walmart.faults.next({ kind: 'throttle', retryAfterMs: 1_000 }, 1, 'putInventory');
    await connector.tell('walmart', { A: 9 });
    await shows('A', 9);
    walmart.faults.next({ kind: 'lose_answer' }, 1, 'putInventory');
    await connector.tell('walmart', { A: 10 });
    await connector.tell('walmart', { A: 11 });
    await shows('A', 11);
    walmart.faults.next({ kind: 'server_error', status: 503 }, 1, 'putInventory');
    await connector.tell('walmart', { A: 0 });
    await shows('A', 0);
  });

  it('is sent many figures as a feed', async () => {
    await connector.tell('walmart', Object.fromEntries(FED.map((sku, index) => [sku, index + 10])));
    await eventually(() => FED.every((sku, index) => shown(sku) === index + 10));
    expect(walmart.log.of('postFeed').length).toBeGreaterThanOrEqual(1);
  });

  it('tells of an order by its webhook, once', async () => {
    await connector.location('BER');
    await connector.record('B', 'BER', 10);
    await connector.tell('walmart', { B: 10 });
    await shows('B', 10);
    walmart.sendHooksTo({ url: connector.hookUrl('walmart?tenant=demo'), fate: () => 'double' });
    const orderId = walmart.sell([{ listingId: 'B', quantity: 4 }]);
    await walmart.hooksSent();
    const orders = async () =>
      (await connector.get('/sales-channel/orders?channelId=walmart&limit=100')).body['orders'] as readonly {
        orderId: string;
        status: string;
      }[];
    await eventually(async () => (await orders()).some((order) => order.orderId === orderId && order.status === 'taken'));
    expect(await orders()).toHaveLength(1);
    const { state } = await connector.runtime.ledger.read({ tenant: 'demo', sku: 'B' });
    expect(state.balances.get('BER')?.onHand).toBe(6);
  });
});
