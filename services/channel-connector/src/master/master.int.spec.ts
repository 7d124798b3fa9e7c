import { newSecret } from '@holdfast/vendor-http';
import { ConnectorUnderTest } from '../../test/connector.js';
import { eventually, startScriptedReceiver, type ScriptedReceiver } from '../../test/scripted-receiver.js';

let connector: ConnectorUnderTest;
let shop: ScriptedReceiver;
const secret = newSecret();

beforeAll(async () => {
  connector = await ConnectorUnderTest.start();
  await connector.location('BER');
  await connector.location('HAM');
  shop = await startScriptedReceiver(secret, { status: 204 });
  const webhook = { url: shop.url, secret, callsPerSecond: 100 };
  await connector.put('/sales-channel/channels/shop', { webhook });
  await connector.put('/sales-channel/channels/quiet', { syncInventory: false, webhook });
});
afterAll(async () => {
  await connector.stop();
  await shop.close();
});

let skus = 0;
const newSku = () => `SKU-${(skus += 1)}`;
const pathOf = (sku: string) => `/sales-channel/inventory/${sku}`;
const map = (channelId: string, sku: string) =>
  connector.put(`/sales-channel/channels/${channelId}/mappings`, { mappings: [{ sku, listingId: `${channelId}-${sku}` }] });

/** Whether what was told on the topic of channel `quiet` has arrived. */
async function heardOf(...wanted: readonly string[]): Promise<boolean> {
  const sql = `SELECT sku FROM channels.listing WHERE channel_id = 'quiet' AND sku = ANY ($1) AND quantity IS NOT NULL`;
  return (await connector.runtime.database.pool.query(sql, [wanted])).rows.length === wanted.length;
}

describe('the master', () => {
  it('creates a SKU that nobody knew, at the default location, not verified', async () => {
    const sku = newSku();
    const { status, body, position } = await connector.put(pathOf(sku), { quantity: 42, syncToChannels: true, reason: 'warehouse count' });
    expect(status).toBe(200);
    expect(position).toMatch(/^\d+$/);
    expect(body).toEqual({
      sku,
      quantity: 42,
      reserved: 0,
      available: 42,
      verified: false,
      locations: [{ locationId: 'MAIN', quantity: 42, reserved: 0, available: 42 }],
      locationId: 'MAIN',
      syncedChannels: [],
    });
    expect((await connector.get(pathOf(sku))).body).toMatchObject({ sku, quantity: 42, verified: false });
  });

  it('sets the figure where the SKU lies', async () => {
    const sku = newSku();
    await connector.record(sku, 'BER', 5);
    expect((await connector.put(pathOf(sku), { quantity: 7 })).body).toMatchObject({ locationId: 'BER', quantity: 7 });
  });

  it('asks which location is meant when there are several', async () => {
    const sku = newSku();
    await connector.record(sku, 'BER', 5);
    await connector.record(sku, 'HAM', 3);
    expect(await connector.put(pathOf(sku), { quantity: 7 })).toMatchObject({
      status: 400,
      body: {
        code: 'location_required',
        details: [{ field: 'locationId' }, { locationId: 'BER', quantity: 5 }, { locationId: 'HAM', quantity: 3 }],
      },
    });
    const said = await connector.put(pathOf(sku), { quantity: 7, locationId: 'HAM' });
    expect(said.body).toMatchObject({ locationId: 'HAM', quantity: 12 });
    expect((await connector.get(pathOf(sku))).body).toMatchObject({ quantity: 12, locations: [{ quantity: 5 }, { quantity: 7 }] });
  });

  it('does it once under the same key', async () => {
    const sku = newSku();
    const first = await connector.put(pathOf(sku), { quantity: 42 }, { key: sku });
    await connector.put(pathOf(sku), { quantity: 40 });
    expect((await connector.put(pathOf(sku), { quantity: 42 }, { key: sku })).body).toEqual(first.body);
    expect((await connector.get(pathOf(sku))).body).toMatchObject({ quantity: 40 });
    expect(await connector.put(pathOf(sku), { quantity: 1 }, { key: sku })).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
  });

  it('keeps the reason and who it was in the history', async () => {
    const sku = newSku();
    await connector.put(pathOf(sku), { quantity: 42, reason: 'warehouse count' });
    const { body } = await connector.get(`/sales-channel/sync/history?operation=inventory_update&sku=${sku}`);
    expect(body).toMatchObject({
      history: [
        { operation: 'inventory_update', sku, quantity: 42, locationId: 'MAIN', detail: 'warehouse count', actor: 'key-1', outcome: 'ok' },
      ],
      pagination: { total: 1 },
    });
  });

  it.each<[string, unknown, number, string]>([
    ['malformed JSON', '{', 400, 'malformed_json'],
    ['no quantity', {}, 400, 'validation_failed'],
    ['less than nothing', { quantity: -1 }, 400, 'validation_failed'],
    ['half a unit', { quantity: 0.5 }, 400, 'validation_failed'],
    ['too much', { quantity: 1e12 }, 400, 'validation_failed'],
    ['text', { quantity: '42' }, 400, 'validation_failed'],
    ['an unknown location', { quantity: 1, locationId: 'NOWHERE' }, 404, 'unknown_location'],
  ])('refuses %s', async (_what, body, status, code) => {
    expect(await connector.put(pathOf(newSku()), body)).toMatchObject({ status, body: { code } });
  });

  it('knows no SKU that nobody named, and none of another tenant', async () => {
    const sku = newSku();
    expect(await connector.get(pathOf(sku))).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
    await connector.put(pathOf(sku), { quantity: 1 });
    expect(await connector.get(pathOf(sku), { tenant: 'other' })).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
    expect(await connector.get(`${pathOf(sku)}/channels`, { tenant: 'other' })).toMatchObject({ status: 404 });
    expect(await connector.put(pathOf(sku), { quantity: 1 }, { permissions: ['inventory.read'] })).toMatchObject({ status: 403 });
  });
});

