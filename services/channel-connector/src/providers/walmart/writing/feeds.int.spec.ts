import { kindsOf, WalmartShop, type WalmartShopOptions } from '../../../../test/shops/walmart-shop.js';
import type { ListingWrite, PendingWrite, WriteResult } from '../../write.js';

const NODE = '10000001';

let shop: WalmartShop;
const started = async (options: WalmartShopOptions = {}, count = 150): Promise<void> => {
  shop = await WalmartShop.open({ vendor: { shipNodes: [NODE] }, ...options });
  shop.walmart.addListings(Array.from({ length: count }, (_, index) => ({ sku: `S${String(index)}`, quantity: 5 })));
};
afterEach(() => shop.walmart.close());

const many = (count: number, quantity = 7): ListingWrite[] =>
  Array.from({ length: count }, (_, index) => shop.listing(`S${String(index)}`, { [NODE]: quantity }));
const pendingOf = ({ outcomes }: WriteResult): PendingWrite[] =>
  [...outcomes].flatMap(([listingId, outcome]) =>
    outcome.kind === 'accepted' ? [{ listingId, reference: outcome.reference, quantity: 7, parts: [], memo: null, mayBeSent: true }] : [],
  );
const countOf = (result: WriteResult | undefined, kind: string): number =>
  [...(result?.outcomes.values() ?? [])].filter((outcome) => outcome.kind === kind).length;

describe('feeds to Walmart', () => {
  it('carry what many listings wait for, exclusively, and are applied once Walmart says so', async () => {
    await started();
    expect(shop.account.batch({ due: 30, urgent: 0 })).toBeLessThan(50);
    expect(shop.account.batch({ due: 5_000, urgent: 0 })).toBe(10_000);
    const sent = await shop.account.write(many(150));
    expect(sent.outcomes.get('S0')).toMatchObject({ kind: 'accepted', exclusive: true });
    const pending = pendingOf(sent);
    expect(pending).toHaveLength(150);
    expect(countOf(await shop.account.confirm?.(pending), 'accepted')).toBe(150);
    shop.time.set(shop.time.now() + 15_000);
    expect(countOf(await shop.account.confirm?.(pending), 'applied')).toBe(150);
    expect(shop.walmart.log.of('postFeed')).toHaveLength(1);
    expect(shop.shown()['S149@10000001']).toBe(7);
    expect(shop.walmart.log.violations).toEqual([]);
  });

  it('leave zeros to single calls, before them', async () => {
    await started();
    const writes = [shop.listing('S149', { [NODE]: 0 }), ...many(149)];
    const sent = await shop.account.write(writes);
    expect(sent.outcomes.get('S149')).toEqual({ kind: 'applied' });
    expect(shop.shown()['S149@10000001']).toBe(0);
    expect(countOf(sent, 'accepted')).toBe(149);
  });

  it('report each item that failed, however many pages that takes', async () => {
    await started();
    const sent = await shop.account.write([...many(150), shop.listing('X', { [NODE]: 1 })]);
    shop.time.set(shop.time.now() + 15_000);
    const confirmed = await shop.account.confirm?.(pendingOf(sent));
    expect(countOf(confirmed, 'applied')).toBe(150);
    expect(confirmed?.outcomes.get('X')).toMatchObject({ kind: 'rejected_permanent', code: 'feed_data_error' });
    const calls = shop.walmart.log.of('getFeed').length;
    await shop.account.confirm?.(pendingOf(sent).slice(0, 10));
    expect(shop.walmart.log.of('getFeed')).toHaveLength(calls);
  });

  it('ask for smaller ones where Walmart refuses the file', async () => {
    await started();
    shop.walmart.faults.next({ kind: 'server_error', status: 413 }, 1, 'postFeed');
    const refused = await shop.account.write(many(30));
    expect(refused.account.kind).toBe('narrow');
    expect(refused.outcomes.size).toBe(0);
  });

  it('tell a fault inside Walmart from one of the item', async () => {
    await started();
    shop.walmart.faults.next({ kind: 'reject_listings', listingIds: ['S3'], permanent: false }, 1, 'postFeed');
    const sent = await shop.account.write(many(30));
    shop.time.set(shop.time.now() + 15_000);
    expect((await shop.account.confirm?.(pendingOf(sent)))?.outcomes.get('S3')).toMatchObject({
      kind: 'rejected_retryable',
      code: 'feed_system_error',
    });
  });

  it('are found by the name of their file where the answer was lost', async () => {
    await started();
    shop.walmart.faults.next({ kind: 'lose_answer' }, 1, 'postFeed');
    const pending = pendingOf(await shop.account.write(many(30)));
    expect(pending).toHaveLength(30);
    const open = await shop.account.confirm?.(pending);
    expect(countOf(open, 'accepted')).toBe(30);
    shop.time.set(shop.time.now() + 15_000);
    expect(countOf(await shop.account.confirm?.(pendingOf(open ?? { account: { kind: 'ok' }, outcomes: new Map() })), 'applied')).toBe(30);
  });

  it('are sent again where Walmart never lists them', async () => {
    await started();
    shop.walmart.faults.next({ kind: 'drop' }, 1, 'postFeed');
    const pending = pendingOf(await shop.account.write(many(30)));
    expect(countOf(await shop.account.confirm?.(pending), 'accepted')).toBe(30);
    shop.time.set(shop.time.now() + 301_000);
    expect((await shop.account.confirm?.(pending))?.outcomes.get('S0')).toMatchObject({ kind: 'rejected_retryable', code: 'feed_lost' });
  });

  it('keep within the size that Walmart takes', async () => {
    await started({}, 0);
    const sent = await shop.account.write(many(10_000).map((write) => ({ ...write, listingId: `${write.listingId}-${'x'.repeat(60)}` })));
    expect(sent.account.kind).toBe('ok');
    expect(shop.walmart.log.of('postFeed').every(({ status }) => status === 200)).toBe(true);
    expect(shop.walmart.log.of('postFeed').length).toBeGreaterThan(1);
  });

  it('give way to single calls while no feed may be sent', async () => {
    await started({ settings: { feedsPerHour: 2 } });
    await shop.account.write(many(30));
    const second = await shop.account.write(many(30, 8));
    expect(second.account).toMatchObject({ kind: 'narrow' });
    expect(Object.values(kindsOf(second)).every((kind) => kind === 'applied')).toBe(true);
    expect(shop.account.batch({ due: 5_000, urgent: 0 })).toBeLessThan(50);
    expect(shop.walmart.log.throttled).toBe(0);
  });

  it('are of the other form where no ship node is mapped', async () => {
    await started({ mapped: [] });
    const sent = await shop.account.write(Array.from({ length: 30 }, (_, index) => shop.listing(`S${String(index)}`, 9)));
    shop.time.set(shop.time.now() + 15_000);
    expect(countOf(await shop.account.confirm?.(pendingOf(sent)), 'applied')).toBe(30);
    expect(shop.shown()['S29@10000001']).toBe(9);
  });
});
