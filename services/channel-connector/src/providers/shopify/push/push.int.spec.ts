import { ShopifyShop } from '../../../../test/shops/shopify-shop.js';

let shop: ShopifyShop;
let first: string;
let second: string;

const started = async (...options: Parameters<typeof ShopifyShop.start>): Promise<void> => {
  shop = await ShopifyShop.start(...options);
  [first = '', second = ''] = shop.shop.addListings([
    { sku: 'A', quantity: 5 },
    { sku: 'B', quantity: 5 },
  ]);
};
beforeEach(() => started());
afterEach(async () => {
  expect(shop.shop.log.violations).toEqual([]);
  await shop.close();
});

describe('a write', () => {
  it('sets what is known in one call, without reading', async () => {
    expect(await shop.outcomes(shop.wanted(first, 7, 5), shop.wanted(second, 0, 5))).toEqual(['applied', 'applied']);
    expect(shop.shown()).toEqual([7, 0]);
    expect([shop.calls('inventorySetQuantities'), shop.calls('nodes')]).toEqual([1, 0]);
  });

  it('reads first what is not known, and sets over what it read', async () => {
    expect(await shop.outcomes(shop.wanted(first, 7, null))).toEqual(['applied']);
    expect(shop.shown()).toEqual([7, 5]);
    expect(shop.calls('nodes')).toBe(1);
  });

  it('does not set what the shop shows already', async () => {
    expect(await shop.outcomes(shop.wanted(first, 5, null))).toEqual(['applied']);
    expect(shop.calls('inventorySetQuantities')).toBe(0);
  });

  it('does not write over a foreign edit: it says what it saw, and the others go through', async () => {
    shop.shop.edit(first, 3, shop.place('BER'));
    const { account, outcomes } = await shop.open.write([shop.wanted(first, 7, 5), shop.wanted(second, 8, 5)]);
    expect(account).toEqual({ kind: 'ok' });
    expect(outcomes.get(first)).toEqual({ kind: 'conflict', observed: shop.at(3) });
    expect(outcomes.get(second)).toEqual({ kind: 'applied' });
    expect(shop.shown()).toEqual([3, 8]);
  });

  it('is content where somebody else set the very figure', async () => {
    shop.shop.edit(first, 7, shop.place('BER'));
    expect(await shop.outcomes(shop.wanted(first, 7, 5))).toEqual(['applied']);
  });

  it('fills up a place that was oversold', async () => {
    shop.shop.sell([{ listingId: first, quantity: 8, remoteId: shop.place('BER') }]);
    expect(await shop.outcomes(shop.wanted(first, 2, 0))).toEqual(['applied']);
    expect(shop.shown()).toEqual([2, 5]);
  });

  it.each(['refuse', 'ignore'] as const)(
    'stocks an item once where it is not stocked, even if the shop would %s the write',
    async (unstocked) => {
      await shop.close();
      await started({ unstocked });
      const [third = ''] = shop.shop.addListings([{ sku: 'C', stockedAt: ['HAM'] }]);
      expect(await shop.outcomes(shop.wanted(third, 4, 0), shop.wanted(first, 6, 5))).toEqual(['applied', 'applied']);
      expect(await shop.outcomes(shop.wanted(third, 3, 4))).toEqual(['applied']);
      expect(shop.shown()).toEqual([6, 5, 3]);
      expect(shop.calls('inventoryActivate')).toBe(1);
    },
  );

  it('leaves an empty place unstocked', async () => {
    const [third = ''] = shop.shop.addListings([{ sku: 'C', stockedAt: ['HAM'] }]);
    expect(await shop.outcomes(shop.wanted(third, 0, null))).toEqual(['applied']);
    expect(shop.calls('inventoryActivate')).toBe(0);
  });

  it('sets each mapped place', async () => {
    await shop.close();
    await started({}, (account) => ({
      ...account,
      locations: ['BER', 'HAM'].map((id, index) => ({ locationId: id, remoteId: `gid://shopify/Location/${String(601 + index)}` })),
    }));
    const parts = [
      { remoteId: shop.place('BER'), quantity: 1 },
      { remoteId: shop.place('HAM'), quantity: 2 },
    ];
    expect(await shop.outcomes(shop.wanted(first, 3, null, { parts }))).toEqual(['applied']);
    expect(shop.shop.listings().map(({ quantity }) => quantity)).toEqual([1, 2, 5, 5]);
  });

  it('gives a lasting refusal to untracked, bundled, unknown and misnamed listings, and to no others', async () => {
    const [untracked = '', bundle = ''] = shop.shop.addListings([
      { sku: 'C', tracked: false },
      { sku: 'D', mutable: false },
    ]);
    const listings = [untracked, bundle, 'gid://shopify/InventoryItem/1', 'B'].map((id) => shop.wanted(id, 1, null));
    const { outcomes } = await shop.open.write([...listings, shop.wanted(first, 7, 5)]);
    const codes = listings.map(({ listingId }) => {
      const outcome = outcomes.get(listingId);
      return outcome?.kind === 'rejected_permanent' ? outcome.code : outcome?.kind;
    });
    expect(codes).toEqual(['untracked', 'NON_MUTABLE_INVENTORY_ITEM', 'unknown_item', 'malformed_listing']);
    expect(outcomes.get(first)).toEqual({ kind: 'applied' });
  });

  it('is refused without places', async () =>
    expect((await shop.open.write([shop.wanted(first, 7, 5, { parts: [] })])).outcomes.get(first)).toMatchObject({ code: 'no_location' }));

  it('tells apart what fails for good and what fails for now', async () => {
    shop.shop.faults.next({ kind: 'reject_listings', listingIds: [first], permanent: false }, 1, 'inventorySetQuantities');
    expect(await shop.outcomes(shop.wanted(first, 7, 5), shop.wanted(second, 8, 5))).toEqual(['rejected_retryable', 'applied']);
    expect(shop.shown()).toEqual([5, 8]);
  });
});

