import { kindsOf, WalmartShop, type WalmartShopOptions } from '../../../../test/walmart-shop.js';

const FIRST = '10000001';
const SECOND = '10000002';

let shop: WalmartShop;
const started = async (options: WalmartShopOptions = {}): Promise<void> => {
  shop = await WalmartShop.open(options);
  shop.walmart.addListings(['A/1', 'B', 'C'].map((sku) => ({ sku, quantity: 5, barcode: '4006381333931', title: `Pen ${sku}` })));
};
afterEach(() => shop.walmart.close());
const part = (remoteId: string, quantity: number) => ({ remoteId, quantity });

describe('writing figures to Walmart', () => {
  it('sets each ship node, one or several, or the only one where none is mapped', async () => {
    await started();
    const writes = [shop.listing('A/1', { [FIRST]: 7, [SECOND]: 0 }), shop.listing('B', { [SECOND]: 9 }), shop.listing('C', 3)];
    expect(kindsOf(await shop.account.write(writes))).toEqual({ 'A/1': 'applied', B: 'applied', C: 'applied' });
    expect(shop.shown()).toEqual({
      [`A/1@${FIRST}`]: 7,
      [`A/1@${SECOND}`]: 0,
      [`B@${FIRST}`]: 5,
      [`B@${SECOND}`]: 9,
      [`C@${FIRST}`]: 3,
      [`C@${SECOND}`]: 5,
    });
    expect(shop.walmart.log.violations).toEqual([]);
  });

  it('tells refusals that pass from those that stay', async () => {
    await started();
    shop.walmart.lock('B', 60_000);
    const unknownNode = { [FIRST]: 1, X: 1 };
    const { outcomes } = await shop.account.write([shop.listing('X', 1), shop.listing('B', 1), shop.listing('C', unknownNode)]);
    expect(outcomes.get('X')).toMatchObject({ kind: 'rejected_permanent', code: expect.stringContaining('CONTENT_NOT_FOUND') as string });
    expect(outcomes.get('B')).toMatchObject({ kind: 'rejected_retryable', retryAfterMs: 300_000 });
    expect(outcomes.get('C')).toMatchObject({ kind: 'rejected_permanent', says: expect.stringContaining('ship node X') as string });
  });

  it('says unknown where the answer was lost, or a service behind did not answer', async () => {
    await started();
    shop.walmart.faults.next({ kind: 'lose_answer' }, 1, 'putInventory');
    expect(kindsOf(await shop.account.write([shop.listing('B', 7)]))).toEqual({ B: 'unknown' });
    shop.walmart.faults.next({ kind: 'server_error', status: 504 }, 1, 'putInventory');
    expect(kindsOf(await shop.account.write([shop.listing('B', 8)]))).toEqual({ B: 'unknown' });
    expect((await shop.account.read?.(['B', 'X']))?.figures).toEqual(
      new Map([
        ['B', { quantity: 12, parts: [part(FIRST, 7), part(SECOND, 5)] }],
        ['X', null],
      ]),
    );
  });

  it('stops at a fault of Walmart and leaves out what was not sent', async () => {
    await started();
    shop.walmart.faults.next({ kind: 'server_error', status: 503 }, 4, 'putInventory');
    const result = await shop.account.write(['A/1', 'B', 'C'].map((sku) => shop.listing(sku, 7)));
    expect(result.account.kind).toBe('failed');
    expect(result.outcomes.size).toBe(0);
  });

  it('renews its token of 15 minutes, also where it ends in the middle of a batch', async () => {
    await started();
    await shop.account.write([shop.listing('B', 1)]);
    shop.time.set(shop.time.now() + 1_000_000);
    expect(kindsOf(await shop.account.write([shop.listing('B', 2)]))).toEqual({ B: 'applied' });
    shop.walmart.faults.next({ kind: 'expire_tokens' }, 1, 'putInventory');
    expect(kindsOf(await shop.account.write([shop.listing('B', 3)]))).toEqual({ B: 'applied' });
    expect(shop.tools.tokens.renewals).toBe(3);
  });

  it('says that the keys are refused once they are taken back', async () => {
    await started();
    shop.walmart.faults.credentialsRevoked = true;
    const { account, outcomes } = await shop.account.write([shop.listing('B', 8)]);
    expect(account.kind).toBe('unauthorized');
    expect(outcomes.size).toBe(0);
  });

  it('waits as long as Walmart says after too many calls', async () => {
    await started();
    shop.walmart.faults.next({ kind: 'throttle', retryAfterMs: 45_000 }, 1, 'putInventory');
    expect((await shop.account.write([shop.listing('B', 7)])).account).toMatchObject({ kind: 'slow_down', retryAfterMs: 45_000 });
    const before = shop.time.now();
    expect(kindsOf(await shop.account.write([shop.listing('B', 7)]))).toEqual({ B: 'applied' });
    expect(shop.time.now() - before).toBeGreaterThanOrEqual(45_000);
  });

  it('uses nine tenths of its calls and is refused none', async () => {
    await started();
    const begun = shop.time.now();
    for (let round = 0; round < 40; round += 1)
      await shop.account.write(Array.from({ length: 20 }, () => shop.listing(['A/1', 'B', 'C'][round % 3] ?? 'B', round)));
    expect(shop.walmart.log.throttled).toBe(0);
    const minutes = (shop.time.now() - begun) / 60_000;
    expect(shop.walmart.log.of('putInventory').length / minutes).toBeGreaterThanOrEqual(180);
  });
});
