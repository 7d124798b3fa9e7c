import { readModelSchema } from '@holdfast/read-model';
import { startShopifySimulator, type ShopifySimulator } from '@holdfast/sandbox';
import { newSecret } from '@holdfast/vendor-http';
import { ConnectorUnderTest } from '../connector.js';
import { eventually } from '../scripted-receiver.js';

// Discovery, reconcile and the drift ledger, through the service, against a channel that can be read.

const CHANNEL = '/sales-channel/channels/shop';
const SOME = Symbol('not null');

let connector: ConnectorUnderTest;
let shop: ShopifySimulator;
let listingIds: readonly string[];

beforeAll(async () => {
  connector = await ConnectorUnderTest.start();
  await connector.runtime.database.open(readModelSchema());
  for (const [sku, barcode] of [
    ['TEE-1', null],
    ['MUG-1', '4006381333931'],
    ['CAP-1', null],
    ['BAG-1', null],
  ] as const)
    await connector.runtime.database.pool.query(
      `INSERT INTO read_model.products (tenant, sku, barcode, verified, position, created_at, updated_at) VALUES ('demo', $1, $2, true, 1, now(), now())`,
      [sku, barcode],
    );
  shop = await startShopifySimulator({ limits: 'none' });
  listingIds = shop.addListings([
    { sku: 'TEE-1', quantity: 3 },
    { sku: 'mug', barcode: '4006381333931', quantity: 3 },
    { sku: 'cap-1', quantity: 3 },
    { sku: 'NEW', quantity: 3 },
    { sku: 'BAG-1', quantity: 3 },
    { sku: 'BAG-1', quantity: 3 },
  ]);
  const locations = (shop.account.locations ?? []).slice(0, 1);
  await connector.put(CHANNEL, { provider: 'shopify', ...shop.account, locations });
  await connector.put('/sales-channel/channels/hook', { webhook: { url: 'http://127.0.0.1:9/hook', secret: newSecret() } });
});
afterAll(async () => {
  await connector.stop();
  expect(shop.log.violations).toEqual([]);
  await shop.close();
});

const place = (): string => shop.account.locations?.[0]?.remoteId ?? '';
const shown = (listingId: string): number | undefined =>
  shop.listings().find((one) => one.listingId === listingId && one.remoteId === place())?.quantity;
const listing = (index: number): string => listingIds[index] ?? 'none';
const drift = async (query = ''): Promise<readonly Record<string, unknown>[]> =>
  (await connector.get(`/sales-channel/drift?channelId=shop${query}`)).body['drift'] as Record<string, unknown>[];
const reconcile = (query = '') => connector.post(`${CHANNEL}/reconcile${query}`, undefined);

/** The channel shows the figure, and the service has written down that it does. */
const settled = (index: number, sku: string, quantity: number): Promise<void> =>
  eventually(async () => {
    if (shown(listing(index)) !== quantity) return false;
    const [mapping] = (await connector.get(`${CHANNEL}/mappings?sku=${sku}`)).body['mappings'] as Record<string, unknown>[];
    return mapping?.['status'] === 'ok' && mapping['quantity'] === quantity;
  });

const statusOf = async (sku: string): Promise<unknown> =>
  ((await connector.get(`${CHANNEL}/mappings?sku=${sku}`)).body['mappings'] as Record<string, unknown>[])[0]?.['status'];
const conflicts = async (): Promise<readonly Record<string, unknown>[]> =>
  (await connector.get('/sales-channel/sync/history?operation=inventory_conflict&channelId=shop')).body['history'] as Record<
    string,
    unknown
  >[];

async function discovered(): Promise<{ readonly id: string; readonly body: Readonly<Record<string, unknown>> }> {
  const started = await connector.post(`${CHANNEL}/discover`, undefined);
  expect(started.status).toBe(202);
  const id = String(started.body['discoveryId']);
  const path = `${CHANNEL}/discoveries/${id}`;
  await eventually(async () => (await connector.get(path)).body['status'] !== 'running');
  return { id, body: (await connector.get(path)).body };
}

