import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ShopifyClient } from '../../test/shopify-client.js';
import { contractFile } from '../specifications/contracts-folder.js';
import { signatureOf } from './webhooks/webhooks.js';

interface Received {
  readonly topic: string;
  readonly id: string;
  readonly signature: string;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

let client: ShopifyClient;
let receiver: Server;
let received: Received[];
let item: string;

beforeEach(async () => {
  client = await ShopifyClient.start();
  [item = ''] = client.shop.addListings([{ sku: 'A', quantity: 5 }]);
  received = [];
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const header = (name: string): string => String(request.headers[name]);
      const body = JSON.parse(text) as Record<string, unknown>;
      received.push({
        topic: header('x-shopify-topic'),
        id: header('x-shopify-webhook-id'),
        signature: header('x-shopify-hmac-sha256'),
        text,
        body,
      });
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  client.shop.sendHooksTo({ url: `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}/hooks` });
});
afterEach(async () => {
  await client.shop.close();
  await new Promise((resolve) => receiver.close(resolve));
});

const topics = async (): Promise<readonly string[]> => {
  await client.shop.hooksSent();
  return received.map(({ topic }) => topic).sort();
};
const of = (topic: string): Received | undefined => received.find((one) => one.topic === topic);

describe('webhooks', () => {
  it('are signed over their very bytes with the secret of the app', async () => {
    client.shop.edit(item, 3);
    await client.shop.hooksSent();
    expect(received[0]?.signature).toBe(signatureOf(received[0]?.text ?? '', client.shop.account.credentials['webhookSecret'] ?? ''));
  });

  it("tell of the app's own writes as of any other, without author", async () => {
    await client.set([{ inventoryItemId: item, quantity: 7 }], 'k1');
    expect(await topics()).toEqual(['inventory_levels/update']);
    expect(received[0]?.body).toMatchObject({ inventory_item_id: 40_001, location_id: 601, available: 7 });
    await client.set([{ inventoryItemId: item, quantity: 7 }], 'k2');
    expect(await topics()).toHaveLength(1);
  });

  it('tell of a sale by variant, and of the level', async () => {
    client.shop.sell([{ listingId: item, quantity: 2 }]);
    expect(await topics()).toEqual(['inventory_levels/update', 'orders/create']);
    expect(of('orders/create')?.body).toMatchObject({ cancelled_at: null, line_items: [{ variant_id: 70_001, sku: 'A', quantity: 2 }] });
    expect(of('inventory_levels/update')?.body).toMatchObject({ available: 3 });
  });

  it('tell of a cancelled order and of the refund inside it, and give the units back once', async () => {
    const order = client.shop.sell([{ listingId: item, quantity: 2 }]);
    client.shop.cancel(order);
    client.shop.cancel(order);
    expect((await topics()).filter((topic) => !topic.startsWith('inventory'))).toEqual([
      'orders/cancelled',
      'orders/create',
      'refunds/create',
    ]);
    expect(of('orders/cancelled')?.body).toMatchObject({ refunds: [{ refund_line_items: [{ quantity: 2, restock_type: 'cancel' }] }] });
    expect(client.figures('BER')).toEqual([5]);
  });

  it('tell of a refund, whether units come back or not', async () => {
    const order = client.shop.sell([{ listingId: item, quantity: 3 }]);
    client.shop.refund(order, [{ listingId: item, quantity: 1, restock: true }]);
    client.shop.refund(order, [{ listingId: item, quantity: 1, restock: false }]);
    await client.shop.hooksSent();
    const refunds = received.filter(({ topic }) => topic === 'refunds/create').map(({ body }) => body);
    expect(refunds).toMatchObject([
      { restock: true, refund_line_items: [{ quantity: 1, restock_type: 'return', location_id: 601 }] },
      { restock: false, refund_line_items: [{ quantity: 1, restock_type: 'no_restock', location_id: null }] },
    ]);
    expect(client.figures('BER')).toEqual([3]);
    expect(() => client.shop.refund(order, [{ listingId: item, quantity: 2, restock: true }])).toThrow('1 of');
  });

  it('come twice under one id where the line doubles them', async () => {
    const { port } = receiver.address() as AddressInfo;
    client.shop.sendHooksTo({ url: `http://127.0.0.1:${String(port)}/`, fate: () => 'double' });
    client.shop.edit(item, 3);
    await client.shop.hooksSent();
    expect(new Set(received.map(({ id }) => id)).size).toBe(1);
    expect(received).toHaveLength(2);
  });

  (contractFile('shopify', 'webhook-schemas-2026-07') === undefined ? it.skip : it)(
    'have the types of the inferred schemas of webhook bodies',
    async () => {
      const order = client.shop.sell([{ listingId: item, quantity: 3 }]);
      client.shop.refund(order, [{ listingId: item, quantity: 1, restock: true }]);
      client.shop.cancel(order);
      await client.shop.hooksSent();
      expect(client.shop.log.violations).toEqual([]);
    },
  );
});