describe('the view across channels', () => {
  const time: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);

  it('shows the master and what every channel was told', async () => {
    const sku = newSku();
    await map('shop', sku);
    await connector.put(pathOf(sku), { quantity: 42 });
    await connector.tell('shop', { [sku]: 41 });
    await eventually(() => shop.figures()[`shop-${sku}`] === 41);
    await eventually(async () => JSON.stringify((await connector.get(`${pathOf(sku)}/channels`)).body).includes('"ok"'));
    expect((await connector.get(`${pathOf(sku)}/channels`)).body).toEqual({
      sku,
      master: 42,
      channels: {
        shop: {
          quantity: 41,
          shown: 41,
          lastSync: time,
          confirmedAt: time,
          confirmedPosition: expect.stringMatching(/^\d+$/) as unknown,
          ageMs: expect.any(Number) as unknown,
          status: 'ok',
        },
        quiet: { quantity: null, shown: null, lastSync: null, confirmedAt: null, confirmedPosition: null, ageMs: null, status: 'unmapped' },
      },
    });
  });

  it('is stale with its age once the channel has not confirmed a figure for longer than its bound', async () => {
    const sku = newSku();
    await map('shop', sku);
    await connector.put(pathOf(sku), { quantity: 3 });
    await connector.tell('shop', { [sku]: 3 });
    const view = async () =>
      ((await connector.get(`${pathOf(sku)}/channels`)).body['channels'] as Record<string, Record<string, unknown>>)['shop'] ?? {};
    await eventually(async () => (await view())['status'] === 'ok');
    await connector.runtime.database.pool.query(`UPDATE channels.listing SET shown_at = now() - interval '2 minutes' WHERE sku = $1`, [
      sku,
    ]);
    expect(await view()).toMatchObject({ status: 'ok', shown: 3 });

    expect((await connector.put('/sales-channel/channels/shop', { staleAfter: 60 })).body).toMatchObject({ staleAfter: 60 });
    const { status, ageMs } = await view();
    expect(status).toBe('stale');
    expect(ageMs).toBeGreaterThanOrEqual(120_000);
    const listed = async (which: string) =>
      JSON.stringify((await connector.get(`/sales-channel/channels/shop/mappings?status=${which}`)).body).includes(`"${sku}"`);
    expect([await listed('stale'), await listed('ok')]).toEqual([true, false]);
    expect(await connector.put('/sales-channel/channels/shop', { staleAfter: 59 })).toMatchObject({
      status: 400,
      body: { details: [{ field: 'staleAfter' }] },
    });
    await connector.put('/sales-channel/channels/shop', { staleAfter: 86_400 });
  });

  it('says that a channel waits, and not that it fails, while it wants fewer calls', async () => {
    const sku = newSku();
    await map('shop', sku);
    shop.answerFromNow({ status: 429, headers: { 'retry-after': '60' } });
    await connector.tell('shop', { [sku]: 1 });
    const delivery = async () => (await connector.get('/sales-channel/channels/shop')).body['delivery'] as Record<string, unknown>;
    await eventually(async () => (await delivery())['status'] === 'waiting');
    expect(await delivery()).toMatchObject({ failures: 0, due: 1, error: 'receiver answered 429', retryAt: time });
    shop.answerFromNow({ status: 204 });
    expect((await connector.put('/sales-channel/channels/shop', {})).body).toMatchObject({ delivery: { status: 'ok' } });
  });

  it('shows a channel that waits, and one where telling failed', async () => {
    const sku = newSku();
    await Promise.all([map('shop', sku), map('quiet', sku)]);
    await connector.put(pathOf(sku), { quantity: 1 });
    shop.answerFromNow({ status: 500 });
    await connector.tell('shop', { [sku]: 1 });
    await connector.tell('quiet', { [sku]: 1 });
    await eventually(async () => JSON.stringify((await connector.get(`${pathOf(sku)}/channels`)).body).includes('"error"'));
    expect((await connector.get(`${pathOf(sku)}/channels`)).body).toMatchObject({
      channels: { shop: { status: 'error' }, quiet: { status: 'stale' } },
    });
    shop.answerFromNow({ status: 204 });
  });
});

