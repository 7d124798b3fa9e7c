import { amazonAccount, type AmazonAccountRig } from '../../../../test/shops/amazon-account.js';
import type { FoundListing, ListingPage } from '../../read.js';

let rig: AmazonAccountRig;
const start = async (...given: Parameters<typeof amazonAccount>): Promise<AmazonAccountRig> => (rig = await amazonAccount(...given));
afterEach(async () => {
  await rig.amazon.close();
  expect(rig.amazon.log.violations).toEqual([]);
});

async function listed(): Promise<readonly FoundListing[]> {
  const found: FoundListing[] = [];
  let cursor: string | null = null;
  do {
    const page: ListingPage | undefined = await rig.account.list?.(cursor);
    if (page?.account.kind !== 'ok') throw new Error(JSON.stringify(page?.account));
    found.push(...page.listings);
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

describe('reading', () => {
  it('finds figures by SKU, twenty with a call, a SKU with a comma alone', async () => {
    await start();
    const skus = rig.amazon.addListings([
      ...Array.from({ length: 40 }, (_, index) => ({ sku: `S${String(index)}`, quantity: index })),
      { sku: 'A,B', quantity: 7 },
    ]);
    rig.amazon.addFbaListings([{ sku: 'F', quantity: 3 }]);
    const { figures, account } = (await rig.account.read?.([...skus.filter((sku) => sku !== 'S0'), 'none'])) ?? {};
    expect(account).toEqual({ kind: 'ok' });
    expect([figures?.get('S39'), figures?.get('A,B'), figures?.get('none'), figures?.size]).toEqual([
      { quantity: 39, parts: [] },
      { quantity: 7, parts: [] },
      null,
      41,
    ]);
    expect([rig.amazon.log.of('searchListingsItems').length, rig.amazon.log.of('getListingsItem').length]).toEqual([2, 1]);
    expect((await rig.account.read?.(['F', 'S1']))?.figures.has('F')).toBe(false);
  });

  it('pages through all listings, beyond what one search shows', async () => {
    await start({}, { searchDepth: 40 });
    const skus = rig.amazon.addListings(
      Array.from({ length: 90 }, (_, index) => ({ sku: `S${String(index)}`, barcode: `40063813339${String(index + 10)}`, title: 'Pen' })),
    );
    rig.amazon.addFbaListings([{ sku: 'F' }]);
    const found = await listed();
    expect(new Set(found.map(({ listingId }) => listingId))).toEqual(new Set([...skus, 'F']));
    expect(found[0]).toEqual({
      listingId: 'S0',
      sku: 'S0',
      barcode: '4006381333910',
      title: 'Pen',
      figure: { quantity: 0, parts: [] },
      says: null,
    });
    expect(found.find(({ sku }) => sku === 'F')).toMatchObject({ figure: null, says: expect.stringContaining('AMAZON_EU') });
  });

  it('reads the stock that Amazon keeps page by page', async () => {
    await start();
    rig.amazon.addFbaListings(Array.from({ length: 60 }, (_, index) => ({ sku: `F${String(index)}`, quantity: index })));
    const first = await rig.account.keptStock?.(null);
    const second = await rig.account.keptStock?.(first?.next ?? null);
    expect([first?.figures.length, second?.figures.length, second?.next]).toEqual([50, 10, null]);
    expect(first?.figures[1]).toEqual({ listingId: 'F1', sku: 'F1', onHand: 1 });
    rig.time.forward(31_000);
    expect(await rig.account.keptStock?.(first?.next ?? null)).toMatchObject({ account: { kind: 'failed' }, next: null });
  });
});

describe('the check of an account', () => {
  it('says that all is well', async () => {
    await start();
    expect(await rig.account.check()).toMatchObject([
      { name: 'reachable', ok: true },
      { name: 'token', ok: true },
      { name: 'scopes', ok: true, says: 'listings can be read; notifications can be read' },
      { name: 'locations', ok: true },
    ]);
  });

  it('says what is wrong with the credentials, the seller and the queue', async () => {
    await start({
      sellerId: 'OTHER',
      notifications: { queueUrl: 'http://127.0.0.1:9/1/none', region: 'eu-west-1', endpoint: 'http://127.0.0.1:9' },
    });
    expect(await rig.account.check()).toMatchObject([
      { name: 'reachable', ok: true },
      { name: 'token', ok: true },
      { name: 'scopes', ok: false, says: expect.stringMatching(/seller id.*the queue of notifications/) },
      { name: 'locations', ok: true },
    ]);
    rig.amazon.faults.credentialsRevoked = true;
    rig.time.forward(3_600_000);
    expect(await rig.account.check()).toMatchObject([
      { ok: true },
      { name: 'token', ok: false, says: expect.stringContaining('invalid_grant') },
      { ok: false },
      { ok: true },
    ]);
  });

  it('says that Amazon cannot be reached', async () => {
    await start({ tokenUrl: 'http://127.0.0.1:9/auth/o2/token' });
    expect(await rig.account.check()).toMatchObject([{ name: 'reachable', ok: false }, { name: 'token', ok: false }, {}, {}]);
  });
});
