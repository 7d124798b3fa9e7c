import { EbayCalls } from '../../test/ebay-calls.js';
import { StoppedClock } from '../../test/stopped-clock.js';
import { contractFile } from '../specifications/contracts-folder.js';
import { SCOPES } from './account.js';
import { startEbaySimulator, type EbaySimulator } from './ebay-simulator.js';
import type { EbayOptions } from './options.js';

const ITEMS = '/sell/inventory/v1/inventory_item';

let clock: StoppedClock;
let ebay: EbaySimulator;
let calls: EbayCalls;
const started = async (options: EbayOptions = {}): Promise<void> => {
  clock = new StoppedClock(Date.parse('2026-11-20T18:00:00Z'));
  ebay = await startEbaySimulator({ clock, ...options });
  calls = new EbayCalls(ebay);
  ebay.addListings(Array.from({ length: 30 }, (_, index) => ({ sku: `S${String(index).padStart(2, '0')}`, quantity: index })));
};
afterEach(() => ebay.close());

describe('access to eBay', () => {
  it('gives a token of two hours for the refresh token, which stays the same', async () => {
    await started();
    const form = { grant_type: 'refresh_token', refresh_token: ebay.oauth.credentials.refreshToken, scope: SCOPES.inventory };
    expect(await calls.askToken(form)).toMatchObject({ status: 200, body: { expires_in: 7_200, token_type: 'User Access Token' } });
    expect((await calls.askToken(form)).status).toBe(200);
    await calls.login();
    clock.forward(7_200_000);
    expect(await calls.call('GET', ITEMS)).toMatchObject({ status: 401, body: { errors: [{ errorId: 1001 }] } });
  });

  it('refuses a wrong refresh token, a scope that was not granted and a revoked app', async () => {
    await started();
    const { refreshToken } = ebay.oauth.credentials;
    expect(await calls.askToken({ grant_type: 'refresh_token', refresh_token: 'other' })).toMatchObject({
      body: { error: 'invalid_grant' },
    });
    ebay.oauth.granted = [SCOPES.inventory];
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    expect(await calls.askToken({ ...form, scope: SCOPES.orders })).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
    await calls.login();
    expect((await calls.call('GET', '/sell/fulfillment/v1/order')).status).toBe(403);
    ebay.faults.credentialsRevoked = true;
    expect((await calls.call('GET', ITEMS)).status).toBe(401);
    expect(await calls.askToken(form)).toMatchObject({ body: { error: 'invalid_grant' } });
  });

  it('refuses a body that does not say it is JSON', async () => {
    await started();
    const headers = { 'content-type': 'text/plain' };
    expect((await calls.call('POST', '/sell/inventory/v1/bulk_get_inventory_item', { requests: [{ sku: 'S01' }] }, headers)).status).toBe(
      400,
    );
  });

  it('refuses calls over the quota of the day and reports what is left', async () => {
    await started({ callsPerDay: 2 });
    await calls.call('GET', ITEMS);
    await calls.call('GET', ITEMS);
    expect(await calls.call('GET', ITEMS)).toMatchObject({ status: 429, body: { errors: [{ errorId: 2001 }] } });
    expect(ebay.log.throttled).toBe(1);
    const { body } = await calls.call('GET', '/developer/analytics/v1_beta/user_rate_limit/?api_name=inventory');
    expect(body).toMatchObject({
      rateLimits: [
        { resources: [{ rates: [{ count: 2, limit: 2, remaining: 0, reset: '2026-11-21T08:00:00.000Z', timeWindow: 86_400 }] }] },
      ],
    });
    clock.forward(24 * 3_600_000);
    await calls.login();
    expect((await calls.call('GET', ITEMS)).status).toBe(200);
  });
});

describe('reading at eBay', () => {
  it('pages items by the number of the page', async () => {
    await started();
    const second = await calls.call('GET', `${ITEMS}?limit=20&offset=1`);
    expect(second.body).toMatchObject({ total: 30, size: 2, limit: 20 });
    expect((second.body['inventoryItems'] as readonly { readonly sku: string }[]).map(({ sku }) => sku)).toHaveLength(10);
    expect(second.body['next']).toBeUndefined();
    expect((await calls.call('GET', `${ITEMS}?limit=201`)).status).toBe(400);
  });

  it('reads 25 items in a call, and says per SKU what it does not know', async () => {
    await started();
    const path = '/sell/inventory/v1/bulk_get_inventory_item';
    const answer = await calls.call('POST', path, { requests: [{ sku: 'S03' }, { sku: 'X' }] });
    expect(answer.status).toBe(207);
    expect(answer.body['responses']).toMatchObject([
      { statusCode: 200, inventoryItem: { availability: { shipToLocationAvailability: { quantity: 3 } } } },
      { statusCode: 404, sku: 'X', errors: [{ errorId: 25702 }] },
    ]);
    const many = Array.from({ length: 26 }, (_, index) => ({ sku: String(index) }));
    expect((await calls.call('POST', path, { requests: many })).status).toBe(400);
  });

  it('replaces an item as a whole', async () => {
    await started();
    const path = `${ITEMS}/S05`;
    const headers = { 'content-language': 'en-US' };
    await calls.call('PUT', path, { availability: { shipToLocationAvailability: { quantity: 8 } } }, headers);
    const { body } = await calls.call('GET', path);
    expect(body).toEqual({ sku: 'S05', availability: { shipToLocationAvailability: { quantity: 8 } } });
  });

  const documented = contractFile('ebay', 'sell_inventory_v1_oas3.json') === undefined ? it.skip : it;
  documented("keeps to eBay's own documents in what it answers, and notes what does not", async () => {
    await started();
    await calls.call('GET', `${ITEMS}?limit=2`);
    await calls.call('GET', '/sell/inventory/v1/offer?sku=S01');
    await calls.call('GET', '/sell/inventory/v1/location');
    await calls.call('GET', '/developer/analytics/v1_beta/user_rate_limit/');
    await calls.write('S01', 4);
    expect(ebay.log.violations).toEqual([]);
    await calls.call('POST', '/sell/inventory/v1/bulk_update_price_quantity', { requests: [{ sku: 'S01', offers: [{ offerId: 12 }] }] });
    expect(ebay.log.violations).toEqual([expect.stringContaining('offerId must be string')]);
  });
});