describe('discovering the listings of a channel', () => {
  it('proposes which SKU each listing is, and maps what is certain alone', async () => {
    const { id, body } = await discovered();
    expect(body).toMatchObject({ channelId: 'shop', status: 'done', error: null, progress: { found: 6 } });
    const matches = new Map((body['listings'] as Record<string, unknown>[]).map((one) => [one['listingId'], one]));
    expect(listingIds.map((one) => matches.get(one))).toMatchObject([
      { match: 'by_sku', sku: 'TEE-1' },
      { match: 'by_barcode', sku: 'MUG-1' },
      { match: 'suspicious', sku: 'CAP-1' },
      { match: 'unknown', sku: null },
      { match: 'ambiguous', sku: null },
      { match: 'ambiguous', sku: null },
    ]);
    const accept = () => connector.post(`${CHANNEL}/discoveries/${id}/accept`, {});
    expect(await accept()).toMatchObject({ status: 200, body: { mapped: 2 } });
    const kept = { sku: 'TEE-1', listingId: listing(0), conflictStrategy: 'manual' };
    expect((await connector.put(`${CHANNEL}/mappings`, { mappings: [kept] })).status).toBe(200);
    expect((await accept()).body).toEqual({ mapped: 0, removed: 0 });
    const mapped = (await connector.get(`${CHANNEL}/mappings`)).body['mappings'] as Record<string, unknown>[];
    expect(mapped.map(({ sku, listingId, conflictStrategy }) => [sku, listingId, conflictStrategy])).toEqual([
      ['MUG-1', listing(1), null],
      ['TEE-1', listing(0), 'manual'],
    ]);
    expect((await connector.put(`${CHANNEL}/mappings`, { mappings: [{ sku: 'TEE-1', listingId: listing(0) }] })).status).toBe(200);
  });

  it('maps what a person names, and asks where there is no single proposal', async () => {
    const { id } = await discovered();
    const accept = (listings: object[]) => connector.post(`${CHANNEL}/discoveries/${id}/accept`, { listings });
    expect(await accept([{ listingId: listing(4) }])).toMatchObject({ status: 400, body: { details: [{ field: 'listings[0].sku' }] } });
    expect(await accept([{ listingId: 'nothing' }])).toMatchObject({
      status: 400,
      body: { details: [{ field: 'listings[0].listingId' }] },
    });
    expect(await accept([{ listingId: listing(2) }, { listingId: listing(4), sku: 'BAG-1' }])).toMatchObject({
      status: 200,
      body: { mapped: 2 },
    });
  });

  it('says why it cannot go on, goes on when it can, and has failed after a day', async () => {
    const discover = async (): Promise<string> =>
      `${CHANNEL}/discoveries/${String((await connector.post(`${CHANNEL}/discover`, undefined)).body['discoveryId'])}`;
    const told = (path: string, expected: object): Promise<void> =>
      eventually(async () => {
        const { body } = await connector.get(path);
        return Object.entries(expected).every(([name, value]) => (value === SOME ? body[name] !== null : body[name] === value));
      });
    shop.faults.next({ kind: 'server_error', status: 503 }, 1_000_000);
    const [first, second] = [await discover(), await discover()];
    await told(first, { status: 'running', error: SOME });
    await told(second, { status: 'running', error: SOME });
    await connector.runtime.database.pool.query(
      `UPDATE channels.discovery SET created_at = created_at - interval '25 hours' WHERE discovery_id = $1`,
      [second.split('/').at(-1)],
    );
    await told(second, { status: 'failed', error: SOME });
    expect(await connector.post(`${second}/accept`, {})).toMatchObject({ status: 409, body: { code: 'discovery_failed' } });
    shop.faults.clear();
    await told(first, { status: 'done', error: null });
  });

  it('refuses a channel that reports nothing back, one that is not there, and another tenant', async () => {
    const post = (path: string, options = {}) => connector.post(path, undefined, options);
    expect(await post('/sales-channel/channels/hook/discover')).toMatchObject({ status: 409, body: { code: 'channel_not_readable' } });
    expect(await post('/sales-channel/channels/nothing/discover')).toMatchObject({ status: 404, body: { code: 'unknown_channel' } });
    expect(await post(`${CHANNEL}/discover`, { tenant: 'other' })).toMatchObject({ status: 404 });
    expect(await post(`${CHANNEL}/discover`, { permissions: ['channels.read'] })).toMatchObject({ status: 403 });
    const { id } = await discovered();
    expect(await connector.get(`${CHANNEL}/discoveries/${id}`, { tenant: 'other' })).toMatchObject({ status: 404 });
    expect(await connector.get(`${CHANNEL}/discoveries/nonsense`)).toMatchObject({ status: 404, body: { code: 'unknown_discovery' } });
    expect(await connector.get(`/sales-channel/channels/hook/discoveries/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'unknown_discovery' },
    });
  });
});

describe('reconciling a channel', () => {
  it('says what would change before anything is sent, then tells it', async () => {
    await connector.call('PUT', CHANNEL, { syncInventory: false });
    await connector.tell('shop', { 'TEE-1': 7, 'MUG-1': 3 });
    await eventually(async () => ((await reconcile('?dryRun=true')).body['compared'] as number) >= 2);
    const dry = await reconcile('?dryRun=true');
    expect(dry).toMatchObject({ status: 200, body: { dryRun: true } });
    expect(dry.body['differences']).toEqual([{ sku: 'TEE-1', listingId: listing(0), ours: 7, theirs: 3, class: 'late' }]);
    expect(shown(listing(0))).toBe(3);
    expect(await drift()).toEqual([]);
    await connector.call('PUT', CHANNEL, { syncInventory: true });
    await Promise.all([settled(0, 'TEE-1', 7), settled(1, 'MUG-1', 3)]);
  });

  it('finds a figure that was set at the channel, writes it down, and tells ours again where the master wins', async () => {
    shop.edit(listing(0), 50, place());
    expect((await reconcile()).body).toMatchObject({ dryRun: false, differing: 1 });
    expect(await drift('&open=true')).toMatchObject([
      { sku: 'TEE-1', class: 'foreign_edit', expected: 7, observed: 50, resolution: 'told again' },
    ]);
    await settled(0, 'TEE-1', 7);
    expect((await reconcile()).body).toMatchObject({ differing: 0 });
    expect(await drift('&open=true')).toEqual([]);
    const [entry] = await drift('&open=false');
    expect(entry).toMatchObject({ class: 'foreign_edit', resolution: 'told again', resolvedBy: 'key-1' });
    expect(entry?.['resolvedAt']).not.toBeNull();
  });

  it('holds a foreign figure until a person decides, then tells ours where the master is used', async () => {
    await connector.call('PUT', CHANNEL, { conflictStrategy: 'manual' });
    shop.edit(listing(0), 40, place());
    await reconcile();
    await reconcile();
    await connector.tell('shop', { 'TEE-1': 8 });
    expect(await drift('&open=true')).toMatchObject([
      { sku: 'TEE-1', class: 'foreign_edit', observed: 40, resolution: 'waits for a decision' },
    ]);
    expect(await statusOf('TEE-1')).toBe('conflict');
    expect(shown(listing(0))).toBe(40);
    const [open, ...others] = await conflicts();
    expect(open).toMatchObject({ sku: 'TEE-1', quantity: 7, observed: 40, detail: 'waits for a decision' });
    expect(others).toEqual([]);
    const resolve = () => connector.post(`/sales-channel/conflicts/${String(open?.['conflictId'])}/resolve`, { use: 'master' });
    expect(await resolve()).toMatchObject({ status: 200, body: { used: 'master', quantity: 8, booked: 0 } });
    await settled(0, 'TEE-1', 8);
    expect(await resolve()).toMatchObject({ status: 409, body: { code: 'conflict_resolved' } });
  });

  it("books the difference where the channel's figure is used, and where the channel wins by itself", async () => {
    await connector.location('BER');
    await connector.record('TEE-1', 'BER', 8);
    shop.edit(listing(0), 30, place());
    await reconcile();
    const [open] = await conflicts();
    const resolve = (id: unknown, body: object, options = {}) =>
      connector.post(`/sales-channel/conflicts/${String(id)}/resolve`, body, options);
    expect(await resolve(open?.['conflictId'], { use: 'nobody' })).toMatchObject({ status: 400, body: { details: [{ field: 'use' }] } });
    expect(await resolve(open?.['conflictId'], { use: 'channel' }, { tenant: 'other' })).toMatchObject({ status: 404 });
    expect(await resolve('nonsense', { use: 'channel' })).toMatchObject({ status: 404, body: { code: 'unknown_conflict' } });
    expect(await resolve(open?.['conflictId'], { use: 'channel' }, { permissions: ['channels.read'] })).toMatchObject({ status: 403 });
    expect(await resolve(open?.['conflictId'], { use: 'channel' })).toMatchObject({ status: 200, body: { quantity: 30, booked: 22 } });
    expect((await connector.get('/sales-channel/inventory/TEE-1')).body).toMatchObject({ quantity: 30 });
    await connector.tell('shop', { 'TEE-1': 30 });
    await settled(0, 'TEE-1', 30);

    await connector.call('PUT', CHANNEL, { conflictStrategy: 'lower_wins' });
    shop.edit(listing(0), 25, place());
    await reconcile();
    expect((await connector.get('/sales-channel/inventory/TEE-1')).body).toMatchObject({ quantity: 25 });
    expect(await drift('&open=true')).toMatchObject([{ sku: 'TEE-1', class: 'foreign_edit', resolution: 'made ours' }]);
    await connector.tell('shop', { 'TEE-1': 25 });
    await settled(0, 'TEE-1', 25);
  });

  it('names a figure that was lost on the way', async () => {
    await connector.call('PUT', CHANNEL, { conflictStrategy: 'master_wins' });
    await connector.tell('shop', { 'MUG-1': 9 });
    await settled(1, 'MUG-1', 9);
    shop.edit(listing(1), 3, place());
    await reconcile();
    expect(await drift('&class=lost&open=true')).toMatchObject([{ sku: 'MUG-1', expected: 9, observed: 3 }]);
    await settled(1, 'MUG-1', 9);
  });

  it('confirms how old its figures are: not confirmed for three hours they are stale', async () => {
    await connector.runtime.database.pool.query(
      `UPDATE channels.listing SET shown_at = now() - interval '3 hours 1 minute' WHERE channel_id = 'shop' AND sku = 'TEE-1'`,
    );
    await eventually(async () => (await statusOf('TEE-1')) === 'stale');
    await reconcile();
    expect(await statusOf('TEE-1')).toBe('ok');
  });

  it('is also asked for by a pull', async () =>
    expect(await connector.post('/sales-channel/inventory/pull/shop?dryRun=true', undefined)).toMatchObject({
      status: 200,
      body: { dryRun: true, kept: null },
    }));

  it('refuses what cannot be read, and who may not', async () => {
    expect(await connector.post('/sales-channel/channels/hook/reconcile', undefined)).toMatchObject({
      status: 409,
      body: { code: 'channel_not_readable' },
    });
    expect(await connector.post('/sales-channel/channels/nothing/reconcile', undefined)).toMatchObject({ status: 404 });
    expect(await connector.post(`${CHANNEL}/reconcile?dryRun=maybe`, undefined)).toMatchObject({ status: 400 });
    expect(await connector.post(`${CHANNEL}/reconcile`, undefined, { permissions: ['channels.read'] })).toMatchObject({ status: 403 });
    expect(await connector.get('/sales-channel/drift', { permissions: ['inventory.read'] })).toMatchObject({ status: 403 });
    expect(await connector.get('/sales-channel/drift', { tenant: 'other' })).toMatchObject({ status: 200, body: { drift: [] } });
    shop.faults.credentialsRevoked = true;
    expect(await reconcile('?dryRun=true')).toMatchObject({ status: 503, body: { code: 'channel_not_read' } });
    shop.faults.credentialsRevoked = false;
  });
});
