import { signWebhook, verifyWebhook, type InventoryUpdated, type WebhookEvent } from './webhooks.js';

const SECRET = `whsec_${Buffer.from('a secret of the channel').toString('base64')}`;
const OTHER = `whsec_${Buffer.from('the secret before it').toString('base64')}`;
const NOW = 1_700_000_000_000;
const event: InventoryUpdated = {
  type: 'inventory.updated',
  timestamp: new Date(NOW).toISOString(),
  data: { channelId: 'webshop', listings: [{ listingId: 'l1', sku: 'TÉNT', quantity: 3, version: 9 }] },
};

describe('a message of a webhook channel', () => {
  it('is believed when one of the secrets signed it', async () => {
    const { body, headers } = await signWebhook(event, { secret: OTHER, id: 'msg_1', at: NOW });
    expect(await verifyWebhook({ body, headers, secrets: [SECRET, OTHER], now: NOW + 299_000 })).toEqual(event);
    expect(await verifyWebhook({ body: new TextEncoder().encode(body), headers: new Headers(headers), secrets: OTHER, now: NOW })).toEqual(
      event,
    );
  });

  it('may be an alert', async () => {
    const alert: WebhookEvent = { type: 'alert.test', timestamp: new Date(NOW).toISOString(), data: { webhookId: 'pager' } };
    const { body, headers } = await signWebhook(alert, { secret: SECRET, id: 'msg_1', at: NOW });
    const verified = await verifyWebhook({ body, headers, secrets: SECRET, now: NOW });
    expect(verified.type === 'alert.test' ? verified.data.webhookId : verified.type).toBe('pager');
  });

  it('is believed by any of its signatures', async () => {
    const { body, headers } = await signWebhook(event, { secret: SECRET, id: 'msg_1', at: NOW });
    const several = { ...headers, 'webhook-signature': `v2,abcd v1,AAAA v1,*** ${String(headers['webhook-signature'])}` };
    expect(await verifyWebhook({ body, headers: several, secrets: SECRET, now: NOW })).toEqual(event);
  });

  it.each([
    ['no_match', { body: `${JSON.stringify(event)} ` }],
    ['no_match', { secrets: OTHER }],
    ['no_match', { headers: { 'webhook-id': 'msg_2' } }],
    ['stale', { now: NOW + 301_000 }],
    ['stale', { now: NOW - 301_000 }],
    ['stale', { headers: { 'webhook-timestamp': 'soon' } }],
    ['missing_header', { headers: { 'webhook-signature': '' } }],
  ])(
    'is refused with %s: %j',
    async (code, { headers = {}, ...more }: { headers?: object; body?: string; secrets?: string; now?: number }) => {
      const signed = await signWebhook(event, { secret: SECRET, id: 'msg_1', at: NOW });
      const message = { body: signed.body, secrets: SECRET, now: NOW, ...more, headers: { ...signed.headers, ...headers } };
      await expect(verifyWebhook(message)).rejects.toMatchObject({ name: 'WebhookError', code });
    },
  );

  it('says to keep the raw body where it is given a parsed one', async () => {
    const { headers } = await signWebhook(event, { secret: SECRET, id: 'msg_1', at: NOW });
    await expect(verifyWebhook({ body: event as unknown as string, headers, secrets: SECRET, now: NOW })).rejects.toThrow('raw body');
  });
});
