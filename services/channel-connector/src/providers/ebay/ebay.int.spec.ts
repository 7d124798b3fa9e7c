import { check } from '@holdfast/platform';
import { startEbaySimulator, type EbayOptions, type EbaySimulator } from '@holdfast/sandbox';
import { testTime, testTools } from '../../../test/provider-tools.js';
import type { ProviderAccount } from '../provider.js';
import type { ListingWrite, WriteResult } from '../write.js';
import { EbayCredentials } from './credentials.js';
import { ebayProvider } from './provider.js';
import { EbaySettings } from './settings.js';

const HOUR_MS = 3_600_000;

let ebay: EbaySimulator;
let account: ProviderAccount;
let time: ReturnType<typeof testTime>;
let tools: ReturnType<typeof testTools<EbaySettings, EbayCredentials>>;

let channels = 0;
const started = async (options: EbayOptions = {}, more: Partial<EbaySettings> = {}, places: readonly string[] = []): Promise<void> => {
  channels += 1;
  time = testTime();
  const clock = { now: () => time.now(), after: (ms: number, action: () => void) => void time.wait(ms).then(action) };
  ebay = await startEbaySimulator({ clock, ...options });
  ebay.addListings(['A', 'B', 'C'].map((sku) => ({ sku, quantity: 5, barcode: '4006381333931', title: `Pen ${sku}` })));
  const settings = Object.assign(new EbaySettings(), ebay.account.settings, more);
  const credentials = Object.assign(new EbayCredentials(), ebay.account.credentials);
  const set = {
    tenant: 'demo',
    channelId: `ebay-${String(channels)}`,
    settings,
    credentials,
    locations: places.map((remoteId) => ({ locationId: remoteId, remoteId })),
  };
  tools = testTools(ebayProvider, set, time);
  account = ebayProvider.open(set, tools.tools);
};
afterEach(() => ebay.close());

let version = 0;
const listing = (listingId: string, quantity: number, more: Partial<ListingWrite> = {}): ListingWrite => {
  version += 1;
  return { listingId, sku: listingId, quantity, parts: [], version, urgent: quantity === 0, known: null, memo: null, ...more };
};
const shown = (): Readonly<Record<string, number>> => Object.fromEntries(ebay.listings().map(({ sku, quantity }) => [sku, quantity]));
const kinds = ({ outcomes }: WriteResult): Readonly<Record<string, string>> =>
  Object.fromEntries([...outcomes].map(([listingId, { kind }]) => [listingId, kind]));
const bulkCalls = (): number => ebay.log.of('bulkUpdatePriceQuantity').length;

describe('settings of an eBay channel', () => {
  it('are those that the sandbox gives out', async () => {
    await started();
    expect(check(EbaySettings, ebay.account.settings)).toHaveProperty('value');
    expect(check(EbayCredentials, ebay.account.credentials)).toHaveProperty('value');
    expect(ebayProvider.faults?.(Object.assign(new EbaySettings(), { dayZone: 'Mars/Base' }), new EbayCredentials())).toHaveLength(1);
  });
});

