import { createHash, createHmac } from 'node:crypto';
import { StoppedClock } from '../../test/stopped-clock.js';
import { startEndpoint, type ScriptedEndpoint } from '../../test/scripted-endpoint.js';
import { WalmartCalls } from '../../test/walmart-calls.js';
import type { WalmartOptions } from './options.js';
import { startWalmartSimulator, type WalmartSimulator } from './walmart-simulator.js';

let clock: StoppedClock;
let walmart: WalmartSimulator;
let calls: WalmartCalls;
let endpoint: ScriptedEndpoint;
const started = async (options: WalmartOptions = {}): Promise<void> => {
  clock = new StoppedClock();
  walmart = await startWalmartSimulator({ clock, shipNodes: ['10000001'], ...options });
  calls = new WalmartCalls(walmart);
  walmart.addListings([{ sku: 'A', quantity: 5 }]);
  endpoint = await startEndpoint();
  walmart.sendHooksTo({ url: endpoint.url });
};
afterEach(async () => {
  await walmart.close();
  await endpoint.close();
});

const shown = (): number | undefined => walmart.listings()[0]?.quantity;
const since = (path: string, name: string): string => `${path}?${name}=${encodeURIComponent(new Date(clock.now()).toISOString())}`;

describe('orders at Walmart', () => {
  it('reserve what they sell and are listed from their time of change on', async () => {
    await started();
    const purchaseOrderId = walmart.sell([{ listingId: 'A', quantity: 2 }]);
    expect((await calls.call('GET', '/v3/inventories/A')).body).toMatchObject({
      nodes: [{ inputQty: { amount: 5 }, availToSellQty: { amount: 3 }, reservedQty: { amount: 2 } }],
    });
    clock.forward(1_000);
    const changed = since('/v3/orders', 'lastModifiedStartDate');
    expect((await calls.call('GET', changed)).body).toMatchObject({ list: { meta: { totalCount: 0 } } });
    walmart.cancel(purchaseOrderId);
    expect(shown()).toBe(5);
    expect((await calls.call('GET', changed)).body).toMatchObject({
      list: {
        elements: {
          order: [{ purchaseOrderId, orderLines: { orderLine: [{ orderLineStatuses: { orderLineStatus: [{ status: 'Cancelled' }] } }] } }],
        },
      },
    });
  });

  it('count no longer against a figure that was set after them', async () => {
    await started();
    const purchaseOrderId = walmart.sell([{ listingId: 'A', quantity: 2 }]);
    await calls.put('A', 3);
    expect(shown()).toBe(3);
    walmart.cancel(purchaseOrderId);
    expect(shown()).toBe(3);
  });

  it('go on counting where the account is of the other kind', async () => {
    await started({ reserved: 'stays' });
    const purchaseOrderId = walmart.sell([{ listingId: 'A', quantity: 2 }]);
    await calls.put('A', 3);
    expect(shown()).toBe(1);
    walmart.cancel(purchaseOrderId);
    expect(shown()).toBe(3);
  });

  it('are given page by page with a cursor that is a query', async () => {
    await started();
    walmart.sell([{ listingId: 'A', quantity: 1 }]);
    walmart.sell([{ listingId: 'A', quantity: 1 }]);
    const first = await calls.call('GET', '/v3/orders?limit=1');
    const { meta } = first.body['list'] as { readonly meta: { readonly totalCount: number; readonly nextCursor: string } };
    expect(meta.totalCount).toBe(2);
    const second = await calls.call('GET', `/v3/orders${meta.nextCursor}`);
    expect(second.body['list']).toMatchObject({ elements: { order: [expect.anything()] } });
    expect(second.body['list']).not.toHaveProperty('meta.nextCursor');
  });

  it('come back as returns that say whether the units do', async () => {
    await started();
    const purchaseOrderId = walmart.sell([{ listingId: 'A', quantity: 2 }]);
    walmart.refund(purchaseOrderId, [{ listingId: 'A', quantity: 1, restock: true }]);
    walmart.refund(purchaseOrderId, [{ listingId: 'A', quantity: 1, restock: false }]);
    expect((await calls.call('GET', since('/v3/returns', 'returnLastModifiedStartDate'))).body['returnOrders']).toMatchObject([
      { returnOrderLines: [{ purchaseOrderId, refundedQty: 1, currentDeliveryStatus: 'DELIVERED', isKeepIt: false }] },
      { returnOrderLines: [{ purchaseOrderId, refundedQty: 1, isKeepIt: true }] },
    ]);
  });
});

describe('webhooks of Walmart', () => {
  it.each(['base64', 'hex'] as const)('are signed over their body in %s', async (encoding) => {
    await started({ encoding });
    const purchaseOrderId = walmart.sell([{ listingId: 'A', quantity: 1 }]);
    await walmart.hooksSent();
    const [message] = endpoint.received;
    const expected = createHmac('sha256', walmart.keys.credentials.webhookSecret)
      .update(message?.body ?? '')
      .digest(encoding);
    expect(message?.headers['x-walmart-signature']).toBe(expected);
    expect(JSON.parse(message?.body ?? '')).toMatchObject({
      source: { eventType: 'ORDER_UPDATES' },
      payload: { subEventType: 'PO_CREATED', order: { purchaseOrderId } },
    });
  });

  it('are signed over method, path, time and body in the other scheme', async () => {
    await started({ signature: 'security' });
    walmart.sell([{ listingId: 'A', quantity: 1 }]);
    await walmart.hooksSent();
    const [message] = endpoint.received;
    const digest = createHash('sha256')
      .update(message?.body ?? '')
      .digest('hex');
    const time = String(clock.now() / 1_000);
    const text = `POST\n${new URL(endpoint.url).pathname}\n${time}\n${digest}`;
    const expected = createHmac('sha256', walmart.keys.credentials.webhookSecret).update(text).digest('base64');
    expect(message?.headers['wm_sec.signature']).toBe(expected);
    expect(message?.headers['wm_sec.timestamp']).toBe(time);
  });

  it('tell of the last unit once', async () => {
    await started();
    await calls.put('A', 0);
    await calls.put('A', 0);
    await walmart.hooksSent();
    expect(endpoint.received.map(({ body }) => (JSON.parse(body) as { source: { eventType: string } }).source.eventType)).toEqual([
      'INVENTORY_OOS',
    ]);
  });

  it('go where a subscription says, signed with its secret', async () => {
    await started();
    const authDetails = { authMethod: 'HMAC', authHeaderName: 'X-Signed', clientSecret: 'of our own' };
    const event = {
      eventType: 'ORDER_UPDATES',
      eventVersion: 'V1',
      resourceName: 'ORDER',
      eventUrl: endpoint.url,
      status: 'ACTIVE',
      authDetails,
    };
    expect((await calls.call('POST', '/v3/webhooks/subscriptions', { events: [{ ...event, eventType: 'ODER' }] })).status).toBe(400);
    expect((await calls.call('POST', '/v3/webhooks/subscriptions', { events: [event] })).status).toBe(200);
    walmart.sell([{ listingId: 'A', quantity: 1 }]);
    await walmart.hooksSent();
    const [message] = endpoint.received;
    expect(message?.headers['x-signed']).toBe(
      createHmac('sha256', 'of our own')
        .update(message?.body ?? '')
        .digest('base64'),
    );
  });
});
