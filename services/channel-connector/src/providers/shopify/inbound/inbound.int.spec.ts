import { ShopifyShop } from '../../../../test/shops/shopify-shop.js';
import type { ChannelEvent } from '../../inbound.js';
import { inTime } from '../../within-the-answer.js';

/** A hook is answered within a second; a busy machine is given more, and the fault that is shown takes 10 s. */
const TOO_LATE_MS = 5_000;

let shop: ShopifyShop;
let item: string;

beforeEach(async () => {
  shop = await ShopifyShop.start();
  [item = ''] = shop.shop.addListings([{ sku: 'A', quantity: 5 }]);
});
afterEach(async () => {
  expect(shop.shop.log.violations).toEqual([]);
  await shop.close();
});

const sold = (quantity: number): string => shop.shop.sell([{ listingId: item, quantity, remoteId: shop.place('BER') }]);
const without = (events: readonly ChannelEvent[], kind: ChannelEvent['kind']): readonly ChannelEvent[] =>
  events.filter((event) => event.kind !== kind);

/** Units that come back, each refund once. */
function restocked(events: readonly ChannelEvent[]): number {
  const refunds = new Map(events.flatMap((event) => (event.kind === 'refund' ? [[event.refundId, event] as const] : [])));
  return [...refunds.values()].flatMap(({ lines }) => lines).reduce((sum, { quantity, restock }) => sum + (restock ? quantity : 0), 0);
}

