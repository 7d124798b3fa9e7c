import { StoppedClock } from '../../test/stopped-clock.js';
import { WalmartCalls } from '../../test/walmart-calls.js';
import { contractFile } from '../specifications/contracts-folder.js';
import { startWalmartSimulator, type WalmartSimulator } from './walmart-simulator.js';

const INVENTORY = '/v3/inventory?sku=A';

let clock: StoppedClock;
let walmart: WalmartSimulator;
let calls: WalmartCalls;
beforeEach(async () => {
  clock = new StoppedClock();
  walmart = await startWalmartSimulator({ clock });
  calls = new WalmartCalls(walmart);
  walmart.addListings([{ sku: 'A', quantity: 5 }]);
});
afterEach(() => walmart.close());

describe('access to Walmart', () => {
  it('gives a token of 15 minutes', async () => {
    expect(await calls.login()).toMatchObject({ status: 200, body: { expires_in: 900, token_type: 'Bearer' } });
    clock.forward(899_999);
    expect((await calls.call('GET', INVENTORY)).status).toBe(200);
    clock.forward(1);
    expect(await calls.call('GET', INVENTORY)).toMatchObject({ status: 401, body: { error: [{ code: 'UNAUTHORIZED.GMP_GATEWAY_API' }] } });
  });

  it('refuses wrong and revoked keys', async () => {
    expect((await calls.login({ authorization: 'Basic bm9uZTpub25l' })).status).toBe(401);
    await calls.login();
    walmart.faults.credentialsRevoked = true;
    expect((await calls.call('GET', INVENTORY)).status).toBe(401);
    expect((await calls.login()).status).toBe(401);
  });

  it.each(['WM_SVC.NAME', 'WM_QOS.CORRELATION_ID', 'accept'])('refuses a call without %s', async (name) => {
    await calls.login();
    const answer = await calls.call('GET', INVENTORY, undefined, { [name]: name === 'accept' ? 'text/plain' : '' });
    expect(answer).toMatchObject({ status: 400, body: { error: [{ code: 'INVALID_REQUEST_HEADER.GMP_GATEWAY_API' }] } });
  });

  it('takes 200 calls of an API in a minute, says what is left and counts other APIs apart', async () => {
    const first = await calls.call('GET', INVENTORY);
    expect(first.headers.get('x-current-token-count')).toBe('199');
    expect(Number(first.headers.get('x-next-replenish-time'))).toBe(clock.now() + 60_000);
    for (let call = 2; call <= 200; call += 1) await calls.call('GET', INVENTORY);
    expect(await calls.call('GET', INVENTORY)).toMatchObject({
      status: 429,
      body: { error: [{ code: 'REQUEST_THRESHOLD_VIOLATED.GMP_GATEWAY_API' }] },
    });
    expect(walmart.log.throttled).toBe(1);
    expect((await calls.put('A', 7)).status).toBe(200);
    clock.forward(60_000);
    expect((await calls.call('GET', INVENTORY)).status).toBe(200);
  });

  const documented = contractFile('walmart', 'us-mp-inventory-2026.openapi.yml') === undefined ? it.skip : it;
  documented("keeps to Walmart's own documents in what it answers, and notes what does not", async () => {
    await calls.call('GET', '/v3/token/detail');
    await calls.call('GET', INVENTORY);
    await calls.put('A', 3);
    await calls.call('GET', '/v3/inventories/A');
    await calls.call('GET', '/v3/inventories?limit=50');
    await calls.call('PUT', '/v3/inventories/A', {
      inventories: { nodes: [{ shipNode: '10000001', inputQty: { unit: 'EACH', amount: 4 } }] },
    });
    const { body } = await calls.feed('MP_INVENTORY', { inventoryHeader: { version: '1.5' }, inventory: [] });
    await calls.call('GET', `/v3/feeds/${encodeURIComponent(String(body['feedId']))}?includeDetails=true`);
    await calls.call('GET', '/v3/webhooks/eventTypes');
    await calls.call('GET', '/v3/fulfillment/inventory');
    expect(walmart.log.violations).toEqual([]);
    await calls.call('PUT', INVENTORY, { sku: 'A', quantity: { unit: 'BOX', amount: 1 } });
    expect(walmart.log.violations).toEqual([expect.stringContaining('putInventory: request/quantity/unit')]);
  });
});