describe('writing figures to eBay', () => {
  it('sets item and offers of several SKUs in one call, and knows the offers next time', async () => {
    await started();
    const first = await account.write([listing('A', 12), listing('B', 0)]);
    expect(kinds(first)).toEqual({ A: 'applied', B: 'applied' });
    expect(shown()).toEqual({ A: 12, B: 0, C: 5 });
    const lookups = ebay.log.of('getOffers').length;
    await account.write([listing('A', 40, { memo: first.memos?.get('A') ?? null })]);
    expect(shown()).toMatchObject({ A: 40 });
    expect(ebay.log.of('getOffers')).toHaveLength(lookups);
    expect(ebay.log.violations).toEqual([]);
  });

  it('reads each result by itself', async () => {
    await started();
    ebay.faults.next({ kind: 'reject_listings', listingIds: ['A'], permanent: true }, 1, 'bulkUpdatePriceQuantity');
    expect(kinds(await account.write([listing('A', 7), listing('B', 7), listing('X', 7)]))).toEqual({
      A: 'rejected_permanent',
      B: 'applied',
      X: 'rejected_permanent',
    });
    ebay.faults.next({ kind: 'reject_listings', listingIds: ['A'], permanent: false }, 1, 'bulkUpdatePriceQuantity');
    expect(kinds(await account.write([listing('A', 7)]))).toEqual({ A: 'rejected_retryable' });
    expect(shown()).toEqual({ A: 5, B: 7, C: 5 });
  });

  it('goes on with one SKU in a call where eBay takes no more', async () => {
    await started({ skusPerCall: 1 });
    expect(kinds(await account.write([listing('A', 1), listing('B', 2), listing('C', 3)]))).toEqual({
      A: 'applied',
      B: 'applied',
      C: 'applied',
    });
    expect(shown()).toEqual({ A: 1, B: 2, C: 3 });
    const calls = bulkCalls();
    await account.write([listing('A', 4), listing('B', 5)]);
    expect(bulkCalls()).toBe(calls + 2);
  });

  it('finds the one entry for which eBay refuses a call as a whole, and stays with wide calls', async () => {
    await started();
    ebay.faults.next({ kind: 'server_error', status: 400 }, 1, 'bulkUpdatePriceQuantity');
    ebay.faults.next({ kind: 'server_error', status: 400 }, 1, 'bulkUpdatePriceQuantity');
    const { outcomes } = await account.write([listing('A', 6), listing('B', 6), listing('C', 6)]);
    expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(['rejected_retryable', 'applied', 'applied']);
    expect(shown()).toMatchObject({ A: 5, B: 6, C: 6 });
    expect(account.batch({ due: 100, urgent: 0 })).toBe(25);
  });

  it('says unknown where the answer was lost after the effect, and reads back what shows', async () => {
    await started();
    ebay.faults.next({ kind: 'lose_answer' }, 1, 'bulkUpdatePriceQuantity');
    expect(kinds(await account.write([listing('A', 7)]))).toEqual({ A: 'unknown' });
    const read = await account.read?.(['A', 'X']);
    expect(read?.figures).toEqual(
      new Map([
        ['X', null],
        ['A', { quantity: 7, parts: [] }],
      ]),
    );
  });

  it('renews a token that ends in the middle of a batch', async () => {
    await started();
    ebay.faults.next({ kind: 'expire_tokens' }, 1, 'bulkUpdatePriceQuantity');
    expect(kinds(await account.write([listing('A', 7)]))).toEqual({ A: 'applied' });
    expect(tools.tokens.renewals).toBe(2);
  });

  it('says that the credentials are refused once they are taken back', async () => {
    await started();
    await account.write([listing('A', 7)]);
    ebay.faults.credentialsRevoked = true;
    const { account: verdict, outcomes } = await account.write([listing('A', 8)]);
    expect(verdict.kind).toBe('unauthorized');
    expect(outcomes.size).toBe(0);
  });

  it('sends nothing more after too many calls, and waits as told', async () => {
    await started();
    ebay.faults.next({ kind: 'throttle', retryAfterMs: 30_000 }, 1, 'bulkUpdatePriceQuantity');
    const { account: verdict, outcomes } = await account.write([listing('A', 7)]);
    expect(verdict).toMatchObject({ kind: 'slow_down', retryAfterMs: 30_000 });
    expect(outcomes.size).toBe(0);
    const before = time.now();
    expect(kinds(await account.write([listing('A', 7)]))).toEqual({ A: 'applied' });
    expect(time.now() - before).toBeGreaterThanOrEqual(30_000);
  });

  it('takes a fault of eBay as not sent', async () => {
    await started();
    ebay.faults.next({ kind: 'server_error', status: 503 }, 1, 'bulkUpdatePriceQuantity');
    const { account: verdict, outcomes } = await account.write([listing('A', 7)]);
    expect(verdict.kind).toBe('failed');
    expect(outcomes.size).toBe(0);
  });

  it("keeps part of a listing's revisions for zeros, says so, and goes on the next day", async () => {
    await started({}, { revisionsPerDay: 10 });
    let memo = null as ListingWrite['memo'];
    for (let quantity = 1; quantity <= 9; quantity += 1) {
      const { memos } = await account.write([listing('A', quantity, { memo })]);
      memo = memos?.get('A') ?? null;
    }
    const held = await account.write([listing('A', 20, { memo })]);
    expect(held.outcomes.get('A')).toMatchObject({ kind: 'rejected_retryable', code: 'daily_revisions', retryAfterMs: 20 * HOUR_MS });
    expect(shown()).toMatchObject({ A: 9 });
    const zero = await account.write([listing('A', 0, { memo })]);
    expect(kinds(zero)).toEqual({ A: 'applied' });
    time.set(time.now() + 20 * HOUR_MS);
    expect(kinds(await account.write([listing('A', 20, { memo: zero.memos?.get('A') ?? null })]))).toEqual({ A: 'applied' });
  });

  it('learns from a refusal that others revised the listing too', async () => {
    await started();
    const first = await account.write([listing('A', 7)]);
    for (let revision = 0; revision < 250; revision += 1) ebay.edit('A', revision);
    const refused = await account.write([listing('A', 8, { memo: first.memos?.get('A') ?? null })]);
    expect(refused.outcomes.get('A')).toMatchObject({ kind: 'rejected_retryable', code: 'daily_revisions' });
    const calls = bulkCalls();
    await account.write([listing('A', 9, { memo: refused.memos?.get('A') ?? null })]);
    expect(bulkCalls()).toBe(calls);
  });

  it('stops the sale of a listing that has no revision left for its zero', async () => {
    await started();
    for (let revision = 0; revision < 250; revision += 1) ebay.edit('A', 3);
    expect(kinds(await account.write([listing('A', 0)]))).toEqual({ A: 'applied' });
    expect(shown()).toMatchObject({ A: 0 });
  });
});

