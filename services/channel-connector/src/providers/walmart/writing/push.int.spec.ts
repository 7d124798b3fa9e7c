import { kindsOf, WalmartShop, type WalmartShopOptions } from '../../../../test/shops/walmart-shop.js';

const FIRST = '10000001';
const SECOND = '10000002';

let shop: WalmartShop;
const started = async (options: WalmartShopOptions = {}): Promise<void> => {
  shop = await WalmartShop.open(options);
  shop.walmart.addListings(['A/1', 'B', 'C'].map((sku) => ({ sku, quantity: 5, barcode: '4006381333931', title: `Pen ${sku}` })));
};
afterEach(() => shop.walmart.close());

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

  it('names no item by a path that would be another one', async () => {
    await started();
    shop.walmart.addListings(['.', '..'].map((sku) => ({ sku, quantity: 5 })));
    const { outcomes } = await shop.account.write([shop.listing('..', { [FIRST]: 7, [SECOND]: 0 }), shop.listing('.', 3)]);
    expect(outcomes.get('..')).toMatchObject({ kind: 'rejected_permanent', code: 'sku_not_callable' });
    expect(outcomes.get('.')).toEqual({ kind: 'applied' });
    expect((await shop.account.read?.(['..']))?.figures.get('..')).toMatchObject({ quantity: 10 });
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

  it('says unknown where a service behind did not answer', async () => {
    await started();
    shop.walmart.faults.next({ kind: 'server_error', status: 504 }, 1, 'putInventory');
    expect(kindsOf(await shop.account.write([shop.listing('B', 8)]))).toEqual({ B: 'unknown' });
  });

  it('renews its token before its 15 minutes end', async () => {
    await started();
    await shop.account.write([shop.listing('B', 1)]);
    shop.time.set(shop.time.now() + 1_000_000);
    expect(kindsOf(await shop.account.write([shop.listing('B', 2)]))).toEqual({ B: 'applied' });
    expect(shop.tools.tokens.renewals).toBe(2);
  });

  it('uses nine tenths of its calls and is refused none', async () => {
    await started();
    const begun = shop.time.now();
    for (let round = 0; round < 20; round += 1)
      await shop.account.write(Array.from({ length: 20 }, () => shop.listing(['A/1', 'B', 'C'][round % 3] ?? 'B', round)));
    expect(shop.walmart.log.throttled).toBe(0);
    const minutes = (shop.time.now() - begun) / 60_000;
    expect(shop.walmart.log.of('putInventory').length / minutes).toBeGreaterThanOrEqual(180);
  });
});
