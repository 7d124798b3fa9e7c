import { startAmazonSimulator, type AmazonSimulator } from '@holdfast/sandbox';
import { ConnectorUnderTest } from '../connector.js';
import { eventually } from '../scripted-receiver.js';

const CHANNEL = '/sales-channel/channels/amazon';
const SKUS = ['A', 'B', 'C/1 blue'];

let connector: ConnectorUnderTest;
let amazon: AmazonSimulator;

beforeAll(async () => {
  connector = await ConnectorUnderTest.start();
  amazon = await startAmazonSimulator({ applyMs: 50, feeds: { queuedMs: 500, workMs: 500 } });
  amazon.addListings(SKUS.map((sku) => ({ sku, quantity: 1 })));
  const put = await connector.put(CHANNEL, { provider: 'amazon', ...amazon.account });
  expect([put.status, put.body['code']]).toEqual([200, undefined]);
  const mappings = SKUS.map((sku) => ({ sku, listingId: sku }));
  expect((await connector.put(`${CHANNEL}/mappings`, { mappings })).status).toBe(200);
});
afterAll(async () => {
  await connector.stop();
  expect(amazon.log.violations).toEqual([]);
  await amazon.close();
});

const shown = (sku: string): number | undefined => amazon.listings().find(({ listingId }) => listingId === sku)?.quantity;
const shows = (sku: string, quantity: number): Promise<void> => eventually(() => shown(sku) === quantity);

/** Listings that go by a feed where they wait together. */
const MANY = Array.from({ length: 40 }, (_, index) => `M${String(index)}`);

describe('an Amazon channel', () => {
  it('is found in order by its test', async () => {
    const { status, body } = await connector.post(`${CHANNEL}/test`, {});
    expect(status).toBe(200);
    expect((body['checks'] as { readonly name: string; readonly ok: boolean }[]).map(({ name, ok }) => [name, ok])).toEqual(
      ['reachable', 'token', 'scopes', 'locations'].map((name) => [name, true]),
    );
  });

  it('refuses a queue without its keys, by name of the field', async () => {
    const { accessKeyId: _, ...credentials } = amazon.account.credentials;
    const { status, body } = await connector.put('/sales-channel/channels/other', {
      provider: 'amazon',
      settings: amazon.account.settings,
      credentials,
    });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('accessKeyId')]);
  });

  it('is told its figures, the newest last, and keeps the handling time', async () => {
    await connector.tell('amazon', { A: 5, B: 6, 'C/1 blue': 2 });
    await connector.tell('amazon', { A: 7 });
    await Promise.all([shows('A', 7), shows('B', 6), shows('C/1 blue', 2)]);
    expect(amazon.availability('A')).toMatchObject([{ lead_time_to_ship_max_days: 2 }]);
  });

  it('gets over tokens that expired, a throttle, a lost answer and a fault of the vendor', async () => {
    amazon.faults.next({ kind: 'expire_tokens' }, 1, 'patchListingsItem');
    await connector.tell('amazon', { A: 8 });
    await shows('A', 8);
    amazon.faults.next({ kind: 'throttle' }, 1, 'patchListingsItem');
    await connector.tell('amazon', { A: 9 });
    await shows('A', 9);
    amazon.faults.next({ kind: 'lose_answer' }, 1, 'patchListingsItem');
    await connector.tell('amazon', { A: 10 });
    await connector.tell('amazon', { A: 11 });
    await shows('A', 11);
    amazon.faults.next({ kind: 'server_error', status: 502 }, 1, 'patchListingsItem');
    await connector.tell('amazon', { A: 0 });
    await shows('A', 0);
  });

  it('keeps the others going where one listing is refused', async () => {
    amazon.faults.next({ kind: 'reject_listings', listingIds: ['A'], permanent: true }, 2, 'patchListingsItem');
    await connector.tell('amazon', { A: 3, B: 4 });
    await shows('B', 4);
    await eventually(async () => JSON.stringify((await connector.get(`${CHANNEL}/mappings`)).body).includes('8541'));
  });

  it('is discovered, and what was edited there by hand is found', async () => {
    const { status, body } = await connector.post(`${CHANNEL}/discover`, {});
    expect(status).toBe(202);
    const discovery = `${CHANNEL}/discoveries/${String(body['discoveryId'])}`;
    await eventually(async () => (await connector.get(discovery)).body['status'] === 'done');
    expect((await connector.get(discovery)).body['progress']).toMatchObject({ found: SKUS.length });
    amazon.edit('B', 40);
    const { body: compared } = await connector.post(`${CHANNEL}/reconcile?dryRun=true`, {});
    expect(compared['differences']).toContainEqual(expect.objectContaining({ sku: 'B', ours: 4, theirs: 40, class: 'foreign_edit' }));
  });

  it('tells much at once by a feed, and what changes meanwhile after it', async () => {
    amazon.addListings(MANY.map((sku) => ({ sku })));
    const settings = { ...amazon.account.settings, feedFrom: 30 };
    expect((await connector.put(CHANNEL, { provider: 'amazon', ...amazon.account, settings, syncInventory: false })).status).toBe(200);
    expect((await connector.put(`${CHANNEL}/mappings`, { mappings: MANY.map((sku) => ({ sku, listingId: sku })) })).status).toBe(200);
    await connector.tell('amazon', Object.fromEntries(MANY.map((sku) => [sku, 12])));
    await eventually(async () => JSON.stringify((await connector.get(`${CHANNEL}/mappings?limit=100`)).body).includes('M39'));
    await connector.put(CHANNEL, { syncInventory: true });
    await eventually(() => amazon.log.of('createFeed').length > 0);
    await connector.tell('amazon', { M0: 13 });
    await Promise.all([...MANY.slice(1).map((sku) => shows(sku, 12)), shows('M0', 13)]);
    expect(amazon.log.of('createFeed')).toHaveLength(1);
  });
});
