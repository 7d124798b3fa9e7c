import { check } from '@holdfast/platform';
import { kindsOf, WalmartShop, type WalmartShopOptions } from '../../../test/walmart-shop.js';
import { WalmartCredentials } from './credentials.js';
import { WalmartSettings } from './settings.js';

const FIRST = '10000001';
const SECOND = '10000002';

let shop: WalmartShop;
const started = async (options: WalmartShopOptions = {}): Promise<void> => {
  shop = await WalmartShop.open(options);
  shop.walmart.addListings(['A/1', 'B', 'C'].map((sku) => ({ sku, quantity: 5, barcode: '4006381333931', title: `Pen ${sku}` })));
};
afterEach(() => shop.walmart.close());

describe('settings of a Walmart channel', () => {
  it('are those that the sandbox gives out', async () => {
    await started();
    expect(check(WalmartSettings, shop.walmart.account.settings)).toHaveProperty('value');
    expect(check(WalmartCredentials, shop.walmart.account.credentials)).toHaveProperty('value');
  });
});

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

const part = (remoteId: string, quantity: number) => ({ remoteId, quantity });