describe('a write of many', () => {
  it('finds the faults of many listings where the shop names one a call', async () => {
    await shop.close();
    await started({ faultsNamed: 'first', limits: 'none' });
    shop.shop.sendHooksTo({ url: shop.hooks.url, fate: () => 'lose' });
    const ids = shop.shop.addListings(Array.from({ length: 248 }, (_, index) => ({ sku: `S${String(index)}`, mutable: index % 8 !== 0 })));
    const outcomes = await shop.outcomes(...ids.map((id) => shop.wanted(id, 3, 0)));
    expect(outcomes.filter((kind) => kind === 'rejected_permanent')).toHaveLength(31);
    expect(outcomes.filter((kind) => kind === 'applied')).toHaveLength(217);
  });

  it('sends what is urgent before it reads for the others', async () => {
    await shop.open.write([shop.wanted(second, 8, null), shop.wanted(first, 0, 5, { urgent: true })]);
    expect(shop.shop.log.calls.map(({ operation }) => operation)).toEqual([
      'token',
      'inventorySetQuantities',
      'nodes',
      'inventorySetQuantities',
    ]);
    expect(shop.shown()).toEqual([0, 8]);
  });

  it('notices that the shop took a write and forgot it', async () => {
    shop.shop.faults.next({ kind: 'never_apply' }, 1, 'inventorySetQuantities');
    expect(await shop.outcomes(shop.wanted(first, 7, 5))).toEqual(['applied']);
    expect(shop.shown()).toEqual([7, 5]);
  });
});

