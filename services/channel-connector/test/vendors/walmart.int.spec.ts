import { walmartRig } from '../contract/sandbox-rigs.js';
import { providerContract } from '../contract/provider-contract.js';

const CHANNEL = '/sales-channel/channels/walmart';
const FED = Array.from({ length: 60 }, (_, index) => `F${String(index)}`);

const run = providerContract(walmartRig);

describe('a Walmart channel', () => {
  it('is sent many figures as a feed', async () => {
    const { connector, time, vendor } = run;
    const { simulator, account } = vendor;
    simulator.addListings(FED.map((sku) => ({ sku, quantity: 1 })));
    await connector.put(CHANNEL, { provider: 'walmart', ...account, settings: { ...account.settings, feedFrom: 50 } });
    expect((await connector.put(`${CHANNEL}/mappings`, { mappings: FED.map((sku) => ({ sku, listingId: sku })) })).status).toBe(200);
    await connector.tell('walmart', Object.fromEntries(FED.map((sku, index) => [sku, index + 10])));
    await time.until(() => FED.every((sku, index) => vendor.shown(sku) === index + 10));
    expect(simulator.log.of('postFeed').length).toBeGreaterThanOrEqual(1);
  });
});
