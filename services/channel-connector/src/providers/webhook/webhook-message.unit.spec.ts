import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { newSecret } from '@holdfast/vendor-http';
import { updateMessage } from './webhook-message.js';

const secret = newSecret();
const listing = { listingId: 'L-1', sku: 'SKU-100', quantity: 41, version: 7 };
const sign = (listings = [listing], at = Date.now()) => updateMessage('demo', 'shop', listings, secret, at);

describe('a signed message', () => {
  it('is verified by a receiver that holds the secret', () => {
    const { body, headers } = sign();
    expect(new Webhook(secret).verify(body, { ...headers })).toEqual({
      type: 'inventory.updated',
      timestamp: expect.any(String),
      data: { channelId: 'shop', listings: [listing] },
    });
  });

  it('is refused with another secret, another body or an old timestamp', () => {
    const { body, headers } = sign();
    expect(() => new Webhook(newSecret()).verify(body, { ...headers })).toThrow(WebhookVerificationError);
    expect(() => new Webhook(secret).verify(body.replace('41', '42'), { ...headers })).toThrow(WebhookVerificationError);
    const old = sign([listing], Date.now() - 600_000);
    expect(() => new Webhook(secret).verify(old.body, { ...old.headers })).toThrow('too old');
  });

  it('keeps its id when the same content is sent again, and changes it with the content', () => {
    const id = sign().headers['webhook-id'];
    expect(sign([listing], Date.now() + 60_000).headers['webhook-id']).toBe(id);
    expect(sign([{ ...listing, version: 8 }]).headers['webhook-id']).not.toBe(id);
  });
});
