import { EbayShop, type EbayShopOptions, kindsOf } from '../../../../test/shops/ebay-shop.js';
import type { ListingWrite } from '../../write.js';

let shop: EbayShop;
const started = async (options: EbayShopOptions = {}): Promise<void> => {
  shop = await EbayShop.open(options);
  shop.ebay.addListings(['A', 'B', 'C'].map((sku) => ({ sku, quantity: 5, barcode: '4006381333931', title: `Pen ${sku}` })));
};
afterEach(() => shop.ebay.close());

describe('revisions of a listing at eBay', () => {
  it("keeps part of a listing's revisions for zeros, says so, and goes on the next day", async () => {
    await started({ settings: { revisionsPerDay: 10 } });
    let memo = null as ListingWrite['memo'];
    for (let quantity = 1; quantity <= 9; quantity += 1) {
      const { memos } = await shop.account.write([shop.listing('A', quantity, { memo })]);
      memo = memos?.get('A') ?? null;
    }
    const held = await shop.account.write([shop.listing('A', 20, { memo })]);
    expect(held.outcomes.get('A')).toMatchObject({ kind: 'rejected_retryable', code: 'daily_revisions', retryAfterMs: 20 * 3_600_000 });
    expect(shop.shown()).toMatchObject({ A: 9 });
    const zero = await shop.account.write([shop.listing('A', 0, { memo })]);
    expect(kindsOf(zero)).toEqual({ A: 'applied' });
    shop.time.set(shop.time.now() + 20 * 3_600_000);
    expect(kindsOf(await shop.account.write([shop.listing('A', 20, { memo: zero.memos?.get('A') ?? null })]))).toEqual({ A: 'applied' });
  });

  it('learns from a refusal that others revised the listing too', async () => {
    await started();
    const first = await shop.account.write([shop.listing('A', 7)]);
    for (let revision = 0; revision < 250; revision += 1) shop.ebay.edit('A', revision);
    const refused = await shop.account.write([shop.listing('A', 8, { memo: first.memos?.get('A') ?? null })]);
    expect(refused.outcomes.get('A')).toMatchObject({ kind: 'rejected_retryable', code: 'daily_revisions' });
    const calls = shop.bulkCalls();
    await shop.account.write([shop.listing('A', 9, { memo: refused.memos?.get('A') ?? null })]);
    expect(shop.bulkCalls()).toBe(calls);
  });

  it('stops the sale of a listing that has no revision left for its zero', async () => {
    await started();
    for (let revision = 0; revision < 250; revision += 1) shop.ebay.edit('A', 3);
    expect(kindsOf(await shop.account.write([shop.listing('A', 0)]))).toEqual({ A: 'applied' });
    expect(shop.shown()).toMatchObject({ A: 0 });
  });
});

describe('a zero that eBay refuses', () => {
  it('ends no listing for another reason, or where that is not wanted', async () => {
    await started();
    shop.ebay.faults.next({ kind: 'reject_listings', listingIds: ['A'], permanent: true }, 1, 'bulkUpdatePriceQuantity');
    expect(kindsOf(await shop.account.write([shop.listing('A', 0)]))).toEqual({ A: 'rejected_permanent' });
    expect(shop.shown()).toMatchObject({ A: 5 });
    await shop.ebay.close();
    await started({ vendor: { atZero: 'refuses' }, settings: { withdrawAtZero: false } });
    expect(kindsOf(await shop.account.write([shop.listing('A', 0)]))).toEqual({ A: 'rejected_permanent' });
    expect(shop.shown()).toMatchObject({ A: 5 });
  });
});

describe('a listing at eBay that is not live', () => {
  it('is published again after zero where out-of-stock control is off', async () => {
    await started({ vendor: { atZero: 'ends' }, settings: { outOfStockControl: false } });
    const zero = await shop.account.write([shop.listing('A', 0)]);
    expect(kindsOf(zero)).toEqual({ A: 'applied' });
    const back = await shop.account.write([shop.listing('A', 6, { memo: zero.memos?.get('A') ?? null })]);
    expect(kindsOf(back)).toEqual({ A: 'applied' });
    expect(shop.shown()).toMatchObject({ A: 6 });
    expect(shop.ebay.log.violations).toEqual([]);
  });

  it('stays ended where a person ended it', async () => {
    await started({ vendor: { atZero: 'ends' }, settings: { outOfStockControl: false } });
    shop.ebay.end('A');
    const { outcomes } = await shop.account.write([shop.listing('A', 6)]);
    expect(outcomes.get('A')).toMatchObject({ kind: 'rejected_permanent', code: 'not_published' });
    expect(shop.shown()).toMatchObject({ A: 0 });
  });

  it('has the quantity of its offer set without being published', async () => {
    await started();
    shop.ebay.unpublish('A');
    const { outcomes } = await shop.account.write([shop.listing('A', 6)]);
    expect(outcomes.get('A')).toMatchObject({ kind: 'rejected_permanent', code: 'not_published' });
    expect(shop.ebay.shop.offersOf('A')[0]).toMatchObject({ status: 'UNPUBLISHED', availableQuantity: 6 });
    expect(shop.ebay.log.violations).toEqual([]);
  });

  it('is withdrawn where eBay takes no zero, and published again with the next units', async () => {
    await started({ vendor: { atZero: 'refuses' } });
    const zero = await shop.account.write([shop.listing('A', 0)]);
    expect(kindsOf(zero)).toEqual({ A: 'applied' });
    expect(shop.shown()).toMatchObject({ A: 0 });
    expect(kindsOf(await shop.account.write([shop.listing('A', 6, { memo: zero.memos?.get('A') ?? null })]))).toEqual({ A: 'applied' });
    expect(shop.shown()).toMatchObject({ A: 6 });
  });
});
