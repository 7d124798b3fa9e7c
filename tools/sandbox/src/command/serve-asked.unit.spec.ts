import { startSandbox, type Sandbox } from './start-sandbox.js';
import type { VendorSimulator } from '../simulator.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox(0, 'none');
});
afterAll(() => sandbox.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const ask = async (path: string, body: object, headers: Readonly<Record<string, string>> = JSON_TYPE) => {
  const answer = await fetch(`${sandbox.url}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Readonly<Record<string, unknown>> };
};
const vendorNamed = (name: string): VendorSimulator => {
  const vendor = sandbox.vendors.find((one) => one.vendor === name);
  if (vendor === undefined) throw new Error(`there is no ${name}`);
  return vendor;
};
const tentAt = (vendor: VendorSimulator) => {
  const tent = vendor.listings().find(({ sku }) => sku === 'TENT-2P');
  if (tent === undefined) throw new Error('the sample has no tent');
  return tent;
};

describe('what is asked of the vendors of the sandbox', () => {
  it('is done by each of them: a hand sets a figure, a shopper buys and cancels, another sends a part back', async () => {
    for (const vendor of sandbox.vendors) {
      const { listingId } = tentAt(vendor);
      const shown = () => vendor.listings().flatMap((one) => (one.listingId === listingId ? [one.quantity] : []));
      expect(await ask(`${vendor.vendor}/edits`, { listingId, quantity: 12 })).toEqual({ status: 204, body: {} });
      expect(shown()).toContain(12);
      const bought = await ask(`${vendor.vendor}/orders`, { lines: [{ listingId, quantity: 3 }] });
      expect([bought.status, bought.body, shown()]).toEqual([200, { orderId: expect.any(String) as unknown }, expect.arrayContaining([9])]);
      expect((await ask(`${vendor.vendor}/cancellations`, bought.body)).status).toBe(204);
      const { body } = await ask(`${vendor.vendor}/orders`, { lines: [{ listingId, quantity: 2 }] });
      const refunded = { ...body, lines: [{ listingId, quantity: 1, restock: false }] };
      expect((await ask(`${vendor.vendor}/refunds`, refunded)).status).toBe(204);
      expect((await ask(`${vendor.vendor}/hooks`, { url: 'http://127.0.0.1:9/hooks/shop' })).status).toBe(204);
    }
  });

  it('are faults that the next calls meet, until there shall be none', async () => {
    const { faults } = vendorNamed('shopify');
    expect((await ask('shopify/faults', { kind: 'server_error', status: 503, times: 2, operation: 'token' })).status).toBe(204);
    expect([faults.take('other'), faults.take('token')]).toEqual([undefined, { kind: 'server_error', status: 503 }]);
    expect((await ask('shopify/faults', { kind: 'revoke_credentials' })).status).toBe(204);
    expect(faults.credentialsRevoked).toBe(true);
    expect((await ask('shopify/faults', { kind: 'none' })).status).toBe(204);
    expect([faults.take('token'), faults.credentialsRevoked]).toEqual([undefined, false]);
  });

  it('is refused with the reason where it does not fit, and changes nothing', async () => {
    for (const [path, body, says] of [
      ['shopify/faults', { kind: 'explode' }, /kind/],
      ['shopify/faults', { kind: 'server_error', status: 200 }, /status must be >= 500/],
      ['shopify/faults', { kind: 'drop', ms: 5 }, /additional properties/],
      ['amazon/edits', { listingId: 'TENT-2P', quantity: -1 }, /quantity must be >= 0/],
      ['amazon/edits', { listingId: 'NONE', quantity: 1 }, /NONE/],
      ['amazon/hooks', { url: 'http://example.com/' }, /url/],
    ] as const) {
      const answer = await ask(path, body);
      expect([path, answer.status, answer.body['message']]).toEqual([path, 400, expect.stringMatching(says)]);
    }
    expect((await ask('etsy/faults', { kind: 'drop' })).status).toBe(404);
    expect((await ask('shopify/constructor', {})).status).toBe(404);
  });

  it('is not taken from a page of another site, which can send a form alone', async () => {
    expect((await ask('shopify/edits', { listingId: 'x', quantity: 1 }, { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('stands on the page, with a line to paste and buttons', async () => {
    const page = await (await fetch(sandbox.url)).text();
    expect(page).toContain(`curl -X POST ${sandbox.url}/shopify/faults`);
    expect(page).toContain('data-post="/zalando/orders"');
  });
});