describe('a write whose answer is lost', () => {
  it('is unknown, and known again under its key', async () => {
    const listing = shop.wanted(first, 7, 5);
    shop.shop.faults.next({ kind: 'lose_answer' }, 1, 'inventorySetQuantities');
    const { account, outcomes } = await shop.open.write([listing]);
    expect([account.kind, outcomes.get(first)?.kind]).toEqual(['failed', 'unknown']);
    expect(shop.shown()).toEqual([7, 5]);
    expect(await shop.outcomes(listing)).toEqual(['applied']);
    expect(shop.calls('nodes')).toBe(0);
  });

  it('is unknown after an answer of the 5xx range too', async () => {
    shop.shop.faults.next({ kind: 'server_error', status: 502 }, 1, 'inventorySetQuantities');
    const { account, outcomes } = await shop.open.write([shop.wanted(first, 7, 5)]);
    expect([account.kind, outcomes.get(first)?.kind]).toEqual(['failed', 'unknown']);
  });

  it('says that nothing was sent where nobody listens', async () => {
    await shop.shop.close();
    const { account, outcomes } = await shop.open.write([shop.wanted(first, 7, 5)]);
    expect([account.kind, outcomes.size]).toEqual(['failed', 0]);
  });
});

describe('a key of idempotency', () => {
  it('that was used up by a failure is replaced, and the new round is remembered', async () => {
    const listing = shop.wanted(first, 7, 5);
    shop.shop.edit(first, 9, shop.place('BER'));
    shop.shop.faults.next({ kind: 'server_error', status: 500 }, 1, 'nodes');
    await shop.open.write([listing]);
    shop.shop.edit(first, 5, shop.place('BER'));
    const { outcomes, memos } = await shop.open.write([listing]);
    expect(outcomes.get(first)).toEqual({ kind: 'applied' });
    expect(memos?.get(first)).toEqual({ round: 1 });
    expect(shop.shown()).toEqual([7, 5]);
  });

  it('of a call that still runs is tried again as it is', async () => {
    const listing = shop.wanted(first, 7, 5);
    shop.shop.faults.next({ kind: 'drop' }, 1, 'inventorySetQuantities');
    await shop.open.write([listing]);
    const sent = JSON.parse(String(shop.tools.http.calls.at(-1)?.body)) as { readonly variables: { readonly key: string } };
    shop.shop.holdKey(sent.variables.key, 1);
    expect(await shop.outcomes(listing)).toEqual(['rejected_retryable']);
    expect(await shop.outcomes(listing)).toEqual(['applied']);
  });
});

describe('tokens and limits', () => {
  it('stores the refresh token that replaces the first one, and uses it', async () => {
    await shop.close();
    await started({ authentication: 'refresh_token' });
    await shop.outcomes(shop.wanted(first, 7, 5));
    expect(shop.tools.tokens.refreshToken).toBe('shprt_sandbox_1');
    shop.time.set(shop.time.now() + 2 * 3_600_000);
    expect(await shop.outcomes(shop.wanted(first, 8, 7))).toEqual(['applied']);
    expect(shop.tools.tokens.refreshToken).toBe('shprt_sandbox_2');
  });

  it('waits until the call has its points again where the shop throttles and names no time', async () => {
    shop.shop.faults.next({ kind: 'throttle' }, 1, 'inventorySetQuantities');
    const { account, outcomes } = await shop.open.write([shop.wanted(first, 7, 5)]);
    expect([account, outcomes.size]).toEqual([expect.objectContaining({ kind: 'slow_down', retryAfterMs: 100 }), 0]);
    expect(await shop.outcomes(shop.wanted(first, 7, 5))).toEqual(['applied']);
  });

  it('stays within the limit of the plan over 1,000 listings, and uses it', async () => {
    shop.shop.sendHooksTo({ url: shop.hooks.url, fate: () => 'lose' });
    const listings = shop.shop.addListings(Array.from({ length: 1_000 }, (_, index) => ({ sku: `S${String(index)}` })));
    const before = shop.time.now();
    for (let at = 0; at < listings.length; at += 250) {
      const result = await shop.open.write(listings.slice(at, at + 250).map((id) => shop.wanted(id, 3, null)));
      expect(result.account).toEqual({ kind: 'ok' });
    }
    expect(shop.shop.log.throttled).toBe(0);
    // 1,000 items read at 3 points each, and 4 calls that set them; the bucket was full at first and keeps its last tenth.
    const points = 1_000 * 3 + 4 * 10;
    expect((shop.time.now() - before) / 1_000).toBeLessThan(((points - 1_800) / 100) * 1.1);
  });
});
