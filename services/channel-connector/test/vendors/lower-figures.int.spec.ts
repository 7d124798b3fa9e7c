import { STREAMS } from '@holdfast/contracts';
import { startShopifySimulator, type ShopifySimulator } from '@holdfast/sandbox';
import { DEFAULT_TIMINGS } from '../../src/index.js';
import { ConnectorUnderTest } from '../connector.js';
import { eventually } from '../scripted-receiver.js';

// Figures below ours, with the times of the product: no hook tells of them, and orders are polled once a minute.

const CHANNEL = '/sales-channel/channels/shop';

let connector: ConnectorUnderTest;
let shop: ShopifySimulator;
const listings = new Map<string, string>();
/** The channel cannot be read once after its orders are polled next. */
let failsAfterPolling = false;

beforeAll(async () => {
  const { foreignEditSettlesMs, channelPollMs } = DEFAULT_TIMINGS;
  connector = await ConnectorUnderTest.start({ timings: { foreignEditSettlesMs, channelPollMs } });
  shop = await startShopifySimulator({
    limits: 'none',
    onCall: (operation) => {
      if (operation !== 'orders' || !failsAfterPolling) return;
      failsAfterPolling = false;
      shop.faults.next({ kind: 'server_error', status: 503 }, 1, 'nodes');
    },
  });
  const skus = ['EDIT', 'LOWER', 'MASTER', 'SOLD', 'BOTH', 'PULL', 'SOON', 'OWN', 'RULE', 'HELD', 'AGAIN', 'LOST'];
  shop.addListings(skus.map((sku) => ({ sku, quantity: 1 }))).forEach((id, index) => listings.set(skus[index] ?? '', id));
  await connector.location('BER');
  for (const sku of skus) await connector.record(sku, 'BER', 7);
  await connector.put(CHANNEL, { provider: 'shopify', ...shop.account, locations: [{ locationId: 'BER', remoteId: place() }] });
  await connector.put(`${CHANNEL}/mappings`, { mappings: skus.map((sku) => ({ sku, listingId: listing(sku) })) });
  await connector.tell('shop', Object.fromEntries(skus.map((sku) => [sku, 7])));
  await eventually(async () => {
    const mapped = (await connector.get(`${CHANNEL}/mappings`)).body['mappings'] as Record<string, unknown>[];
    return mapped.length === skus.length && mapped.every(({ status, quantity }) => status === 'ok' && quantity === 7);
  });
});
afterAll(async () => {
  await connector.stop();
  expect(shop.log.violations).toEqual([]);
  await shop.close();
});

