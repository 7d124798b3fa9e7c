import { amazonAccount, figure, kinds, pendingOf, type AmazonAccountRig } from '../../../../test/shops/amazon-account.js';

let rig: AmazonAccountRig;
const start = async (...given: Parameters<typeof amazonAccount>): Promise<AmazonAccountRig> => (rig = await amazonAccount(...given));
afterEach(async () => {
  await rig.amazon.close();
  expect(rig.amazon.log.violations).toEqual([]);
});

const calls = (operation: string): number => rig.amazon.log.of(operation).length;

describe('a change of a single listing', () => {
  it('is accepted, not yet shown, and then applied with its handling time kept', async () => {
    await start();
    rig.amazon.addListings([{ sku: 'A/1 blue', quantity: 3 }]);
    const listings = [figure('A/1 blue', 7, { known: { quantity: 3, parts: [] } })];
    const result = await rig.account.write(listings);
    expect([result.account, kinds(result)]).toEqual([{ kind: 'ok' }, { 'A/1 blue': 'accepted' }]);
    const early = await rig.account.confirm?.(pendingOf(result, listings));
    expect(early?.outcomes.get('A/1 blue')).toMatchObject({ kind: 'accepted', exclusive: false });
    rig.time.forward(1_000);
    expect(kinds((await rig.account.confirm?.(pendingOf(result, listings))) ?? result)).toEqual({ 'A/1 blue': 'applied' });
    expect(rig.amazon.availability('A/1 blue')).toMatchObject([{ quantity: 7, lead_time_to_ship_max_days: 2 }]);
  });

  it('needs one call once the product type is remembered', async () => {
    await start();
    rig.amazon.addListings([{ sku: 'A' }]);
    const { memos } = await rig.account.write([figure('A', 7)]);
    expect(memos?.get('A')).toMatchObject({ productType: 'SHIRT' });
    const before = rig.amazon.log.total;
    await rig.account.write([figure('A', 8, { memo: memos?.get('A') ?? null })]);
    expect(rig.amazon.log.total - before).toBe(1);
    expect([calls('patchListingsItem'), calls('getListingsItem')]).toEqual([2, 1]);
  });

  it('names the product type of the settings without reading', async () => {
    await start({ productType: 'PRODUCT' }, { takesCatchAll: true });
    rig.amazon.addListings([{ sku: 'A' }]);
    expect(kinds(await rig.account.write([figure('A', 7)]))).toEqual({ A: 'accepted' });
    expect(calls('getListingsItem') + calls('searchListingsItems')).toBe(0);
  });

  it('is rejected for good where Amazon answers INVALID, knows no such SKU, or keeps the stock itself', async () => {
    await start();
    rig.amazon.addListings([{ sku: 'A' }, { sku: 'B' }]);
    rig.amazon.addFbaListings([{ sku: 'F', quantity: 4 }]);
    rig.amazon.faults.next({ kind: 'reject_listings', listingIds: ['A'], permanent: true }, 2, 'patchListingsItem');
    const result = await rig.account.write([figure('A', 1), figure('B', 2), figure('F', 3), figure('none', 4)]);
    expect(Object.fromEntries(result.outcomes)).toMatchObject({
      A: { kind: 'rejected_permanent', code: '8541' },
      B: { kind: 'accepted' },
      F: { kind: 'rejected_permanent', code: 'kept_by_amazon', says: expect.stringContaining('AMAZON_EU') },
      none: { kind: 'rejected_permanent', code: 'not_found' },
    });
    expect([result.memos?.get('A'), calls('patchListingsItem'), rig.quantity('F')]).toEqual([{}, 2, 4]);
  });

  it.each(['.', '..'])('is refused for good where the SKU would change the path of the call: %s', async (sku) => {
    await start();
    rig.amazon.addListings([{ sku, quantity: 3 }]);
    const result = await rig.account.write([figure(sku, 7)]);
    expect(result.account).toEqual({ kind: 'ok' });
    expect(result.outcomes.get(sku)).toMatchObject({ kind: 'rejected_permanent', code: 'sku_not_callable' });
    expect([calls('patchListingsItem'), calls('getListingsItem'), rig.quantity(sku)]).toEqual([0, 0, 3]);
    expect((await rig.account.read?.([sku]))?.figures.get(sku)?.quantity).toBe(3);
  });

  it('counts as not applied when it does not show within its time', async () => {
    await start({ acceptedSeconds: 60 });
    rig.amazon.addListings([{ sku: 'A', quantity: 3 }]);
    rig.amazon.faults.next({ kind: 'never_apply' }, 1, 'patchListingsItem');
    const listings = [figure('A', 7, { known: { quantity: 3, parts: [] } })];
    const pending = pendingOf(await rig.account.write(listings), listings);
    rig.time.forward(59_000);
    expect((await rig.account.confirm?.(pending))?.outcomes.get('A')).toMatchObject({ kind: 'accepted', checkAfterMs: 59_000 });
    rig.time.forward(1_000);
    expect((await rig.account.confirm?.(pending))?.outcomes.get('A')).toMatchObject({ kind: 'rejected_retryable', code: 'not_applied' });
  });

  it('is a conflict where a third figure shows', async () => {
    await start();
    rig.amazon.addListings([{ sku: 'A', quantity: 3 }]);
    const listings = [figure('A', 7, { known: { quantity: 3, parts: [] } })];
    const pending = pendingOf(await rig.account.write(listings), listings);
    rig.time.forward(1_000);
    rig.amazon.edit('A', 5);
    expect((await rig.account.confirm?.(pending))?.outcomes.get('A')).toEqual({ kind: 'conflict', observed: { quantity: 5, parts: [] } });
  });
});

