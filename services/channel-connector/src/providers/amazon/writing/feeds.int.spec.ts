import { amazonAccount, figure, kinds, pendingOf, type AmazonAccountRig } from '../../../../test/shops/amazon-account.js';
import type { ListingWrite, WriteResult } from '../../write.js';

let rig: AmazonAccountRig;
beforeEach(async () => {
  rig = await amazonAccount({ feedFrom: 20 });
});
afterEach(async () => {
  await rig.amazon.close();
  expect(rig.amazon.log.violations).toEqual([]);
});

const shop = (count: number): readonly string[] =>
  rig.amazon.addListings(Array.from({ length: count }, (_, index) => ({ sku: `S${String(index)}`, quantity: 1 })));
const confirmed = async (result: WriteResult, listings: readonly ListingWrite[]): Promise<WriteResult> => {
  const answer = await rig.account.confirm?.(pendingOf(result, listings));
  if (answer === undefined) throw new Error('there is no confirm');
  return answer;
};
const calls = (operation: string): number => rig.amazon.log.of(operation).length;
const all = (kind: string) => new Set([kind]);

describe('a feed', () => {
  it('is made where much waits, and its listings are confirmed by one report', async () => {
    expect([rig.account.batch({ due: 19, urgent: 0 }), rig.account.batch({ due: 30, urgent: 0 })]).toEqual([10, 30]);
    expect([rig.account.batch({ due: 40_000, urgent: 0 }), rig.account.batch({ due: 0, urgent: 0 })]).toEqual([25_000, 100]);
    const listings = shop(30).map((sku) => figure(sku, 9));
    const result = await rig.account.write(listings);
    expect([...result.outcomes.values()][0]).toMatchObject({ kind: 'accepted', exclusive: true });
    expect([result.outcomes.size, calls('createFeed'), calls('patchListingsItem')]).toEqual([30, 1, 0]);
    expect(new Set(Object.values(kinds(await confirmed(result, listings))))).toEqual(all('accepted'));
    await confirmed(result, listings.slice(20));
    expect(calls('getFeed')).toBe(1);
    rig.time.forward(5_000);
    expect(new Set(Object.values(kinds(await confirmed(result, listings.slice(0, 10)))))).toEqual(all('applied'));
    expect(new Set(Object.values(kinds(await confirmed(result, listings.slice(10)))))).toEqual(all('applied'));
    expect([calls('getFeedDocument'), rig.quantity('S29')]).toEqual([1, 9]);
  });

  it('tells of each listing whose message was faulty', async () => {
    const listings = shop(25).map((sku) => figure(sku, 9));
    rig.amazon.faults.next({ kind: 'reject_listings', listingIds: ['S3'], permanent: true }, 1, 'createFeed');
    const result = await rig.account.write(listings);
    rig.time.forward(3_000);
    const { outcomes } = await confirmed(result, listings);
    expect([outcomes.get('S3'), outcomes.get('S4')]).toMatchObject([{ kind: 'rejected_permanent', code: '8541' }, { kind: 'applied' }]);
    rig.amazon.faults.next({ kind: 'reject_listings', listingIds: ['S5'], permanent: false }, 1, 'createFeed');
    const next = await rig.account.write(listings);
    rig.time.forward(3_000);
    expect((await confirmed(next, listings)).outcomes.get('S5')).toMatchObject({ kind: 'rejected_retryable' });
  });

  it('that ends as FATAL leaves its listings unknown: some of them may be applied', async () => {
    const listings = shop(25).map((sku) => figure(sku, 9));
    rig.amazon.endNextFeedFatal(2);
    const result = await rig.account.write(listings);
    rig.time.forward(3_000);
    expect(new Set(Object.values(kinds(await confirmed(result, listings))))).toEqual(all('unknown'));
    const { figures } = (await rig.account.read?.(['S1', 'S2'])) ?? { figures: new Map() };
    expect([figures.get('S1'), figures.get('S2')]).toMatchObject([{ quantity: 9 }, { quantity: 1 }]);
  });

  it('is preceded by urgent changes, which it does not hold', async () => {
    const listings = shop(25).map((sku, index) => figure(sku, index < 3 ? 0 : 9, { urgent: index < 3 }));
    const result = await rig.account.write(listings);
    expect(calls('patchListingsItem')).toBe(3);
    expect(result.outcomes.get('S0')).toMatchObject({ kind: 'accepted', exclusive: false });
    expect(result.outcomes.get('S3')).toMatchObject({ kind: 'accepted', exclusive: true });
    rig.time.forward(3_000);
    expect([rig.quantity('S0'), rig.quantity('S3')]).toEqual([0, 9]);
  });

  it('whose creation was not answered is made again and followed', async () => {
    const listings = shop(25).map((sku) => figure(sku, 9));
    rig.amazon.faults.next({ kind: 'lose_answer' }, 1, 'createFeed');
    const result = await rig.account.write(listings);
    expect([result.account.kind, calls('createFeed')]).toEqual(['ok', 2]);
    rig.time.forward(3_000);
    expect(new Set(Object.values(kinds(await confirmed(result, listings))))).toEqual(all('applied'));
  });

  it('that cannot be told of at all leaves its listings unknown', async () => {
    const listings = shop(25).map((sku) => figure(sku, 9));
    rig.amazon.faults.next({ kind: 'lose_answer' }, 2, 'createFeed');
    const result = await rig.account.write(listings);
    expect([result.account.kind, new Set(Object.values(kinds(result)))]).toEqual(['failed', all('unknown')]);
  });

  it('waits for its turn after five of them, while single changes go on', async () => {
    const listings = shop(25).map((sku) => figure(sku, 9));
    for (let count = 0; count < 5; count += 1) {
      const result = await rig.account.write(listings);
      rig.time.forward(3_000);
      await confirmed(result, listings);
    }
    const result = await rig.account.write(listings);
    const deferred = [...result.outcomes.values()].filter(({ kind }) => kind === 'deferred').length;
    expect([result.account.kind, result.outcomes.size, deferred, calls('createFeed')]).toEqual(['ok', 25, 15, 5]);
    expect(rig.account.batch({ due: 25, urgent: 0 })).toBe(10);
    rig.time.forward(60_000);
    expect(rig.account.batch({ due: 25, urgent: 0 })).toBe(25);
    expect(rig.amazon.log.throttled).toBe(0);
  });
});
