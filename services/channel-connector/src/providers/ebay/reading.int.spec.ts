import { check } from '@holdfast/platform';
import { EbayShop, type EbayShopOptions } from '../../../test/shops/ebay-shop.js';
import { EbayCredentials } from './credentials.js';
import { ebayProvider } from './provider.js';
import { EbaySettings } from './settings.js';

let shop: EbayShop;
const started = async (options: EbayShopOptions = {}): Promise<void> => {
  shop = await EbayShop.open(options);
  shop.ebay.addListings(['A', 'B', 'C'].map((sku) => ({ sku, quantity: 5, barcode: '4006381333931', title: `Pen ${sku}` })));
};
afterEach(() => shop.ebay.close());

describe('settings of an eBay channel', () => {
  it('are those that the sandbox gives out', async () => {
    await started();
    expect(check(EbaySettings, shop.ebay.account.settings)).toHaveProperty('value');
    expect(check(EbayCredentials, shop.ebay.account.credentials)).toHaveProperty('value');
    expect(ebayProvider.faults?.(Object.assign(new EbaySettings(), { dayZone: 'Mars/Base' }), new EbayCredentials())).toHaveLength(1);
  });
});

describe('reading from eBay', () => {
  it('shows the lesser of item and offer, and nothing where no offer is live', async () => {
    await started();
    const [offer] = shop.ebay.shop.offersOf('A');
    if (offer !== undefined) offer.availableQuantity = 2;
    shop.ebay.unpublish('B');
    const read = await shop.account.read?.(['A', 'B']);
    expect(read?.figures.get('A')).toEqual({ quantity: 2, parts: [] });
    expect(read?.figures.get('B')).toEqual({ quantity: 0, parts: [] });
  });

  it('is of the one place that the channel maps', async () => {
    await started({ places: ['EBAY'] });
    expect((await shop.account.read?.(['A']))?.figures.get('A')).toEqual({ quantity: 5, parts: [{ remoteId: 'EBAY', quantity: 5 }] });
    await shop.ebay.close();
    await started({ places: ['ONE', 'TWO'] });
    expect((await shop.account.check()).find(({ name }) => name === 'locations')?.ok).toBe(false);
  });

  it('lists all items page by page, with what keeps one from being sold', async () => {
    await started();
    shop.ebay.addListings(Array.from({ length: 60 }, (_, index) => ({ sku: `M${String(index)}`, quantity: 1 })));
    shop.ebay.unpublish('B');
    const first = await shop.account.list?.(null);
    expect(first).toMatchObject({ account: { kind: 'ok' }, next: '1', total: 63 });
    expect(first?.listings.find(({ sku }) => sku === 'A')).toEqual({
      listingId: 'A',
      sku: 'A',
      barcode: '4006381333931',
      title: 'Pen A',
      figure: { quantity: 5, parts: [] },
      says: null,
      memo: { offerIds: [expect.any(String) as unknown] },
    });
    expect(first?.listings.find(({ sku }) => sku === 'B')).toMatchObject({ says: 'its offer is not published', memo: { offerIds: [] } });
    const second = await shop.account.list?.('1');
    expect(second?.listings).toHaveLength(13);
    expect(second?.next).toBeNull();
  });

  it('checks token and scopes in words', async () => {
    await started();
    expect((await shop.account.check()).map(({ name, ok }) => [name, ok])).toEqual([
      ['reachable', true],
      ['token', true],
      ['scopes', true],
      ['locations', true],
    ]);
    shop.ebay.faults.credentialsRevoked = true;
    expect(await shop.account.check()).toMatchObject([
      { name: 'reachable' },
      { name: 'token' },
      { name: 'scopes', ok: false },
      { name: 'locations' },
    ]);
  });
});
