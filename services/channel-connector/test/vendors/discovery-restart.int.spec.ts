import { startShopifySimulator, type ShopifySimulator } from '@holdfast/sandbox';
import { ConnectorUnderTest } from '../connector.js';
import { eventually } from '../scripted-receiver.js';

const CHANNEL = '/sales-channel/channels/shop';
const LISTINGS = 600;
const FOR_EVER_MS = 3_600_000;

let connector: ConnectorUnderTest;
let shop: ShopifySimulator;

beforeAll(async () => {
  connector = await ConnectorUnderTest.start({ timings: { callTimeoutMs: 2_000 } });
  shop = await startShopifySimulator({ limits: 'none' });
  shop.addListings(Array.from({ length: LISTINGS }, (_none, index) => ({ sku: `S${String(index)}`, quantity: 1 })));
  const locations = (shop.account.locations ?? []).slice(0, 1);
  expect((await connector.put(CHANNEL, { provider: 'shopify', ...shop.account, locations })).status).toBe(200);
});
afterAll(async () => {
  await connector.stop();
  await shop.close();
});

describe('a discovery whose process is restarted', () => {
  it('goes on after the last page that was stored, and finds every listing once', async () => {
    // The first page also counts the listings and is read; the second is never answered.
    shop.faults.next({ kind: 'slow_answer', ms: FOR_EVER_MS }, 1, 'productVariants');
    const started = await connector.post(`${CHANNEL}/discover`, undefined);
    const path = `${CHANNEL}/discoveries/${String(started.body['discoveryId'])}`;
    const found = async (): Promise<number> => ((await connector.get(path)).body['progress'] as { readonly found: number }).found;
    await eventually(async () => (await found()) > 0);
    const before = await found();
    expect(before).toBeLessThan(LISTINGS);

    await connector.restart(() => Promise.resolve());
    await eventually(async () => (await connector.get(path)).body['status'] === 'done');
    expect(await found()).toBe(LISTINGS);
    // What was stored is not read again.
    expect(['productVariantsCount', 'productVariants'].map((operation) => shop.log.of(operation).length)).toEqual([
      1,
      Math.ceil(LISTINGS / before) - 1,
    ]);
  });
});
