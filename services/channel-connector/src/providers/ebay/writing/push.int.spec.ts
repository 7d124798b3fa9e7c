import { EbayShop, type EbayShopOptions, kindsOf } from '../../../../test/shops/ebay-shop.js';

let shop: EbayShop;
const started = async (options: EbayShopOptions = {}): Promise<void> => {
  shop = await EbayShop.open(options);
  shop.ebay.addListings(['A', 'B', 'C'].map((sku) => ({ sku, quantity: 5, barcode: '4006381333931', title: `Pen ${sku}` })));
};
afterEach(() => shop.ebay.close());

describe('writing figures to eBay', () => {
  it('sets item and offers of several SKUs in one call, and knows the offers next time', async () => {
    await started();
    const first = await shop.account.write([shop.listing('A', 12), shop.listing('B', 0)]);
    expect(kindsOf(first)).toEqual({ A: 'applied', B: 'applied' });
    expect(shop.shown()).toEqual({ A: 12, B: 0, C: 5 });
    const lookups = shop.ebay.log.of('getOffers').length;
    await shop.account.write([shop.listing('A', 40, { memo: first.memos?.get('A') ?? null })]);
    expect(shop.shown()).toMatchObject({ A: 40 });
    expect(shop.ebay.log.of('getOffers')).toHaveLength(lookups);
    expect(shop.ebay.log.violations).toEqual([]);
  });

  it('reads each result by itself', async () => {
    await started();
    shop.ebay.faults.next({ kind: 'reject_listings', listingIds: ['A'], permanent: true }, 1, 'bulkUpdatePriceQuantity');
    expect(kindsOf(await shop.account.write([shop.listing('A', 7), shop.listing('B', 7), shop.listing('X', 7)]))).toEqual({
      A: 'rejected_permanent',
      B: 'applied',
      X: 'rejected_permanent',
    });
    shop.ebay.faults.next({ kind: 'reject_listings', listingIds: ['A'], permanent: false }, 1, 'bulkUpdatePriceQuantity');
    expect(kindsOf(await shop.account.write([shop.listing('A', 7)]))).toEqual({ A: 'rejected_retryable' });
    expect(shop.shown()).toEqual({ A: 5, B: 7, C: 5 });
  });

  it('goes on with one SKU in a call where eBay takes no more', async () => {
    await started({ vendor: { skusPerCall: 1 } });
    expect(kindsOf(await shop.account.write([shop.listing('A', 1), shop.listing('B', 2), shop.listing('C', 3)]))).toEqual({
      A: 'applied',
      B: 'applied',
      C: 'applied',
    });
    expect(shop.shown()).toEqual({ A: 1, B: 2, C: 3 });
    const calls = shop.bulkCalls();
    await shop.account.write([shop.listing('A', 4), shop.listing('B', 5)]);
    expect(shop.bulkCalls()).toBe(calls + 2);
  });

  it('finds the one entry for which eBay refuses a call as a whole, and stays with wide calls', async () => {
    await started();
    shop.ebay.faults.next({ kind: 'server_error', status: 400 }, 1, 'bulkUpdatePriceQuantity');
    shop.ebay.faults.next({ kind: 'server_error', status: 400 }, 1, 'bulkUpdatePriceQuantity');
    const { outcomes } = await shop.account.write([shop.listing('A', 6), shop.listing('B', 6), shop.listing('C', 6)]);
    expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(['rejected_retryable', 'applied', 'applied']);
    expect(shop.shown()).toMatchObject({ A: 5, B: 6, C: 6 });
    expect(shop.account.batch({ due: 100, urgent: 0 })).toBe(100);
  });
});