describe('a zero that eBay refuses', () => {
  it('ends no listing for another reason, or where that is not wanted', async () => {
    await started();
    ebay.faults.next({ kind: 'reject_listings', listingIds: ['A'], permanent: true }, 1, 'bulkUpdatePriceQuantity');
    expect(kinds(await account.write([listing('A', 0)]))).toEqual({ A: 'rejected_permanent' });
    expect(shown()).toMatchObject({ A: 5 });
    await ebay.close();
    await started({ atZero: 'refuses' }, { withdrawAtZero: false });
    expect(kinds(await account.write([listing('A', 0)]))).toEqual({ A: 'rejected_permanent' });
    expect(shown()).toMatchObject({ A: 5 });
  });
});

describe('a listing at eBay that is not live', () => {
  it('is published again after zero where out-of-stock control is off', async () => {
    await started({ atZero: 'ends' }, { outOfStockControl: false });
    const zero = await account.write([listing('A', 0)]);
    expect(kinds(zero)).toEqual({ A: 'applied' });
    const back = await account.write([listing('A', 6, { memo: zero.memos?.get('A') ?? null })]);
    expect(kinds(back)).toEqual({ A: 'applied' });
    expect(shown()).toMatchObject({ A: 6 });
    expect(ebay.log.violations).toEqual([]);
  });

  it('stays ended where a person ended it', async () => {
    await started({ atZero: 'ends' }, { outOfStockControl: false });
    ebay.end('A');
    const { outcomes } = await account.write([listing('A', 6)]);
    expect(outcomes.get('A')).toMatchObject({ kind: 'rejected_permanent', code: 'not_published' });
    expect(shown()).toMatchObject({ A: 0 });
  });

  it('has the quantity of its offer set without being published', async () => {
    await started();
    ebay.unpublish('A');
    const { outcomes } = await account.write([listing('A', 6)]);
    expect(outcomes.get('A')).toMatchObject({ kind: 'rejected_permanent', code: 'not_published' });
    expect(ebay.shop.offersOf('A')[0]).toMatchObject({ status: 'UNPUBLISHED', availableQuantity: 6 });
    expect(ebay.log.violations).toEqual([]);
  });

  it('is withdrawn where eBay takes no zero, and published again with the next units', async () => {
    await started({ atZero: 'refuses' });
    const zero = await account.write([listing('A', 0)]);
    expect(kinds(zero)).toEqual({ A: 'applied' });
    expect(shown()).toMatchObject({ A: 0 });
    expect(kinds(await account.write([listing('A', 6, { memo: zero.memos?.get('A') ?? null })]))).toEqual({ A: 'applied' });
    expect(shown()).toMatchObject({ A: 6 });
  });
});

describe('reading from eBay', () => {
  it('shows the lesser of item and offer, and nothing where no offer is live', async () => {
    await started();
    const [offer] = ebay.shop.offersOf('A');
    if (offer !== undefined) offer.availableQuantity = 2;
    ebay.unpublish('B');
    const read = await account.read?.(['A', 'B']);
    expect(read?.figures.get('A')).toEqual({ quantity: 2, parts: [] });
    expect(read?.figures.get('B')).toEqual({ quantity: 0, parts: [] });
  });

  it('is of the one place that the channel maps', async () => {
    await started({}, {}, ['EBAY']);
    expect((await account.read?.(['A']))?.figures.get('A')).toEqual({ quantity: 5, parts: [{ remoteId: 'EBAY', quantity: 5 }] });
    await ebay.close();
    await started({}, {}, ['ONE', 'TWO']);
    expect((await account.check()).find(({ name }) => name === 'locations')?.ok).toBe(false);
  });

  it('lists all items page by page, with what keeps one from being sold', async () => {
    await started();
    ebay.addListings(Array.from({ length: 60 }, (_, index) => ({ sku: `M${String(index)}`, quantity: 1 })));
    ebay.unpublish('B');
    const first = await account.list?.(null);
    expect(first).toMatchObject({ account: { kind: 'ok' }, next: '1', total: 63 });
    expect(first?.listings.find(({ sku }) => sku === 'A')).toEqual({
      listingId: 'A',
      sku: 'A',
      barcode: '4006381333931',
      title: 'Pen A',
      figure: { quantity: 5, parts: [] },
      says: null,
    });
    expect(first?.listings.find(({ sku }) => sku === 'B')?.says).toBe('its offer is not published');
    const second = await account.list?.('1');
    expect(second?.listings).toHaveLength(13);
    expect(second?.next).toBeNull();
  });

  it('checks token and scopes in words', async () => {
    await started();
    expect((await account.check()).map(({ name, ok }) => [name, ok])).toEqual([
      ['reachable', true],
      ['token', true],
      ['scopes', true],
      ['locations', true],
    ]);
    ebay.faults.credentialsRevoked = true;
    expect(await account.check()).toMatchObject([
      { name: 'reachable' },
      { name: 'token' },
      { name: 'scopes', ok: false },
      { name: 'locations' },
    ]);
  });
});
