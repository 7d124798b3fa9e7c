import { readModelSchema } from '@holdfast/read-model';
import { startEbaySimulator } from '@holdfast/sandbox';
import { ConnectorUnderTest } from '../connector.js';
import { eventually } from '../scripted-receiver.js';

const CHANNEL = '/sales-channel/channels/ebay';
const SKUS = Array.from({ length: 30 }, (_none, index) => `S${String(index)}`);

describe('the first sync of an eBay channel', () => {
  it('looks up no offer that the discovery found', async () => {
    const connector = await ConnectorUnderTest.start();
    await connector.runtime.database.open(readModelSchema());
    for (const sku of SKUS)
      await connector.runtime.database.pool.query(
        `INSERT INTO read_model.products (tenant, sku, verified, position, created_at, updated_at) VALUES ('demo', $1, true, 1, now(), now())`,
        [sku],
      );
    const shop = await startEbaySimulator({ limits: 'none' });
    shop.addListings(SKUS.map((sku) => ({ sku, quantity: 1 })));
    await connector.put(CHANNEL, { provider: 'ebay', ...shop.account });
    const started = await connector.post(`${CHANNEL}/discover`, undefined);
    const path = `${CHANNEL}/discoveries/${String(started.body['discoveryId'])}`;
    await eventually(async () => (await connector.get(path)).body['status'] === 'done');
    expect(shop.log.of('getOffers')).toHaveLength(SKUS.length);

    await connector.tell('ebay', Object.fromEntries(SKUS.map((sku) => [sku, 7])));
    expect((await connector.post(`${path}/accept`, {})).body).toMatchObject({ mapped: SKUS.length });
    await eventually(() => shop.listings().every(({ quantity }) => quantity === 7));
    expect(shop.log.of('getOffers')).toHaveLength(SKUS.length);

    await connector.stop();
    expect(shop.log.violations).toEqual([]);
    await shop.close();
  });
});
