import { figure, pendingOf } from '../../../test/shops/amazon-account.js';
import { zalandoAccount, type ZalandoAccountRig } from '../../../test/shops/zalando-account.js';
import type { ChannelEvent, PollResult } from '../inbound.js';

let rig: ZalandoAccountRig;
const start = async (...given: Parameters<typeof zalandoAccount>): Promise<ZalandoAccountRig> => {
  cursor = null;
  return (rig = await zalandoAccount(...given));
};
afterEach(async () => {
  await rig.zalando.close();
  expect(rig.zalando.log.violations).toEqual([]);
});

let cursor: string | null = null;
async function polled(): Promise<PollResult> {
  const result = await rig.account.poll?.(cursor);
  if (result === undefined) throw new Error('there is no poll');
  cursor = result.cursor;
  return result;
}
const events = async (): Promise<readonly ChannelEvent[]> => {
  rig.time.forward(10_000);
  return (await polled()).events;
};

describe('orders', () => {
  it('are read with what was cancelled and what came back, each named so that twins are known', async () => {
    await start();
    const [ean = ''] = rig.zalando.addListings([{ sku: 'A', quantity: 9 }]);
    await polled();
    const orderId = rig.zalando.sell([{ listingId: ean, quantity: 4 }]);
    const at = rig.time.now();
    const first = await events();
    expect(first).toEqual([
      { kind: 'order', orderId, at, lines: [{ lineId: expect.any(String), listingId: ean, quantity: 4, remoteId: null }] },
    ]);
    rig.zalando.refund(orderId, [{ listingId: ean, quantity: 1, restock: true }]);
    rig.zalando.refund(orderId, [{ listingId: ean, quantity: 1, restock: false }]);
    rig.zalando.cancel(orderId);
    const second = await events();
    const lineId = first[0]?.kind === 'order' ? first[0].lines[0]?.lineId : '';
    expect(second).toMatchObject([
      { kind: 'order', orderId },
      { kind: 'cancel', orderId, lines: [{ lineId, quantity: 2 }] },
      { kind: 'refund', orderId, lines: [{ lineId, quantity: 1, restock: true }] },
      { kind: 'refund', orderId, lines: [{ lineId, quantity: 1, restock: false }] },
    ]);
    expect(await events()).toEqual(second);
    const refunds = second.flatMap((event) => (event.kind === 'refund' ? [event.refundId] : []));
    expect(new Set(refunds).size).toBe(2);
  });

  it('are read whole over several pages, changed meanwhile or not', async () => {
    await start();
    const [ean = ''] = rig.zalando.addListings([{ sku: 'A', quantity: 9_999 }]);
    await polled();
    rig.time.forward(10_000);
    const sold = Array.from({ length: 450 }, (_, index) => {
      if (index % 3 === 0) rig.time.forward(1);
      return rig.zalando.sell([{ listingId: ean, quantity: 1 }]);
    });
    const found = new Set<string>();
    let result: PollResult;
    do {
      result = await polled();
      for (const event of result.events) if (event.kind === 'order') found.add(event.orderId);
      rig.zalando.cancel(String(sold[0]));
    } while (result.more);
    expect(found).toEqual(new Set(sold));
  });

  it('changed in one millisecond by the hundred are read as well', async () => {
    await start();
    const [ean = ''] = rig.zalando.addListings([{ sku: 'A', quantity: 9_999 }]);
    await polled();
    rig.time.forward(10_000);
    const sold = Array.from({ length: 450 }, () => rig.zalando.sell([{ listingId: ean, quantity: 1 }]));
    const found = new Set<string>();
    let result: PollResult;
    do {
      result = await polled();
      for (const event of result.events) if (event.kind === 'order') found.add(event.orderId);
    } while (result.more);
    expect(found).toEqual(new Set(sold));
  });

  it('are asked for every ten seconds and not more often', async () => {
    await start();
    for (let second = 0; second < 60; second += 1) {
      await polled();
      rig.time.forward(1_000);
    }
    expect([rig.zalando.log.of('orders').length, rig.zalando.log.throttled]).toEqual([6, 0]);
  });

  it('name their articles by the field of the settings, and returns are not restocked where the merchant says so', async () => {
    await start({ orderEan: 'article_id', restockReturns: false }, { eanIn: 'article_id' });
    const [ean = ''] = rig.zalando.addListings([{ sku: 'A', quantity: 9 }]);
    await polled();
    const orderId = rig.zalando.sell([{ listingId: ean, quantity: 1 }]);
    rig.zalando.refund(orderId, [{ listingId: ean, quantity: 1, restock: true }]);
    expect(await events()).toMatchObject([{ lines: [{ listingId: ean }] }, { kind: 'refund', lines: [{ restock: false }] }]);
  });
});