describe('what goes wrong with a call', () => {
  it('slows down where Amazon says so, and leaves the rest unsent', async () => {
    await start();
    const skus = rig.amazon.addListings(Array.from({ length: 10 }, (_, index) => ({ sku: `S${String(index)}` })));
    rig.amazon.faults.next({ kind: 'throttle' }, 1, 'patchListingsItem');
    const result = await rig.account.write(skus.map((sku) => figure(sku, 1)));
    expect(result.account.kind).toBe('slow_down');
    expect(result.outcomes.size).toBeLessThan(10);
    expect(new Set(Object.values(kinds(result)))).toEqual(new Set(['accepted']));
    const again = await rig.account.write(skus.map((sku) => figure(sku, 1)));
    expect([again.account.kind, again.outcomes.size]).toEqual(['ok', 10]);
  });

  it('takes 503 as not done and 500 as unknown', async () => {
    await start();
    rig.amazon.addListings([{ sku: 'A' }, { sku: 'B' }]);
    rig.amazon.faults.next({ kind: 'server_error', status: 503 }, 1, 'patchListingsItem');
    expect(kinds(await rig.account.write([figure('A', 1)]))).toEqual({ A: 'rejected_retryable' });
    rig.amazon.faults.next({ kind: 'server_error', status: 500 }, 1, 'patchListingsItem');
    expect(kinds(await rig.account.write([figure('B', 1)]))).toEqual({ B: 'unknown' });
  });
});

it('a storm of changes uses the rate and is never refused', async () => {
  await start({ productType: 'PRODUCT' }, { takesCatchAll: true });
  const skus = rig.amazon.addListings(Array.from({ length: 300 }, (_, index) => ({ sku: `S${String(index)}` })));
  const began = rig.time.now();
  for (let from = 0; from < skus.length; from += rig.account.batch({ due: 300 - from, urgent: 0 }))
    await rig.account.write(skus.slice(from, from + 10).map((sku) => figure(sku, 1)));
  const possible = 5 + ((rig.time.now() - began) / 1_000) * 5;
  expect(rig.amazon.log.throttled).toBe(0);
  expect(calls('patchListingsItem') / possible).toBeGreaterThan(0.9);
});
