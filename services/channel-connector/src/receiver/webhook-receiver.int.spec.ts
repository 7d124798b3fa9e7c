import { newSecret } from '@holdfast/vendor-http';
import { updateMessage, type ListingUpdate } from '../providers/webhook/webhook-message.js';
import { createWebhookReceiver, type WebhookReceiver } from './webhook-receiver.js';

const secret = newSecret();
let receiver: WebhookReceiver;
let fail = false;

beforeEach(async () => {
  fail = false;
  receiver = await createWebhookReceiver({
    secret,
    onMessage: () => {
      if (fail) throw new Error('no');
    },
  });
});
afterEach(() => receiver.close());

const listing = (quantity: number, version: number): ListingUpdate => ({ listingId: 'L-1', sku: 'A', quantity, version });

async function send(listings: readonly ListingUpdate[], { with: key = secret, change = (body: string) => body } = {}): Promise<number> {
  const { body, headers } = updateMessage('demo', 'shop', listings, key, Date.now());
  return (await fetch(receiver.url, { method: 'POST', body: change(body), headers: { ...headers } })).status;
}

describe('the receiver', () => {
  it('keeps the newest figure of a listing, whatever order they come in', async () => {
    expect([await send([listing(5, 2)]), await send([listing(9, 1)]), await send([listing(4, 3)])]).toEqual([204, 204, 204]);
    expect(receiver.listings.get('L-1')).toEqual(listing(4, 3));
    expect(receiver.messages).toBe(3);
  });

  it('counts a message that comes again once', async () => {
    await send([listing(5, 2)]);
    await send([listing(5, 2)]);
    expect(receiver.messages).toBe(1);
  });

  it('refuses a wrong signature, a changed body and no signature', async () => {
    expect(await send([listing(5, 1)], { with: newSecret() })).toBe(401);
    expect(await send([listing(5, 1)], { change: (body) => body.replace('5', '6') })).toBe(401);
    expect((await fetch(receiver.url, { method: 'POST', body: '{}' })).status).toBe(401);
    expect(receiver.refused).toBe(3);
    expect(receiver.listings.size).toBe(0);
  });

  it('refuses other methods, other messages and bodies that are too large', async () => {
    expect((await fetch(receiver.url)).status).toBe(405);
    expect(await send([{ ...listing(5, 1), quantity: 0.5 }])).toBe(400);
    expect((await fetch(receiver.url, { method: 'POST', body: 'x'.repeat(1_100_000) })).status).toBe(413);
  });

  it('takes nothing that its owner refused', async () => {
    fail = true;
    expect(await send([listing(5, 1)])).toBe(500);
    fail = false;
    expect(await send([listing(5, 1)])).toBe(204);
    expect(receiver.listings.get('L-1')?.quantity).toBe(5);
  });

  it('says when its port is taken', async () => {
    await expect(createWebhookReceiver({ secret, port: Number(new URL(receiver.url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
