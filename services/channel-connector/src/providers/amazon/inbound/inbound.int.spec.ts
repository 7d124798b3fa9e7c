import { amazonAccount, figure, type AmazonAccountRig } from '../../../../test/shops/amazon-account.js';
import type { PollResult } from '../../inbound.js';

let rig: AmazonAccountRig;
const start = async (...given: Parameters<typeof amazonAccount>): Promise<AmazonAccountRig> => (rig = await amazonAccount(...given));
afterEach(async () => {
  await rig.amazon.close();
  expect(rig.amazon.log.violations).toEqual([]);
});

let cursor: string | null;
async function polled(): Promise<PollResult> {
  const result = await rig.account.poll?.(cursor);
  if (result === undefined) throw new Error('there is no poll');
  cursor = result.cursor;
  return result;
}
beforeEach(() => {
  cursor = null;
});

describe('notifications', () => {
  it('tell of orders, cancellations and figures, and are deleted after their effect', async () => {
    await start();
    rig.amazon.addListings([{ sku: 'A', quantity: 5 }]);
    expect(await polled()).toMatchObject({ account: { kind: 'ok' }, events: [], more: false });
    const orderId = rig.amazon.sell([{ listingId: 'A', quantity: 2 }]);
    const at = rig.time.now();
    const { events, done } = await polled();
    expect(events).toEqual([
      { kind: 'figure', listingId: 'A', at, figure: { quantity: 3, parts: [] }, partial: false },
      { kind: 'order', orderId, at, lines: [{ lineId: expect.any(String), listingId: 'A', quantity: 2, remoteId: null }] },
    ]);
    expect(rig.amazon.queued()).toEqual({ visible: 0, inFlight: 2 });
    await done?.();
    expect(rig.amazon.queued()).toEqual({ visible: 0, inFlight: 0 });
    rig.amazon.cancel(orderId);
    const cancelled = (await polled()).events.filter(({ kind }) => kind === 'cancel');
    expect(cancelled).toEqual([{ kind: 'cancel', orderId, cancelId: `${orderId}:all`, at, lines: null }]);
  });

  it('come again where their effect was not stored', async () => {
    await start();
    rig.amazon.addListings([{ sku: 'A' }]);
    rig.amazon.edit('A', 4);
    const first = await polled();
    rig.time.forward(60_000);
    expect((await polled()).events).toEqual(first.events);
  });

  it('tell of own writes and of the end of a feed, and not of orders that Amazon sends', async () => {
    await start({ feedFrom: 11 });
    const skus = rig.amazon.addListings(Array.from({ length: 12 }, (_, index) => ({ sku: `S${String(index)}` })));
    rig.amazon.addFbaListings([{ sku: 'F', quantity: 3 }]);
    const result = await rig.account.write(skus.map((sku) => figure(sku, 4)));
    rig.amazon.sell([{ listingId: 'F', quantity: 1 }]);
    rig.time.forward(3_000);
    const { events } = await polled();
    const outcome = result.outcomes.get('S0');
    expect(events.filter(({ kind }) => kind === 'settled')).toEqual([
      { kind: 'settled', reference: outcome?.kind === 'accepted' ? outcome.reference : '' },
    ]);
    expect(events.filter(({ kind }) => kind === 'figure')).toHaveLength(12);
    expect(events.some(({ kind }) => kind === 'order')).toBe(false);
  });

  it('are read in rounds until the queue is empty', async () => {
    await start();
    rig.amazon.addListings([{ sku: 'A' }]);
    for (let quantity = 1; quantity <= 60; quantity += 1) rig.amazon.edit('A', quantity);
    const first = await polled();
    expect([first.events.length, first.more]).toEqual([50, true]);
    await first.done?.();
    const second = await polled();
    expect([second.events.length, second.more]).toEqual([10, false]);
  });

  it('fail without stopping the account where the queue refuses the keys', async () => {
    await start();
    rig.amazon.faults.credentialsRevoked = true;
    expect((await polled()).account).toMatchObject({ kind: 'failed', says: expect.stringContaining('InvalidClientTokenId') });
  });

  it('that were lost are found by a search of orders a quarter of an hour later', async () => {
    await start();
    rig.amazon.addListings([{ sku: 'A', quantity: 5 }]);
    await polled();
    rig.amazon.sendHooksTo({ url: '', fate: () => 'lose' });
    const orderId = rig.amazon.sell([{ listingId: 'A', quantity: 2 }]);
    expect((await polled()).events).toEqual([]);
    rig.time.forward(900_000);
    expect((await polled()).events).toMatchObject([{ kind: 'order', orderId }]);
    expect(rig.amazon.log.of('searchOrders')).toHaveLength(1);
  });
});

describe('without a queue', () => {
  it('orders are searched for every three minutes, each found once it is complete', async () => {
    await start({ notifications: undefined } as never);
    rig.amazon.addListings([{ sku: 'A', quantity: 50 }]);
    const found: string[] = [];
    const sold: string[] = [];
    for (let minute = 0; minute < 20; minute += 1) {
      sold.push(rig.amazon.sell([{ listingId: 'A', quantity: 1 }]));
      rig.time.forward(60_000);
      const { events } = await polled();
      found.push(...events.flatMap((event) => (event.kind === 'order' ? [event.orderId] : [])));
    }
    rig.time.forward(600_000);
    found.push(...(await polled()).events.flatMap((event) => (event.kind === 'order' ? [event.orderId] : [])));
    expect(new Set(found)).toEqual(new Set(sold.slice(1)));
    expect([rig.amazon.log.throttled, rig.amazon.log.of('searchOrders').length]).toEqual([0, 5]);
  });

  it('edits are found by polling where the settings say so, page by page, from where the last poll stopped', async () => {
    await start({ notifications: undefined, pollFigures: true } as never);
    const skus = rig.amazon.addListings(Array.from({ length: 50 }, (_, index) => ({ sku: `S${String(index)}`, quantity: 5 })));
    const figures = async (): Promise<ReadonlyMap<string, number>> => {
      const found = new Map<string, number>();
      let result: PollResult;
      do {
        result = await polled();
        for (const event of result.events) if (event.kind === 'figure') found.set(event.listingId, event.figure.quantity);
      } while (result.more);
      return found;
    };
    const minute = (): void => rig.time.forward(60_000);
    await figures();
    // Two minutes on the search reaches back to after the listings were made.
    for (let minutes = 0; minutes < 3; minutes += 1, minute()) await figures();
    expect((await figures()).size).toBe(0);
    minute();
    rig.amazon.edit('S7', 3);
    const calls = rig.amazon.log.of('searchListingsItems').length;
    expect(await figures()).toEqual(new Map([['S7', 3]]));
    expect(rig.amazon.log.of('searchListingsItems').length).toBe(calls + 1);
    minute();
    for (const [index, sku] of skus.entries()) rig.amazon.edit(sku, index);
    expect(await figures()).toEqual(new Map(skus.map((sku, index) => [sku, index])));
    minute();
    rig.amazon.faults.next({ kind: 'server_error', status: 503 }, 1, 'searchListingsItems');
    rig.amazon.edit('S8', 1);
    expect((await figures()).size).toBe(0);
    minute();
    expect((await figures()).get('S8')).toBe(1);
    expect(rig.amazon.log.throttled).toBe(0);
  });
});
