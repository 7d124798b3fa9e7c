import { ebayRig } from '../contract/sandbox-rigs.js';
import { providerContract } from '../contract/provider-contract.js';

const CHANNEL = '/sales-channel/channels/ebay';
/** Least that the setting takes. */
const REVISIONS = 10;

const run = providerContract(ebayRig);

describe('an eBay channel', () => {
  it("says in the listing's status that only the reserve of the day is left, which a zero still uses", async () => {
    const { connector, time, vendor } = run;
    await connector.record('REVISED', 'BER', 20);
    const [listingId = ''] = vendor.addListings(['REVISED']);
    const settings = { ...vendor.account.settings, revisionsPerDay: REVISIONS };
    expect((await connector.put(CHANNEL, { provider: 'ebay', ...vendor.account, settings })).status).toBe(200);
    expect((await connector.put(`${CHANNEL}/mappings`, { mappings: [{ sku: 'REVISED', listingId }] })).status).toBe(200);
    const mapping = async (): Promise<Readonly<Record<string, unknown>> | undefined> =>
      ((await connector.get(`${CHANNEL}/mappings`)).body['mappings'] as Readonly<Record<string, unknown>>[])[0];

    let told = 20;
    // eBay's next day may begin in between.
    for (let tries = 0; tries <= 2 * REVISIONS && (await mapping())?.['status'] !== 'error'; tries += 1) {
      told += 1;
      await connector.tell('ebay', { REVISED: told });
      await time.until(async () => {
        const now = await mapping();
        return now?.['status'] === 'error' || (now?.['status'] === 'ok' && now['quantity'] === told);
      });
    }
    expect(await mapping()).toMatchObject({
      status: 'error',
      quantity: told - 1,
      error: expect.stringMatching(
        /revised \d+ times today, what is left is kept for zeros and low figures until eBay's next day/,
      ) as unknown,
    });
    expect((await connector.get('/sales-channel/inventory/REVISED/channels')).body).toMatchObject({
      channels: { ebay: { status: 'error' } },
    });
    expect(vendor.shown(listingId)).toBe(told - 1);

    await connector.tell('ebay', { REVISED: 0 });
    await time.until(() => vendor.shown(listingId) === 0);
  });
});