const place = (): string => shop.account.locations?.[0]?.remoteId ?? '';
const listing = (sku: string): string => listings.get(sku) ?? 'none';
const shown = (sku: string): number | undefined => shop.shown(listing(sku), place());
const onHand = async (sku: string): Promise<unknown> => (await connector.get(`/sales-channel/inventory/${sku}`)).body['quantity'];
const use = (conflictStrategy: string) => connector.put(CHANNEL, { conflictStrategy });
const reconcile = (query = '') => connector.post(`${CHANNEL}/reconcile${query}`, undefined);
const query = async (sql: string, values: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> =>
  (await connector.runtime.database.pool.query<Record<string, unknown>>(sql, [...values])).rows;
const resolutionOf = async (sku: string): Promise<unknown> => {
  const entries = (await connector.get('/sales-channel/drift?channelId=shop')).body['drift'] as Record<string, unknown>[];
  return entries.find((entry) => entry['sku'] === sku)?.['resolution'];
};
/** The schedule's comparison; it has ended where the fault is gone. */
const scheduled = async (): Promise<void> => {
  await query(`UPDATE channels.channel SET reconcile_at = now(), reconcile_fault = 'not ended' WHERE channel_id = 'shop'`);
  await eventually(async () => (await query(`SELECT 1 FROM channels.channel WHERE reconcile_fault IS NULL`)).length === 1);
};
/** As if what is known of the SKU had been known for so much longer. */
const aged = async (sku: string, interval = '61 seconds'): Promise<void> => {
  await query(`UPDATE channels.drift SET detected_at = detected_at - $2::interval WHERE sku = $1 AND resolved_at IS NULL`, [sku, interval]);
  await query(`UPDATE channels.listing SET sent_at = sent_at - $2::interval WHERE sku = $1`, [sku, interval]);
};
/** Found by hand, and once more a minute later. @returns the second answer */
const reconciledTwice = async (sku: string, path = `${CHANNEL}/reconcile`) => {
  expect((await connector.post(path, undefined)).body).toMatchObject({ waiting: 1 });
  await aged(sku);
  return connector.post(path, undefined);
};
const bookedAsFigure = async (sku: string): Promise<readonly unknown[]> =>
  (await connector.runtime.eventStore.readStream(STREAMS.stock.streamOf('demo', sku))).filter(({ data }) =>
    JSON.stringify(data).includes('channel_figure'),
  );
/** What the projection would say once a figure was booked, until it is written down that the channel shows it. */
const told = async (sku: string, quantity: number): Promise<void> => {
  await connector.tell('shop', { [sku]: quantity });
  await eventually(async () => {
    const found = await query(`SELECT 1 FROM channels.listing WHERE sku = $1 AND sent_quantity = $2 AND due_at IS NULL`, [sku, quantity]);
    return found.length === 1;
  });
};

describe('a figure below ours, found by hand', () => {
  it('becomes ours where the channel wins: orders were polled a minute after it was found, and none explains it', async () => {
    await use('channel_wins');
    shop.edit(listing('EDIT'), 4, place());
    expect(await reconcile()).toMatchObject({ status: 200, body: { differing: 1, waiting: 1 } });
    expect((await reconcile()).body).toMatchObject({ differing: 1, waiting: 1 });
    expect(await onHand('EDIT')).toBe(7);
    await aged('EDIT');
    expect(await reconcile()).toMatchObject({ status: 200, body: { differing: 1, waiting: 0 } });
    expect(await onHand('EDIT')).toBe(4);
    expect(await resolutionOf('EDIT')).toBe('made ours');
    expect(await bookedAsFigure('EDIT')).toHaveLength(1);
    await told('EDIT', 4);
  });

  it('becomes ours where the lower wins', async () => {
    await use('lower_wins');
    shop.edit(listing('LOWER'), 3, place());
    expect((await reconciledTwice('LOWER')).body).toMatchObject({ waiting: 0 });
    expect(await onHand('LOWER')).toBe(3);
    await told('LOWER', 3);
  });

  it('is written over where the master wins', async () => {
    await use('master_wins');
    shop.edit(listing('MASTER'), 2, place());
    expect((await reconciledTwice('MASTER')).body).toMatchObject({ waiting: 0 });
    await eventually(() => shown('MASTER') === 7);
  });

  it('is treated by the strategy of its SKU where the mapping names one', async () => {
    const mapped = { sku: 'RULE', listingId: listing('RULE'), conflictStrategy: 'channel_wins' };
    expect((await connector.put(`${CHANNEL}/mappings`, { mappings: [mapped] })).status).toBe(200);
    shop.edit(listing('RULE'), 4, place());
    shop.edit(listing('MASTER'), 3, place());
    expect((await reconcile()).body).toMatchObject({ differing: 2, waiting: 2 });
    await aged('RULE');
    await aged('MASTER');
    expect((await reconcile()).body).toMatchObject({ differing: 2, waiting: 0 });
    expect([await onHand('RULE'), await onHand('MASTER')]).toEqual([4, 7]);
    await eventually(() => shown('MASTER') === 7);
    await told('RULE', 4);
  });

  it('is no edit where an order explains it: its units leave once, and nothing is booked beside it', async () => {
    await use('channel_wins');
    shop.sell([{ listingId: listing('SOLD'), quantity: 2 }]);
    expect(shown('SOLD')).toBe(5);
    expect((await reconcile()).body).toMatchObject({ waiting: 0 });
    expect(await onHand('SOLD')).toBe(5);
    expect(await bookedAsFigure('SOLD')).toEqual([]);
    await told('SOLD', 5);
  });

  it('is met as a whole where an order explains a part of it', async () => {
    shop.sell([{ listingId: listing('BOTH'), quantity: 2 }]);
    shop.edit(listing('BOTH'), 1, place());
    expect((await reconciledTwice('BOTH')).body).toMatchObject({ waiting: 0 });
    expect(await onHand('BOTH')).toBe(1);
    await told('BOTH', 1);
  });

  it('is decided by a pull too, and by no dry run', async () => {
    shop.edit(listing('PULL'), 6, place());
    expect((await connector.post('/sales-channel/inventory/pull/shop?dryRun=true', undefined)).body).toMatchObject({ dryRun: true });
    expect(await onHand('PULL')).toBe(7);
    expect((await reconciledTwice('PULL', '/sales-channel/inventory/pull/shop')).body).toMatchObject({ waiting: 0 });
    expect(await onHand('PULL')).toBe(6);
    await told('PULL', 6);
  });

  it('is as it was first seen where the channel cannot be read again after its orders were polled', async () => {
    shop.edit(listing('LOST'), 6, place());
    failsAfterPolling = true;
    expect(await reconcile()).toMatchObject({ status: 200, body: { differing: 1, waiting: 1 } });
    expect(failsAfterPolling).toBe(false);
    expect((await reconciledTwice('LOST')).body).toMatchObject({ differing: 1, waiting: 0 });
    await told('LOST', 6);
  });

  it('waits where orders cannot be polled, and the answer says so', async () => {
    await query(`UPDATE channels.polling SET fault = 'orders cannot be read', next_at = now() + interval '1 hour'`);
    shop.edit(listing('SOON'), 5, place());
    expect((await reconcile()).body).toMatchObject({ waiting: 1 });
    expect(await onHand('SOON')).toBe(7);
    expect(await resolutionOf('SOON')).toBe('waits for an order that may explain it');
    await query(`UPDATE channels.polling SET fault = NULL, next_at = now()`);
  });
});

describe('a figure below ours, found by the schedule', () => {
  it('is decided once orders were polled a minute after it was found, long before half an hour', async () => {
    const polledSince = (interval: string) =>
      query(
        `UPDATE channels.polling SET orders_sure_until = (SELECT min(detected_at) + $1::interval FROM channels.drift WHERE sku = 'SOON' AND resolved_at IS NULL)`,
        [interval],
      );
    await polledSince('-1 second');
    await scheduled();
    expect(await onHand('SOON')).toBe(7);
    const [again] = await query(`SELECT compare_at < now() + interval '3 minutes' AS soon FROM channels.listing WHERE sku = 'SOON'`);
    expect(again).toEqual({ soon: true });
    await query(`UPDATE channels.listing SET sent_at = sent_at - interval '1 hour' WHERE sku = 'SOON'`);
    await polledSince('1 second');
    await scheduled();
    await eventually(async () => (await onHand('SOON')) === 5);
  });

  it('waits as long as the channel says', async () => {
    shop.edit(listing('OWN'), 5, place());
    await scheduled();
    await eventually(async () => (await resolutionOf('OWN')) === 'waits for an order that may explain it');
    await aged('OWN');
    await query(`UPDATE channels.polling SET orders_until = NULL, orders_sure_until = NULL`);
    await scheduled();
    expect(await onHand('OWN')).toBe(7);
    expect((await connector.put(CHANNEL, { orderWithinSeconds: 60 })).body).toMatchObject({ orderWithinSeconds: 60 });
    await scheduled();
    await eventually(async () => (await onHand('OWN')) === 5);
  });

  it('holds a higher figure of ours for the whole wait, though polling lags: the units would be offered twice', async () => {
    await connector.put(CHANNEL, { orderWithinSeconds: 1800 });
    await query(`UPDATE channels.channel SET retry_at = now() + interval '1 hour', lease_until = NULL WHERE channel_id = 'shop'`);
    await connector.tell('shop', { HELD: 9 });
    await eventually(async () => (await query(`SELECT 1 FROM channels.listing WHERE sku = 'HELD' AND due_at <= now()`)).length === 1);
    shop.edit(listing('HELD'), 5, place());
    await query(`UPDATE channels.polling SET orders_until = now(), orders_sure_until = now() - interval '5 minutes'`);
    await scheduled();
    expect(await resolutionOf('HELD')).toBe('waits for an order that may explain it');
    const held = `SELECT due_at > now() + interval '30 minutes' AS held, compare_at < now() + interval '3 minutes' AS soon FROM channels.listing WHERE sku = 'HELD'`;
    expect(await query(held)).toEqual([{ held: true, soon: true }]);
    await query(`UPDATE channels.channel SET retry_at = NULL WHERE channel_id = 'shop'`);
    // The order comes: ours goes at once.
    await connector.tell('shop', { HELD: 5 });
    await scheduled();
    await eventually(async () => (await query(`SELECT 1 FROM channels.listing WHERE sku = 'HELD' AND due_at IS NULL`)).length === 1);
  });

  it('counts from the last figure that was told: the same units seen before it were others', async () => {
    await use('channel_wins');
    shop.edit(listing('AGAIN'), 4, place());
    await scheduled();
    expect(await resolutionOf('AGAIN')).toBe('waits for an order that may explain it');
    await aged('AGAIN', '2 hours');
    await query(`UPDATE channels.polling SET orders_until = now(), orders_sure_until = now() - interval '1 minute'`);
    await query(`UPDATE channels.listing SET sent_at = now() WHERE sku = 'AGAIN'`);
    await scheduled();
    expect(await onHand('AGAIN')).toBe(7);
    await query(`UPDATE channels.listing SET sent_at = now() - interval '61 seconds' WHERE sku = 'AGAIN'`);
    await scheduled();
    expect(await onHand('AGAIN')).toBe(4);
  });
});