describe('pushing because somebody asked', () => {
  it('tells channels whose automatic sync is off too, after an update that says so', async () => {
    const sku = newSku();
    await map('quiet', sku);
    await connector.tell('quiet', { [sku]: 6 });
    await eventually(() => heardOf(sku));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(shop.figures()[`quiet-${sku}`]).toBeUndefined();
    const { body } = await connector.put(pathOf(sku), { quantity: 6, syncToChannels: true });
    expect(body).toMatchObject({ syncedChannels: ['quiet'] });
    await eventually(() => shop.figures()[`quiet-${sku}`] === 6);
  });

  it('pushes the SKUs named to one channel, and says what it skipped or saw otherwise', async () => {
    const [known, unmapped, unheard] = [newSku(), newSku(), newSku()];
    await map('quiet', known);
    await map('quiet', unheard);
    await connector.tell('quiet', { [known]: 5, [unmapped]: 9 });
    await eventually(() => heardOf(known, unmapped));
    const items = [{ sku: known, quantity: 7 }, { sku: unmapped }, { sku: unheard }];
    const { status, body } = await connector.post('/sales-channel/inventory/sync/quiet', { items });
    expect(status).toBe(202);
    expect(body).toEqual({
      channelId: 'quiet',
      queued: 1,
      skipped: [
        { sku: unmapped, code: 'mapping_missing' },
        { sku: unheard, code: 'atp_unknown' },
      ],
      differing: [{ sku: known, requested: 7, quantity: 5 }],
    });
    await eventually(() => shop.figures()[`quiet-${known}`] === 5);
    const missing = await connector.get(`/sales-channel/sync/history?operation=mapping_missing&channelId=quiet&sku=${unmapped}`);
    expect(missing.body).toMatchObject({ history: [{ outcome: 'skipped', sku: unmapped }] });
  });

  it('pushes everything to every channel', async () => {
    const sku = newSku();
    await Promise.all([map('shop', sku), map('quiet', sku)]);
    await connector.tell('shop', { [sku]: 2 });
    await connector.tell('quiet', { [sku]: 3 });
    await eventually(async () => shop.figures()[`shop-${sku}`] === 2 && (await heardOf(sku)));
    const { body } = await connector.post('/sales-channel/inventory/sync', {});
    expect(body['channels']).toEqual(
      expect.arrayContaining([expect.objectContaining({ channelId: 'quiet' }), expect.objectContaining({ channelId: 'shop' })]),
    );
    await eventually(() => shop.figures()[`quiet-${sku}`] === 3);
  });

  it('refuses an unknown channel and malformed items', async () => {
    expect(await connector.post('/sales-channel/inventory/sync/nowhere', {})).toMatchObject({
      status: 404,
      body: { code: 'unknown_channel' },
    });
    expect(await connector.post('/sales-channel/inventory/sync', { items: [{ sku: 'A', quantity: -1 }] })).toMatchObject({ status: 400 });
    expect(await connector.post('/sales-channel/inventory/sync', {}, { permissions: ['channels.read'] })).toMatchObject({ status: 403 });
  });
});

describe('history', () => {
  it('tells of every push, newest first, in pages', async () => {
    const sku = newSku();
    await map('shop', sku);
    for (const quantity of [5, 4]) {
      await connector.tell('shop', { [sku]: quantity });
      await eventually(() => shop.figures()[`shop-${sku}`] === quantity);
    }
    const path = `/sales-channel/sync/history?operation=inventory_push&channelId=shop&sku=${sku}`;
    await eventually(async () => ((await connector.get(path)).body['history'] as unknown[]).length === 2);
    expect((await connector.get(path)).body).toMatchObject({
      history: [
        { channelId: 'shop', listingId: `shop-${sku}`, quantity: 4, outcome: 'ok' },
        { channelId: 'shop', listingId: `shop-${sku}`, quantity: 5, outcome: 'ok' },
      ],
    });
    expect((await connector.get(`${path}&limit=1&page=2`)).body).toMatchObject({
      history: [{ quantity: 5 }],
      pagination: { page: 2, total: 2 },
    });
    expect((await connector.get(path, { tenant: 'other' })).body).toMatchObject({ history: [] });
  });

  it('knows inventory_conflict and refuses what it does not know', async () => {
    expect((await connector.get('/sales-channel/sync/history?operation=inventory_conflict')).status).toBe(200);
    expect(await connector.get('/sales-channel/sync/history?operation=guess')).toMatchObject({
      status: 400,
      body: { code: 'validation_failed' },
    });
    expect(await connector.get('/sales-channel/sync/history?limit=1000')).toMatchObject({ status: 400, body: { code: 'page_too_large' } });
  });
});