describe('the product status report', () => {
  it('is not read unless the settings say so', async () => {
    await start();
    expect([rig.account.read, rig.account.list]).toEqual([undefined, undefined]);
  });

  it('gives figures behind by its lag, and lists what there is', async () => {
    await start({ readBack: 'product_status_report' });
    const eans = rig.zalando.addListings(
      Array.from({ length: 130 }, (_, index) => ({ sku: `S${String(index)}`, title: 'Pen', quantity: 1 })),
    );
    const [ean = ''] = eans;
    rig.zalando.edit(ean, 8, rig.channels[0]);
    rig.time.forward(299_000);
    expect((await rig.account.read?.([ean]))?.figures.get(ean)).toEqual({ quantity: 1, parts: [] });
    rig.time.forward(1_000);
    const { figures } = (await rig.account.read?.([...eans.slice(0, 30), '4006381333931'])) ?? { figures: new Map() };
    expect([figures.get(ean), figures.get('4006381333931'), figures.size]).toEqual([{ quantity: 8, parts: [] }, null, 31]);
    const first = await rig.account.list?.(null);
    const second = await rig.account.list?.(first?.next ?? null);
    expect([first?.listings.length, second?.listings.length, second?.next]).toEqual([100, 30, null]);
    expect(first?.listings[0]).toMatchObject({ listingId: ean, sku: 'S0', barcode: ean, title: 'Pen' });
  });

  it('tells when a figure shows that was taken, and when it is overdue', async () => {
    await start({ readBack: 'product_status_report', shownMinutes: 30 });
    const [ean = '', lost = ''] = rig.zalando.addListings([
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 1 },
    ]);
    const one = [figure(ean, 5)];
    const two = [figure(lost, 5)];
    const pending = [...pendingOf(await rig.account.write(one), one)];
    rig.zalando.faults.next({ kind: 'never_apply' }, 1, 'stocks');
    pending.push(...pendingOf(await rig.account.write(two), two));
    const kindsNow = async () => [...((await rig.account.confirm?.(pending))?.outcomes.values() ?? [])].map(({ kind }) => kind);
    expect(await kindsNow()).toEqual(['accepted', 'accepted']);
    rig.time.forward(300_000);
    expect(await kindsNow()).toEqual(['applied', 'accepted']);
    rig.time.forward(1_500_000);
    expect(await kindsNow()).toEqual(['applied', 'rejected_retryable']);
  });

  it('tells when a held figure shows', async () => {
    await start({ readBack: 'product_status_report' }, { reportLagMs: 0 });
    const [held = ''] = rig.zalando.addHeldListings([{ sku: 'H' }]);
    const listings = [figure(held, 5)];
    const pending = pendingOf(await rig.account.write(listings), listings);
    expect((await rig.account.confirm?.(pending))?.outcomes.get(held)).toMatchObject({ kind: 'accepted' });
    rig.zalando.onboard(held);
    expect((await rig.account.confirm?.(pending))?.outcomes.get(held)).toEqual({ kind: 'applied' });
  });
});

describe('the check of an account', () => {
  it('says that all is well, or what is missing', async () => {
    await start();
    expect((await rig.account.check()).every(({ ok }) => ok)).toBe(true);
    await rig.zalando.close();
    await start({ merchantId: 'e18e458a-de38-40ee-8119-4130eed7486a' }, { scopes: ['orders/read'] });
    expect(await rig.account.check()).toMatchObject([
      { name: 'reachable', ok: true },
      { name: 'token', ok: true },
      { name: 'scopes', ok: false, says: expect.stringMatching(/may not act.*products\/stock\/write/) },
      { name: 'locations', ok: true },
    ]);
    rig.zalando.faults.credentialsRevoked = true;
    expect(await rig.account.check()).toMatchObject([{ ok: true }, { name: 'token', ok: false }, { ok: false }, { ok: true }]);
  });
});
