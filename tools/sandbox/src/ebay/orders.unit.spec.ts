import { createVerify } from 'node:crypto';
import { EbayCalls } from '../../test/ebay-calls.js';
import { StoppedClock } from '../../test/stopped-clock.js';
import { startEndpoint, type ScriptedEndpoint } from '../../test/scripted-endpoint.js';
import { API_SCOPE } from './account.js';
import { startEbaySimulator, type EbaySimulator } from './ebay-simulator.js';
import { challengeResponse } from './notifications/signature.js';
import type { EbayOptions } from './options.js';

const ORDERS = '/sell/fulfillment/v1/order';

let clock: StoppedClock;
let ebay: EbaySimulator;
let calls: EbayCalls;
let endpoint: ScriptedEndpoint | undefined;
const started = async (options: EbayOptions = {}): Promise<void> => {
  clock = new StoppedClock();
  ebay = await startEbaySimulator({ clock, ...options });
  calls = new EbayCalls(ebay);
  ebay.addListings([{ sku: 'A', quantity: 5 }]);
};
const listening = async (answer = challengeResponse): Promise<ScriptedEndpoint> => {
  const { verificationToken } = ebay.oauth.credentials;
  endpoint = await startEndpoint((query, url) => ({
    challengeResponse: answer(query.get('challenge_code') ?? '', verificationToken, url),
  }));
  return endpoint;
};
afterEach(async () => {
  await ebay.close();
  await endpoint?.close();
  endpoint = undefined;
});

const since = (from: number): string => `${ORDERS}?filter=${encodeURIComponent(`lastmodifieddate:[${new Date(from).toISOString()}..]`)}`;

describe('orders at eBay', () => {
  it('lowers the listing and lists the order from its time of change on', async () => {
    await started();
    const orderId = ebay.sell([{ listingId: 'A', quantity: 2 }]);
    expect(ebay.listings()[0]?.quantity).toBe(3);
    expect((await calls.call('GET', since(clock.now()))).body).toMatchObject({
      total: 1,
      orders: [{ orderId, cancelStatus: { cancelState: 'NONE_REQUESTED' }, lineItems: [{ sku: 'A', quantity: 2 }] }],
    });
    expect((await calls.call('GET', since(clock.now() + 1))).body).toMatchObject({ total: 0 });
    expect((await calls.call('GET', `${ORDERS}?filter=yesterday`)).status).toBe(400);
  });

  it('sells no more than it shows', async () => {
    await started();
    expect(() => ebay.sell([{ listingId: 'A', quantity: 6 }])).toThrow('eBay shows 5 of A');
  });

  it('puts a cancelled order back once and shows it as changed', async () => {
    await started();
    const orderId = ebay.sell([{ listingId: 'A', quantity: 2 }]);
    clock.forward(1_000);
    ebay.cancel(orderId);
    expect(ebay.listings()[0]?.quantity).toBe(5);
    expect((await calls.call('GET', since(clock.now()))).body).toMatchObject({ orders: [{ cancelStatus: { cancelState: 'CANCELED' } }] });
    expect(() => ebay.cancel(orderId)).toThrow('cancelled already');
  });

  it('tells of a refund as money of a line', async () => {
    await started();
    const orderId = ebay.sell([{ listingId: 'A', quantity: 2 }]);
    ebay.refund(orderId, [{ listingId: 'A', quantity: 1, restock: true }]);
    expect((await calls.call('GET', `${ORDERS}/${orderId}`)).body).toMatchObject({
      orderPaymentStatus: 'PARTIALLY_REFUNDED',
      lineItems: [{ lineItemCost: { value: '20.00' }, refunds: [{ amount: { value: '10.00' } }] }],
    });
    expect(ebay.listings()[0]?.quantity).toBe(3);
  });
});

describe('notifications of eBay', () => {
  it.each([
    ['SHA1', 'bytes'],
    ['SHA256', 'json'],
  ] as const)('are signed with %s over the %s and name the order', async (digest, signs) => {
    await started({ digest, signs });
    const { url, received } = await listening();
    ebay.sendHooksTo({ url });
    const orderId = ebay.sell([{ listingId: 'A', quantity: 1 }]);
    await ebay.hooksSent();
    expect(received).toHaveLength(1);
    const [message] = received;
    const header = JSON.parse(Buffer.from(String(message?.headers['x-ebay-signature']), 'base64').toString()) as Record<string, string>;
    await calls.login({ grant_type: 'client_credentials', scope: API_SCOPE });
    const { body: key } = await calls.call('GET', `/commerce/notification/v1/public_key/${header['kid'] ?? ''}`);
    expect(key).toMatchObject({ algorithm: 'ECDSA', digest });
    const pem = String(key['key']).replace('-----BEGIN PUBLIC KEY-----', '$&\n').replace('-----END PUBLIC KEY-----', '\n$&');
    const text = message?.body ?? '';
    const compact = JSON.stringify(JSON.parse(text));
    expect(
      createVerify(digest)
        .update(compact)
        .verify(pem, header['signature'] ?? '', 'base64'),
    ).toBe(true);
    expect(text === compact).toBe(signs === 'bytes');
    expect(JSON.parse(text)).toMatchObject({ metadata: { topic: 'ORDER_CONFIRMATION' }, notification: { data: { orderId } } });
  });

  it('are not sent to an endpoint that answers the challenge wrong', async () => {
    await started();
    const { url, received } = await listening(() => 'no');
    ebay.sendHooksTo({ url });
    ebay.sell([{ listingId: 'A', quantity: 1 }]);
    await ebay.hooksSent();
    expect(received).toHaveLength(0);
    expect(ebay.log.violations).toEqual([expect.stringContaining('answered the challenge')]);
  });

  it('need an endpoint that was registered with a verification token and answers the challenge', async () => {
    await started();
    const { url } = await listening();
    const { verificationToken } = ebay.oauth.credentials;
    const destination = { name: 'ours', status: 'ENABLED', deliveryConfig: { endpoint: url, verificationToken } };
    const path = '/commerce/notification/v1/destination';
    expect((await calls.call('POST', path, destination)).status).toBe(400);
    await calls.call('PUT', '/commerce/notification/v1/config', { alertEmail: 'a@example.com' });
    const short = { ...destination, deliveryConfig: { endpoint: url, verificationToken: 'short' } };
    expect((await calls.call('POST', path, short)).status).toBe(400);
    const made = await calls.call('POST', path, destination);
    expect(made.status).toBe(201);
    const destinationId = made.headers.get('location')?.split('/').at(-1);
    const payload = { format: 'JSON', deliveryProtocol: 'HTTPS', schemaVersion: '1.0' };
    const subscription = { topicId: 'ORDER_CONFIRMATION', status: 'ENABLED', destinationId, payload };
    expect((await calls.call('POST', '/commerce/notification/v1/subscription', subscription)).status).toBe(201);
    expect(ebay.log.violations).toEqual([]);
  });
});
