import { receiver, type Receiver } from '../../../../test/hook-receiver.js';
import { WalmartShop, type WalmartShopOptions } from '../../../../test/shops/walmart-shop.js';
import type { ChannelEvent, HookRequest } from '../../inbound.js';

const FIRST = '10000001';
const SECOND = '10000002';

let shop: WalmartShop;
let hooks: Receiver;
const started = async (options: WalmartShopOptions = {}): Promise<void> => {
  shop = await WalmartShop.open(options);
  hooks = await receiver();
  shop.walmart.addListings([{ sku: 'A', quantity: 10 }]);
  shop.walmart.sendHooksTo({ url: hooks.url });
};
afterEach(async () => {
  await shop.walmart.close();
  await hooks.close();
});

const begun = async (): Promise<string | null> => (await shop.account.poll?.(null))?.cursor ?? null;

/** Polls until there is no more. */
async function polled(from: string | null): Promise<{ readonly events: readonly ChannelEvent[]; readonly cursor: string | null }> {
  const events: ChannelEvent[] = [];
  let cursor = from;
  for (let page = 0; page < 20; page += 1) {
    const result = await shop.account.poll?.(cursor);
    if (result === undefined) throw new Error('Walmart is polled');
    expect(result.account).toEqual({ kind: 'ok' });
    events.push(...result.events);
    cursor = result.cursor;
    if (!result.more) return { events, cursor };
  }
  throw new Error('the poll does not end');
}
const ofKind = (events: readonly ChannelEvent[], kind: ChannelEvent['kind']) => events.filter((event) => event.kind === kind);

describe('orders polled from Walmart', () => {
  it('begin at the first poll, and say which ship node sends them', async () => {
    await started();
    shop.walmart.sell([{ listingId: 'A', quantity: 1 }]);
    shop.time.set(shop.time.now() + 600_000);
    const cursor = await begun();
    expect((await polled(cursor)).events).toEqual([]);
    const orderId = shop.walmart.sell([{ listingId: 'A', quantity: 2, remoteId: SECOND }]);
    expect((await polled(cursor)).events).toEqual([
      { kind: 'order', orderId, at: shop.time.now(), lines: [{ lineId: '1', listingId: 'A', quantity: 2, remoteId: SECOND }] },
    ]);
  });

  it('tell of cancelled units by line, the same each time', async () => {
    await started();
    const cursor = await begun();
    const orderId = shop.walmart.sell([{ listingId: 'A', quantity: 2 }]);
    shop.walmart.cancel(orderId);
    const [first] = ofKind((await polled(cursor)).events, 'cancel');
    expect(first).toMatchObject({ orderId, lines: [{ lineId: '1', quantity: 2 }] });
    expect(ofKind((await polled(cursor)).events, 'cancel')).toEqual([first]);
  });

  it('bring returns, restocked where the units were delivered back', async () => {
    await started();
    const cursor = await begun();
    const orderId = shop.walmart.sell([{ listingId: 'A', quantity: 3 }]);
    shop.walmart.refund(orderId, [{ listingId: 'A', quantity: 1, restock: true }]);
    shop.walmart.refund(orderId, [{ listingId: 'A', quantity: 2, restock: false }]);
    expect(ofKind((await polled(cursor)).events, 'refund')).toMatchObject([
      { orderId, lines: [{ lineId: '1', quantity: 1, restock: true }] },
      { orderId, lines: [{ lineId: '1', quantity: 2, restock: false }] },
    ]);
  });

  it('are read page by page, and an order twice rather than not at all', async () => {
    await started();
    shop.walmart.addListings([{ sku: 'M', quantity: 500 }]);
    const cursor = await begun();
    for (let order = 0; order < 250; order += 1) shop.walmart.sell([{ listingId: 'M', quantity: 1 }]);
    const first = await polled(cursor);
    expect(first.events).toHaveLength(250);
    expect((await polled(first.cursor)).events).toHaveLength(250);
    shop.time.set(shop.time.now() + 600_000);
    const later = await polled(first.cursor);
    expect((await polled(later.cursor)).events).toEqual([]);
  });

  it('keep their cursor where Walmart does not answer', async () => {
    await started();
    const cursor = await begun();
    shop.walmart.faults.next({ kind: 'server_error', status: 500 }, 1, 'getOrders');
    expect(await shop.account.poll?.(cursor)).toMatchObject({ account: { kind: 'failed' }, cursor, events: [], more: false });
  });
});

describe('webhooks of Walmart', () => {
  const posted = async (): Promise<HookRequest> => {
    await shop.walmart.hooksSent();
    const [message] = hooks.taken();
    if (message === undefined) throw new Error('nothing came');
    return message;
  };

  it.each([
    ['hmac', 'base64'],
    ['hmac', 'hex'],
    ['security', 'base64'],
  ] as const)('prove themselves by the scheme %s in %s, and bring the order', async (signature, encoding) => {
    await started({ vendor: { signature, encoding } });
    const orderId = shop.walmart.sell([{ listingId: 'A', quantity: 2 }]);
    const message = await posted();
    expect(await shop.account.hook?.(message)).toMatchObject({
      kind: 'verified',
      events: [{ kind: 'order', orderId, lines: [{ quantity: 2, remoteId: FIRST }] }],
    });
    const tampered = { ...message, body: Buffer.from(message.body.toString().replace('PO_CREATED', 'PO_CHANGED')) };
    expect((await shop.account.hook?.(tampered))?.kind).toBe('refused');
    expect((await shop.account.hook?.({ ...message, headers: {} }))?.kind).toBe('refused');
  });

  it('are refused where their signed time lies back', async () => {
    await started({ vendor: { signature: 'security' } });
    shop.walmart.sell([{ listingId: 'A', quantity: 1 }]);
    const message = await posted();
    shop.time.set(shop.time.now() + 421_000);
    expect((await shop.account.hook?.(message))?.kind).toBe('refused');
  });

  it('show a SKU that is sold out as a figure of the mapped ship nodes', async () => {
    await started({ mapped: [FIRST] });
    shop.walmart.sell([{ listingId: 'A', quantity: 10, remoteId: FIRST }]);
    shop.walmart.sell([{ listingId: 'A', quantity: 10, remoteId: SECOND }]);
    await shop.walmart.hooksSent();
    const events: ChannelEvent[] = [];
    for (const message of hooks.taken()) {
      const reading = await shop.account.hook?.(message);
      if (reading?.kind === 'verified') events.push(...reading.events);
    }
    expect(ofKind(events, 'figure')).toEqual([
      {
        kind: 'figure',
        listingId: 'A',
        at: shop.time.now(),
        figure: { quantity: 0, parts: [{ remoteId: FIRST, quantity: 0 }] },
        partial: false,
      },
    ]);
  });

  it('are refused where the channel has no secret', async () => {
    await started({ secret: false });
    shop.walmart.sell([{ listingId: 'A', quantity: 1 }]);
    expect(await shop.account.hook?.(await posted())).toEqual({ kind: 'refused', says: 'the channel has no webhookSecret' });
  });
});
