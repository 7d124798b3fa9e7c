import { figure, kinds, pendingOf } from '../../../test/shops/amazon-account.js';
import { zalandoAccount, type ZalandoAccountRig } from '../../../test/shops/zalando-account.js';

let rig: ZalandoAccountRig;
const start = async (...given: Parameters<typeof zalandoAccount>): Promise<ZalandoAccountRig> => (rig = await zalandoAccount(...given));
afterEach(async () => {
  await rig.zalando.close();
  expect(rig.zalando.log.violations).toEqual([]);
});

const shop = (count: number): readonly string[] =>
  rig.zalando.addListings(Array.from({ length: count }, (_, index) => ({ sku: `S${String(index)}` })));
/** With its digit of check. */
const ean13 = (twelve: number): string => {
  const sum = [...String(twelve)].reduce((all, digit, index) => all + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${String(twelve)}${String((10 - (sum % 10)) % 10)}`;
};
const calls = (): number => rig.zalando.log.of('stocks').length;

describe('a write', () => {
  it.each(['results', 'items'] as const)('sets the figure at every sales channel, the answer listed under %s', async (answersUnder) => {
    await start({}, { answersUnder });
    const eans = shop(3);
    const result = await rig.account.write(eans.map((ean, index) => figure(ean, index + 4)));
    expect([result.account, new Set(Object.values(kinds(result)))]).toEqual([{ kind: 'ok' }, new Set(['applied'])]);
    expect(eans.map((ean) => rig.quantities(ean))).toEqual([
      [4, 4],
      [5, 5],
      [6, 6],
    ]);
    expect(calls()).toBe(1);
  });

  it('tells what became of each listing', async () => {
    await start();
    const [good = '', bad = '', failed = ''] = shop(3);
    const [held = ''] = rig.zalando.addHeldListings([{ sku: 'H', barcode: '4006381333931' }]);
    rig.zalando.faults.next({ kind: 'reject_listings', listingIds: [bad], permanent: true }, 1, 'stocks');
    const result = await rig.account.write([figure(good, 1), figure(bad, 2), figure(held, 3), figure('4006381333932', 4)]);
    expect(Object.fromEntries(result.outcomes)).toMatchObject({
      [good]: { kind: 'applied' },
      [bad]: { kind: 'rejected_permanent', code: '101' },
      [held]: { kind: 'accepted', exclusive: false },
      '4006381333932': { kind: 'rejected_permanent', code: 'invalid_ean' },
    });
    rig.zalando.faults.next({ kind: 'reject_listings', listingIds: [failed], permanent: false }, 1, 'stocks');
    expect(kinds(await rig.account.write([figure(failed, 1)]))).toEqual({ [failed]: 'rejected_retryable' });
    rig.zalando.onboard(held);
    expect(rig.quantities(held)).toEqual([3, 3]);
  });

  it('of an article that is not onboarded is not confirmed by time alone, but once Zalando says that it holds the figure no more', async () => {
    await start();
    const [held = ''] = rig.zalando.addHeldListings([{ sku: 'H', barcode: '4006381333931' }]);
    const listings = [figure(held, 3)];
    const pending = pendingOf(await rig.account.write(listings), listings);
    const outcome = async () => (await rig.account.confirm?.(pending))?.outcomes.get(held);
    const sixHours = 6 * 3_600_000;
    for (let day = 0; day < 3; day += 1) {
      rig.time.forward(24 * 3_600_000);
      expect(await outcome()).toEqual({ kind: 'accepted', reference: 'held', checkAfterMs: sixHours, exclusive: false });
    }
    rig.zalando.faults.next({ kind: 'drop' }, 1, 'stocks');
    const unanswered = await rig.account.confirm?.(pending);
    expect([unanswered?.account.kind, unanswered?.outcomes.get(held)?.kind]).toEqual(['failed', 'accepted']);
    rig.zalando.onboard(held);
    expect(await outcome()).toEqual({ kind: 'applied' });
  });

  it('of such articles is asked again in parts, and only where nothing forbids to send it', async () => {
    await start();
    const count = 150;
    const held = rig.zalando.addHeldListings(
      Array.from({ length: count }, (_, index) => ({ sku: `H${String(index)}`, barcode: ean13(400638133000 + index) })),
    );
    const listings = held.map((ean) => figure(ean, 3));
    const pending = pendingOf(await rig.account.write(listings), listings).map((one, index) => ({ ...one, mayBeSent: index > 0 }));
    const before = rig.zalando.log.of('stocks').length;
    const result = await rig.account.confirm?.(pending);
    expect([result?.account.kind, result?.outcomes.size, rig.zalando.log.of('stocks').length - before]).toEqual(['ok', count, 1]);
    const after = [...(result?.outcomes.values() ?? [])].map((one) => ('checkAfterMs' in one ? one.checkAfterMs : undefined));
    const soon = after.filter((ms) => ms !== undefined && ms < 60_000);
    expect(soon.length).toBe(count - 1 - rig.account.batch({ due: count, urgent: 0 }));
    const forbidden = pending.filter(({ mayBeSent }) => !mayBeSent);
    const calledBefore = calls();
    expect(kinds((await rig.account.confirm?.(forbidden)) ?? { account: { kind: 'ok' }, outcomes: new Map() })).toEqual({
      [forbidden[0]?.listingId ?? '']: 'accepted',
    });
    expect(calls()).toBe(calledBefore);
  });

  it('that is asked again is narrowed, too, and each time something of it is decided', async () => {
    const channel = '01924c48-49bb-40c2-9c32-ab582e6db6f4';
    await start({ salesChannelIds: [channel, channel] });
    const eans = shop(8);
    const pending = eans.map((listingId) => ({ listingId, quantity: 1, parts: [], reference: 'held', memo: null, mayBeSent: true }));
    const result = await rig.account.confirm?.(pending);
    expect([result?.account.kind, result?.outcomes.size]).toEqual(['ok', eans.length]);
    expect(result?.outcomes.get(eans[0] ?? '')?.kind).toBe('rejected_permanent');
    expect(calls()).toBe(4);
  });

  it('is narrowed where the batch as a whole is refused, down to the listing', async () => {
    // The same update twice in a batch refuses the batch.
    const channel = '01924c48-49bb-40c2-9c32-ab582e6db6f4';
    await start({ salesChannelIds: [channel, channel] });
    const [one = '', two = ''] = shop(2);
    expect((await rig.account.write([figure(one, 1), figure(two, 1)])).account.kind).toBe('narrow');
    expect(kinds(await rig.account.write([figure(one, 1)]))).toEqual({ [one]: 'rejected_permanent' });
  });
});

describe('the limits', () => {
  it('are used and never passed by a storm of changes, and a zero among them waits seconds', async () => {
    await start();
    const eans = shop(4_000);
    const began = rig.time.now();
    let zeroWaited = 0;
    for (let from = 0; from < eans.length;) {
      const most = rig.account.batch({ due: eans.length - from, urgent: 0 });
      await rig.account.write(eans.slice(from, from + most).map((ean) => figure(ean, 1)));
      from += most;
      if (from % 500 !== 0) continue;
      const before = rig.time.now();
      await rig.account.write([figure(eans[0] ?? '', 0, { urgent: true })]);
      zeroWaited = Math.max(zeroWaited, rig.time.now() - before);
    }
    const minutes = (rig.time.now() - began) / 60_000;
    expect(rig.zalando.log.throttled).toBe(0);
    // 8,000 updates, 2,000 a minute.
    expect(4 / minutes).toBeGreaterThan(0.9);
    expect(zeroWaited).toBeLessThan(5_000);
  });

  it('leave room for a call at once after a quiet time', async () => {
    await start();
    const eans = shop(50);
    const before = rig.time.now();
    await rig.account.write(eans.map((ean) => figure(ean, 1)));
    expect(rig.time.now()).toBe(before);
    expect(rig.account.batch({ due: 5_000, urgent: 0 })).toBe(50);
  });
});
