import { amazonRig } from '../contract/sandbox-rigs.js';
import { providerContract } from '../contract/provider-contract.js';

const CHANNEL = '/sales-channel/channels/amazon';
/** Listings that go by a feed where they wait together. */
const MANY = Array.from({ length: 40 }, (_, index) => `M${String(index)}`);

const run = providerContract(amazonRig);

describe('an Amazon channel', () => {
  it('refuses a queue without its keys, by name of the field', async () => {
    const { settings, credentials } = run.vendor.account;
    const { accessKeyId: _, ...others } = credentials;
    const { status, body } = await run.connector.put(CHANNEL, { provider: 'amazon', settings, credentials: others });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('accessKeyId')]);
  });

  it('tells much at once by a feed, and what changes meanwhile after it', async () => {
    const { connector, time, vendor } = run;
    const { simulator, account } = vendor;
    simulator.addListings(MANY.map((sku) => ({ sku })));
    const settings = { ...account.settings, feedFrom: 30 };
    expect((await connector.put(CHANNEL, { provider: 'amazon', ...account, settings, syncInventory: false })).status).toBe(200);
    expect((await connector.put(`${CHANNEL}/mappings`, { mappings: MANY.map((sku) => ({ sku, listingId: sku })) })).status).toBe(200);
    await connector.tell('amazon', Object.fromEntries(MANY.map((sku) => [sku, 12])));
    await time.soon(async () => JSON.stringify((await connector.get(`${CHANNEL}/mappings?limit=100`)).body).includes('M39'));
    await connector.put(CHANNEL, { syncInventory: true });
    await time.until(() => simulator.log.of('createFeed').length > 0);
    await connector.tell('amazon', { M0: 13 });
    await time.until(() => MANY.every((sku) => vendor.shown(sku) === (sku === 'M0' ? 13 : 12)));
    expect(simulator.log.of('createFeed')).toHaveLength(1);
  });
});