describe('webhooks', () => {
  it('tell of an order by listing, and of the figure that it left', async () => {
    const orderId = sold(2);
    const events = await shop.heard();
    expect(events).toEqual([
      {
        kind: 'order',
        orderId,
        at: shop.time.now(),
        lines: [{ lineId: 'gid://shopify/LineItem/50010', listingId: item, quantity: 2, remoteId: null }],
      },
      { kind: 'figure', listingId: item, at: shop.time.now(), figure: shop.at(3), partial: true },
    ]);
  });

  it('ask once which item a variant is of', async () => {
    sold(1);
    await shop.heard();
    sold(1);
    await shop.heard();
    expect(shop.calls('nodes')).toBe(1);
  });

  it('give the units of a cancelled order back once, though two messages carry them and either may be lost', async () => {
    const orderId = sold(2);
    await shop.heard();
    shop.shop.cancel(orderId);
    const messages = (await shop.readings()).map((reading) => (reading.kind === 'verified' ? without(reading.events, 'figure') : []));
    const carrying = messages.filter((events) => events.length > 0);
    expect(carrying.map(restocked)).toEqual([2, 2]);
    expect(restocked(carrying.flat())).toBe(2);
    expect(carrying.flat()).toContainEqual({ kind: 'cancel', orderId, cancelId: `${orderId}/cancel`, at: shop.time.now(), lines: [] });
  });

  it('tell which units of a refund are for sale again', async () => {
    const orderId = sold(3);
    shop.shop.refund(orderId, [{ listingId: item, quantity: 1, restock: true }]);
    shop.shop.refund(orderId, [{ listingId: item, quantity: 1, restock: false }]);
    const refunds = (await shop.heard()).flatMap((event) =>
      event.kind === 'refund' ? event.lines.map(({ quantity, restock }) => [quantity, restock]) : [],
    );
    expect(refunds).toEqual([
      [1, true],
      [1, false],
    ]);
  });

  it('tell nothing of places that the channel does not map', async () => {
    shop.shop.edit(item, 9, shop.place('HAM'));
    expect(await shop.heard()).toEqual([]);
  });

  it('are named by the id of the message, twins alike', async () => {
    shop.shop.sendHooksTo({ url: shop.hooks.url, fate: () => 'double' });
    shop.shop.edit(item, 3, shop.place('BER'));
    const ids = (await shop.readings()).map((reading) => (reading.kind === 'verified' ? reading.messageId : reading.kind));
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it.each([
    ['a byte was changed', { body: Buffer.from('{}') }],
    ['the signature is missing', { headers: { 'x-shopify-hmac-sha256': undefined } }],
    ['the shop is another', { headers: { 'x-shopify-shop-domain': 'other.myshopify.com' } }],
    ['the message is a day old', { headers: { 'x-shopify-triggered-at': '2025-12-31T11:00:00Z' } }],
  ])('are refused where %s', async (_, { body, headers }: { body?: Buffer; headers?: Readonly<Record<string, string | undefined>> }) => {
    shop.shop.edit(item, 3, shop.place('BER'));
    await shop.shop.hooksSent();
    const [request] = shop.hooks.taken();
    if (request === undefined) throw new Error('no webhook came');
    expect(await shop.open.hook?.({ ...request, body: body ?? request.body, headers: { ...request.headers, ...headers } })).toMatchObject({
      kind: 'refused',
    });
    expect(await shop.open.hook?.(request)).toMatchObject({ kind: 'verified' });
  });

  it.each([{ kind: 'drop' }, { kind: 'slow_answer', ms: 10_000 }] as const)(
    'are read within a second where the shop does not say which item was sold ($kind), and the next poll finds the order',
    async (fault) => {
      const begun = await shop.open.poll?.(null);
      const orderId = sold(1);
      await shop.shop.hooksSent();
      shop.shop.faults.next(fault, 1, 'nodes');
      const readings = await inTime(TOO_LATE_MS, shop.readings());
      const told = (readings ?? []).flatMap((reading) => (reading.kind === 'verified' ? reading.events : []));
      expect([readings?.map(({ kind }) => kind), without(told, 'figure')]).toEqual([['verified', 'verified'], []]);
      const { events } = (await shop.open.poll?.(begun?.cursor ?? null)) ?? { events: [] };
      expect(events).toMatchObject([{ kind: 'order', orderId }]);
    },
  );
});

describe('polling orders', () => {
  const polled = async (cursor: string | null) => {
    const result = await shop.open.poll?.(cursor);
    if (result === undefined) throw new Error('there is no poll');
    return result;
  };

  it('begins now, and tells of older orders nothing', async () => {
    const old = sold(1);
    shop.time.set(shop.time.now() + 1_000);
    const { cursor, events } = await polled(null);
    expect(events).toEqual([]);
    shop.time.set(shop.time.now() + 1_000);
    shop.shop.cancel(old);
    expect((await polled(cursor)).events).toEqual([]);
  });

  it('tells the same of an order, its refunds and its end as the webhooks do', async () => {
    const { cursor } = await polled(null);
    const orderId = sold(3);
    shop.shop.refund(orderId, [{ listingId: item, quantity: 1, restock: false }]);
    shop.shop.cancel(orderId);
    const byHook = without(await shop.heard(), 'figure').map((event) => JSON.stringify(event));
    const byPoll = (await polled(cursor)).events.map((event) => JSON.stringify(event));
    expect(byPoll).toHaveLength(4);
    expect(new Set(byPoll)).toEqual(new Set(byHook));
  });

  it('goes on where it was, page by page, and loses none', async () => {
    let { cursor } = await polled(null);
    const drained = async (): Promise<readonly string[]> => {
      const found: string[] = [];
      for (let more = true; more;) {
        const page = await polled(cursor);
        found.push(...page.events.flatMap((event) => (event.kind === 'order' ? [event.orderId] : [])));
        ({ cursor, more } = page);
      }
      return found;
    };
    const orders: string[] = [];
    for (let count = 0; count < 60; count += 1) {
      shop.time.set(shop.time.now() + 1_000);
      orders.push(sold(1));
    }
    expect(await drained()).toEqual(orders);
    shop.time.set(shop.time.now() + 1_000);
    const next = sold(1);
    const [changed = ''] = orders.slice(-1);
    shop.shop.cancel(changed);
    expect(new Set(await drained())).toEqual(new Set([next, changed]));
  });

  it('tells of edits too where the shop has no webhooks', async () => {
    await shop.close();
    shop = await ShopifyShop.start({}, (account) => ({ ...account, settings: { ...account.settings, pollFigures: true } }));
    [item = ''] = shop.shop.addListings([
      { sku: 'A', quantity: 5 },
      ...Array.from({ length: 150 }, (_, index) => ({ sku: `S${String(index)}`, quantity: 5 })),
    ]);
    let result = await polled(null);
    while (result.more) result = await polled(result.cursor);
    shop.time.set(shop.time.now() + 120_000);
    do result = await polled(result.cursor);
    while (result.more);
    shop.time.set(shop.time.now() + 120_000);
    shop.shop.edit(item, 3, shop.place('BER'));
    shop.shop.edit(item, 9, shop.place('HAM'));
    const orders = await polled(result.cursor);
    expect([orders.events, orders.more]).toEqual([[], true]);
    const figures = await polled(orders.cursor);
    expect(figures.events).toEqual([{ kind: 'figure', listingId: item, at: shop.time.now(), figure: shop.at(3), partial: true }]);
    expect(figures.more).toBe(false);
  });

  it('costs what it finds, not what it asks for', async () => {
    const { cursor } = await polled(null);
    const before = await shop.tools.budget.left('points');
    await polled(cursor);
    expect(before - (await shop.tools.budget.left('points'))).toBeLessThan(5);
  });

  it('keeps its place where the shop does not answer', async () => {
    const { cursor } = await polled(null);
    shop.shop.faults.next({ kind: 'server_error', status: 503 }, 1, 'orders');
    expect(await polled(cursor)).toMatchObject({ account: { kind: 'failed' }, events: [], cursor, more: false });
  });
});
