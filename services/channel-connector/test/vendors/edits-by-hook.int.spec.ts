import { startShopifySimulator, type ShopifySimulator } from '@holdfast/sandbox';
import { ConnectorUnderTest } from '../connector.js';
import { eventually } from '../scripted-receiver.js';

// Edits made at a shop, as its hooks tell them: no reconcile is asked for.

const CHANNEL = '/sales-channel/channels/shop';

let connector: ConnectorUnderTest;
let shop: ShopifySimulator;
let listing: string;

beforeAll(async () => {
  connector = await ConnectorUnderTest.start();
  shop = await startShopifySimulator({ limits: 'none' });
  [listing = ''] = shop.addListings([{ sku: 'A', quantity: 1 }]);
  await connector.location('BER');
  await connector.record('A', 'BER', 7);
  const locations = [{ locationId: 'BER', remoteId: place() }];
  await connector.put(CHANNEL, { provider: 'shopify', ...shop.account, locations });
  shop.sendHooksTo({ url: connector.hookUrl('shop') });
  await connector.put(`${CHANNEL}/mappings`, { mappings: [{ sku: 'A', listingId: listing }] });
  await connector.tell('shop', { A: 7 });
  await shows(7);
});
afterAll(async () => {
  await connector.stop();
  expect(shop.log.violations).toEqual([]);
  await shop.close();
});

const place = (): string => shop.account.locations?.[0]?.remoteId ?? '';
/** The shop shows the figure, the service has written that down, and every hook has taken effect. */
const shows = (quantity: number): Promise<void> =>
  eventually(async () => {
    await shop.hooksSent();
    const [mapping] = (await connector.get(`${CHANNEL}/mappings?sku=A`)).body['mappings'] as Record<string, unknown>[];
    const open = await connector.runtime.database.pool.query('SELECT 1 FROM channels.inbox WHERE due_at IS NOT NULL');
    const isTold = mapping?.['status'] === 'ok' && mapping['quantity'] === quantity;
    return isTold && shop.shown(listing, place()) === quantity && open.rowCount === 0;
  });
const drift = async (): Promise<readonly Record<string, unknown>[]> =>
  (await connector.get('/sales-channel/drift?channelId=shop')).body['drift'] as Record<string, unknown>[];
const onHand = async (): Promise<unknown> => (await connector.get('/sales-channel/inventory/A')).body['quantity'];
const unitsAt = async (locationId: string): Promise<number | undefined> =>
  (await connector.runtime.ledger.read({ tenant: 'demo', sku: 'A' })).state.balances.get(locationId)?.onHand;
const conflicts = async (more = ''): Promise<readonly Record<string, unknown>[]> =>
  (await connector.get(`/sales-channel/sync/history?operation=inventory_conflict${more}`)).body['history'] as Record<string, unknown>[];
const use = (conflictStrategy: string) => connector.call('PUT', CHANNEL, { conflictStrategy });

describe('an edit made at the shop', () => {
  it('is none where it is what we wrote', async () => {
    await connector.tell('shop', { A: 9 });
    await shows(9);
    await connector.tell('shop', { A: 7 });
    await shows(7);
    expect(await drift()).toEqual([]);
  });

  it('is written over where the master wins', async () => {
    shop.edit(listing, 50, place());
    await shows(7);
    const [entry] = await drift();
    expect(entry).toMatchObject({ class: 'foreign_edit', expected: 7, observed: 50, resolution: 'told again' });
  });

  it('becomes ours where the channel wins', async () => {
    await use('channel_wins');
    shop.edit(listing, 12, place());
    await eventually(async () => (await onHand()) === 12);
    await connector.tell('shop', { A: 12 });
    await shows(12);
    shop.edit(listing, 10, place());
    await eventually(async () => (await onHand()) === 10);
    await connector.tell('shop', { A: 10 });
    await shows(10);
  });

  it('becomes ours at its place, whatever lies where the shop does not sell from', async () => {
    await connector.location('HAM');
    await connector.record('A', 'HAM', 5);
    shop.edit(listing, 25, place());
    await eventually(async () => (await unitsAt('BER')) === 25);
    expect(await unitsAt('HAM')).toBe(5);
    await connector.tell('shop', { A: 25 });
    await shows(25);
    await connector.record('A', 'HAM', 0);
    await connector.record('A', 'BER', 10);
    await connector.tell('shop', { A: 10 });
    await shows(10);
  });

  it('becomes ours where the lower wins and it is lower, and is written over where it is not', async () => {
    await use('lower_wins');
    shop.edit(listing, 40, place());
    await eventually(async () => (await drift())[0]?.['observed'] === 40);
    await shows(10);
    shop.edit(listing, 6, place());
    await eventually(async () => (await onHand()) === 6);
    await connector.tell('shop', { A: 6 });
    await shows(6);
  });

  it('waits for a person where that is the strategy, and nothing is written meanwhile', async () => {
    await use('manual');
    shop.edit(listing, 30, place());
    await eventually(async () => (await conflicts()).length === 1);
    const [{ conflictId } = {}] = await conflicts();
    await connector.tell('shop', { A: 5 });
    expect((await connector.get(`${CHANNEL}/mappings?sku=A`)).body['mappings']).toMatchObject([{ status: 'conflict', conflictId }]);
    expect(await conflicts('&open=true')).toMatchObject([{ conflictId }]);
    expect(await conflicts('&open=false')).toEqual([]);
    expect(shop.shown(listing, place())).toBe(30);
    expect((await connector.get('/sales-channel/inventory/A/channels')).body).toMatchObject({
      channels: { shop: { status: 'conflict', quantity: 6, shown: 30 } },
    });
    await connector.post(`/sales-channel/conflicts/${String(conflictId)}/resolve`, { use: 'master' });
    await shows(5);
    expect(await conflicts('&open=true')).toEqual([]);
    expect(await conflicts('&open=false')).toMatchObject([{ conflictId, outcome: 'ok' }, { conflictId }]);
    expect((await connector.get(`${CHANNEL}/mappings?sku=A`)).body['mappings']).toMatchObject([{ conflictId: null }]);
  });
});

