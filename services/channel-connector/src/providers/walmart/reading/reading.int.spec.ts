import { check } from '@holdfast/platform';
import { WalmartShop, type WalmartShopOptions } from '../../../../test/shops/walmart-shop.js';
import { readAtOnce } from '../../../reconcile/reconciling.js';
import { WalmartCredentials } from '../credentials.js';
import { WalmartSettings } from '../settings.js';

const FIRST = '10000001';
const SECOND = '10000002';

let shop: WalmartShop;
const started = async (options: WalmartShopOptions = {}): Promise<void> => {
  shop = await WalmartShop.open(options);
  shop.walmart.addListings(['A/1', 'B', 'C'].map((sku) => ({ sku, quantity: 5, barcode: '4006381333931', title: `Pen ${sku}` })));
};
afterEach(() => shop.walmart.close());
const part = (remoteId: string, quantity: number) => ({ remoteId, quantity });

describe('settings of a Walmart channel', () => {
  it('are those that the sandbox gives out', async () => {
    await started();
    expect(check(WalmartSettings, shop.walmart.account.settings)).toHaveProperty('value');
    expect(check(WalmartCredentials, shop.walmart.account.credentials)).toHaveProperty('value');
  });
});

describe('reading from Walmart', () => {
  it('takes what can be sold, or what was set, over the mapped ship nodes', async () => {
    await started({ vendor: { reserved: 'stays' }, mapped: [FIRST] });
    shop.walmart.sell([{ listingId: 'B', quantity: 2 }]);
    expect((await shop.account.read?.(['B']))?.figures.get('B')).toEqual({ quantity: 3, parts: [part(FIRST, 3)] });
    await shop.walmart.close();
    await started({ vendor: { reserved: 'stays' }, mapped: [FIRST], settings: { compare: 'input' } });
    shop.walmart.sell([{ listingId: 'B', quantity: 2 }]);
    expect((await shop.account.read?.(['B']))?.figures.get('B')).toEqual({ quantity: 5, parts: [part(FIRST, 5)] });
  });

  it('reads many listings page by page, and says which there are not', async () => {
    await started();
    const skus = Array.from({ length: 120 }, (_, index) => `M${String(index)}`);
    shop.walmart.addListings(skus.map((sku) => ({ sku, quantity: 1 })));
    const read = await shop.account.read?.([...skus, 'X']);
    expect(read?.figures.size).toBe(121);
    expect(read?.figures.get('X')).toBeNull();
    expect(read?.figures.get('M119')).toEqual({ quantity: 2, parts: [part(FIRST, 1), part(SECOND, 1)] });
    expect(shop.walmart.log.of('getInventories')).toHaveLength(0);
  });

  it('is asked for so many listings at once that a reconcile reads pages, not SKU by SKU', async () => {
    await started();
    shop.walmart.addListings(Array.from({ length: 120 }, (_, index) => ({ sku: `M${String(index)}`, quantity: 1 })));
    const wanted = shop.walmart.listings().map(({ listingId }) => listingId);
    const read = await shop.account.read?.([...new Set(wanted)].slice(0, readAtOnce(shop)));
    expect(read?.figures.size).toBe(123);
    expect(shop.walmart.log.of('getInventories')).toHaveLength(0);
  });

  it('lists items with barcode and title, and the stock list where items may not be read', async () => {
    await started();
    shop.walmart.addListings(Array.from({ length: 60 }, (_, index) => ({ sku: `M${String(index)}`, quantity: 1 })));
    const first = await shop.account.list?.(null);
    expect(first).toMatchObject({ total: 63, next: 'items 50' });
    expect(first?.listings[0]).toEqual({
      listingId: 'A/1',
      sku: 'A/1',
      barcode: '4006381333931',
      title: 'Pen A/1',
      figure: null,
      says: null,
    });
    expect(await shop.account.list?.('items 50')).toMatchObject({ next: null, listings: { length: 13 } });
    shop.walmart.faults.next({ kind: 'server_error', status: 404 }, 1, 'getItems');
    const other = await shop.account.list?.(null);
    expect(other?.listings[0]).toMatchObject({ sku: 'A/1', barcode: null, figure: { quantity: 10 } });
    expect(other?.next).toMatch(/^inventories /);
    expect(await shop.account.list?.(other?.next ?? null)).toMatchObject({ next: null, listings: { length: 13 } });
  });

  it('reads stock that Walmart keeps', async () => {
    await started();
    shop.walmart.stock.kept.set('W', 12);
    expect(await shop.account.keptStock?.(null)).toEqual({
      account: { kind: 'ok' },
      figures: [{ listingId: 'W', sku: 'W', onHand: 12 }],
      next: null,
    });
  });

  it('checks token, scopes and ship nodes in words', async () => {
    await started();
    expect((await shop.account.check()).map(({ name, ok }) => [name, ok])).toEqual([
      ['reachable', true],
      ['token', true],
      ['scopes', true],
      ['locations', true],
    ]);
    shop.walmart.keys.scopes = { inventory: 'view_only', orders: 'view_only' };
    const scopes = (await shop.account.check()).find(({ name }) => name === 'scopes');
    expect(scopes).toEqual({ name: 'scopes', ok: false, says: expect.stringContaining('inventory, feeds, returns') as string });
    shop.walmart.faults.credentialsRevoked = true;
    expect(await shop.account.check()).toMatchObject([
      { name: 'reachable', ok: true },
      { name: 'token', ok: false },
    ]);
  });
});