describe('a SKU with a strategy of its own', () => {
  const useForSku = (conflictStrategy?: string) =>
    connector.put(`${CHANNEL}/mappings`, { mappings: [{ sku: 'A', listingId: listing, ...(conflictStrategy && { conflictStrategy }) }] });
  afterAll(() => useForSku());

  it('waits for a person though the master wins at the channel, and is written over again once the strategy is taken away', async () => {
    await use('master_wins');
    await useForSku('manual');
    const before = (await conflicts()).length;
    shop.edit(listing, 31, place());
    await eventually(async () => (await conflicts()).length > before);
    expect((await connector.get(`${CHANNEL}/mappings?sku=A`)).body['mappings']).toMatchObject([
      { status: 'conflict', conflictStrategy: 'manual' },
    ]);
    expect(shop.shown(listing, place())).toBe(31);
    const [{ conflictId } = {}] = await conflicts();
    await connector.post(`/sales-channel/conflicts/${String(conflictId)}/resolve`, { use: 'master' });
    await shows(5);
    await useForSku();
    shop.edit(listing, 32, place());
    await shows(5);
    expect((await drift())[0]).toMatchObject({ observed: 32, resolution: 'told again' });
  });
});

describe('an edit that a write of ours meets, of which no hook told', () => {
  beforeAll(() => shop.sendHooksTo({ url: connector.hookUrl('shop'), fate: () => 'lose' }));

  it('is written over where the master wins, with an entry', async () => {
    await use('master_wins');
    shop.edit(listing, 50, place());
    await connector.tell('shop', { A: 8 });
    await shows(8);
    expect((await drift())[0]).toMatchObject({ class: 'foreign_edit', expected: 8, observed: 50, resolution: 'told again' });
  });

  it('becomes ours where the channel wins, and ours is never written', async () => {
    await use('channel_wins');
    await connector.record('A', 'BER', 8);
    shop.edit(listing, 20, place());
    const writes = shop.log.of('inventorySetQuantities').length;
    await connector.tell('shop', { A: 9 });
    await eventually(async () => (await onHand()) === 20);
    expect(shop.shown(listing, place())).toBe(20);
    expect(shop.log.of('inventorySetQuantities').length).toBe(writes + 1);
    await connector.tell('shop', { A: 20 });
    await shows(20);
  });

  it('waits for a person where that is the strategy', async () => {
    await use('manual');
    const before = (await conflicts()).length;
    shop.edit(listing, 33, place());
    await connector.tell('shop', { A: 19 });
    await eventually(async () => (await conflicts()).length > before);
    expect(shop.shown(listing, place())).toBe(33);
    const [{ conflictId } = {}] = await conflicts();
    const resolve = (use: string) => connector.post(`/sales-channel/conflicts/${String(conflictId)}/resolve`, { use });
    const units = await unitsAt('BER');
    const answers = await Promise.all([resolve('master'), resolve('channel'), resolve('master')]);
    const [won] = answers.filter(({ status }) => status === 200);
    expect(answers.filter(({ status, body }) => status === 200 || body['code'] === 'conflict_resolved')).toHaveLength(3);
    expect(await unitsAt('BER')).toBe(won?.body['used'] === 'channel' ? 33 : units);
    if (won?.body['used'] === 'channel') await connector.record('A', 'BER', units ?? 0);
    await shows(19);
  });

  it('is decided by nobody once its listing is mapped no more, and books nothing', async () => {
    const before = (await conflicts()).length;
    shop.edit(listing, 44, place());
    await connector.tell('shop', { A: 18 });
    await eventually(async () => (await conflicts()).length > before);
    const [{ conflictId } = {}] = await conflicts();
    const units = await unitsAt('BER');
    await connector.put(`${CHANNEL}/mappings`, { mappings: [{ sku: 'A', listingId: null }] });
    expect((await conflicts())[0]).toMatchObject({ conflictId, outcome: 'ok', detail: 'ended: the listing is mapped no more' });
    const resolved = await connector.post(`/sales-channel/conflicts/${String(conflictId)}/resolve`, { use: 'channel' });
    expect(resolved).toMatchObject({ status: 409, body: { code: 'conflict_resolved', details: [{ used: 'nobody' }] } });
    expect(await unitsAt('BER')).toBe(units);
    await connector.put(`${CHANNEL}/mappings`, { mappings: [{ sku: 'A', listingId: listing }] });
    await shows(18);
  });
});
