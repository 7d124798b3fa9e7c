import { createLogger, loadConfig } from '@holdfast/platform';
import { realClock, startShopifySimulator } from '@holdfast/sandbox';
import { answered, Api, eventually, startTestPostgres, unique, type TestPostgres } from '@holdfast/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandalone, type Standalone } from '../src/standalone.js';

interface Batch {
  readonly batch: { readonly id: string };
  readonly lines: readonly { readonly sku: string; readonly status: string; readonly bookQuantity?: number; readonly variance?: number }[];
}

const MINUTE_MS = 60_000;
const RESERVE = '/sales-channel/inventory/reserve';
const COMMIT =
  'mutation($input: ReservationPartInput!) { reservationCommit(input: $input) { reservation { status } userErrors { code } } }';
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

describe('sales that are told of after a count', () => {
  let postgres: TestPostgres;
  let holdfast: Standalone;
  let folder: string;
  let api: Api;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    folder = mkdtempSync(join(tmpdir(), 'holdfast-sold-at-'));
    const config = loadConfig({
      DATABASE_URL: postgres.connectionString,
      HOLDFAST_DATA: folder,
      HOLDFAST_API_KEY: 'hf_sold_at_of_the_tests_0123456789',
      HOLDFAST_SAMPLE: '0',
      HOLDFAST_WEBHOOK_PRIVATE: '1',
      HOLDFAST_LOG_LEVEL: 'silent',
      PORT: '0',
    });
    holdfast = await startStandalone(config, createLogger(config, 'test'));
    api = new Api(holdfast.url, holdfast.key);
    await api.post('/api/locations', { locationId: 'EAST', name: 'East' });
  });
  afterAll(async () => {
    await holdfast.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const done = async <Body>(answer: ReturnType<Api['post']>): Promise<Body> => {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(`${String(status)} ${JSON.stringify(body)}`);
    return body as Body;
  };
  const stocked = async (name: string): Promise<string> => {
    const sku = unique(name);
    await done(api.post('/api/inventory/record-stock', { sku, locationId: 'EAST', quantity: 100 }));
    return sku;
  };
  const reserved = async (skus: readonly string[], more: object = {}): Promise<string> => {
    const items = skus.map((sku) => ({ sku, quantity: 5 }));
    const body = await done<{ reservationId: string }>(api.post(RESERVE, { items, orderId: unique('order'), ...more }));
    return body.reservationId;
  };
  const committed = (reservationId: string, more: object = {}) =>
    done(api.post(`/sales-channel/inventory/reservation/${reservationId}/commit`, more));

  it('are part of what it is compared with where they say that they were made before it, and else are left alone', async () => {
    const names = ['commit', 'reserve', 'commit-wins', 'several-1', 'several-2', 'graphql', 'later'];
    const skus = await Promise.all(names.map(stocked));
    const [commit = '', reserve = '', commitWins = '', several1 = '', several2 = '', graphql = '', later = ''] = skus;
    const { batch } = await done<Batch>(api.post('/cycle-count', { locationId: 'EAST', lines: skus.map((sku) => ({ sku })) }));
    const countedAt = new Date().toISOString();
    const notSold = new Set([commitWins, later]);
    const lines = skus.map((sku, place) => ({ lineId: String(place + 1), quantity: notSold.has(sku) ? 100 : 95, countedAt }));
    await done(api.post(`/api/inventory/cycle-count/${batch.id}`, { action: 'record', lines }));

    const before = { soldAt: ago(MINUTE_MS) };
    await committed(await reserved([commit]), before);
    await committed(await reserved([reserve], before));
    await committed(await reserved([commitWins], before), { soldAt: new Date().toISOString() });
    await committed(await reserved([several1, several2], before));
    const input = { reservationId: await reserved([graphql]), idempotencyKey: unique('key'), ...before };
    expect((await api.post('/graphql', { query: COMMIT, variables: { input } })).body).toMatchObject({
      data: { reservationCommit: { reservation: { status: 'committed' }, userErrors: [] } },
    });
    await committed(await reserved([later]));

    await done(api.post(`/api/inventory/cycle-count/${batch.id}`, { action: 'submit' }));
    const shown = await answered<Batch>(() => api.get(`/api/inventory/cycle-count/${batch.id}`));
    expect(shown.lines).toMatchObject(
      skus.map((sku) => ({ sku, status: 'equal', bookQuantity: notSold.has(sku) ? 100 : 95, variance: 0 })),
    );
  });

  it('are part of it where a channel tells of its order after it, also where more was sold than was there', async () => {
    const skus = await Promise.all(['order', 'beyond'].map(stocked));
    const [covered = '', beyond = ''] = skus;
    const soldAt = Date.now();
    let shopTime: number | undefined;
    const clock = { ...realClock, now: () => shopTime ?? Date.now() };
    const shopify = await startShopifySimulator({ locations: ['EAST'], clock });
    const [channelId, channel] = ['shopify', '/sales-channel/channels/shopify'];
    const listingIds = shopify.addListings(skus.map((sku) => ({ sku, quantity: 100 })));
    await done(api.put(channel, { name: 'Shopify', provider: 'shopify', ...shopify.account }));
    await done(api.put(`${channel}/mappings`, { mappings: skus.map((sku, index) => ({ sku, listingId: listingIds[index] })) }));
    shopify.sendHooksTo({ url: `${holdfast.url}/hooks/${channelId}?tenant=demo` });

    const { batch } = await done<Batch>(api.post('/cycle-count', { locationId: 'EAST', lines: skus.map((sku) => ({ sku })) }));
    const countedAt = new Date().toISOString();
    const lines = [95, 0].map((quantity, index) => ({ lineId: String(index + 1), quantity, countedAt }));
    await done(api.post(`/api/inventory/cycle-count/${batch.id}`, { action: 'record', lines }));
    await done(api.post(RESERVE, { items: [{ sku: beyond, quantity: 100 }], orderId: unique('order') }));
    shopTime = soldAt;
    shopify.sell([
      { listingId: listingIds[0] ?? '', quantity: 5 },
      { listingId: listingIds[1] ?? '', quantity: 100 },
    ]);
    shopTime = undefined;
    for (const [sku, quantity] of [
      [covered, 95],
      [beyond, 0],
    ] as const)
      await eventually(
        async () =>
          (await api.get(`/api/inventory?productMasterId=${sku}&locationId=EAST`)).body as { items: { quantityOnHand: number }[] },
        ({ items }) => items[0]?.quantityOnHand === quantity,
      );

    await done(api.post(`/api/inventory/cycle-count/${batch.id}`, { action: 'submit' }));
    const shown = await answered<Batch>(() => api.get(`/api/inventory/cycle-count/${batch.id}`));
    await shopify.close();
    expect(shown.lines).toMatchObject([
      { sku: covered, status: 'equal', bookQuantity: 95, variance: 0 },
      { sku: beyond, status: 'equal', bookQuantity: 0, variance: 0 },
    ]);
  });

  it('are a fault of the body where they lie ahead, too far back or are no time, and another request under the same key', async () => {
    const sku = await stocked('refused');
    const reservationId = await reserved([sku]);
    const order = { items: [{ sku, quantity: 1 }], orderId: unique('order') };
    const path = `/sales-channel/inventory/reservation/${reservationId}/commit`;
    for (const soldAt of [ago(-6 * MINUTE_MS), ago(31 * 86_400_000 + MINUTE_MS), 'yesterday']) {
      const fault = { status: 400, body: { code: 'validation_failed', details: [{ field: 'soldAt' }] } };
      expect(await api.post(RESERVE, { ...order, soldAt })).toMatchObject(fault);
      expect(await api.post(path, { soldAt })).toMatchObject(fault);
    }
    const keyed = api.with({ 'idempotency-key': unique('key') });
    const soldAt = ago(MINUTE_MS);
    const first = await keyed.post(path, { soldAt });
    expect(first).toMatchObject({ status: 200, body: { status: 'committed' } });
    expect(await keyed.post(path, { soldAt })).toMatchObject({ status: 200, body: first.body });
    expect(await keyed.post(path, { soldAt: ago(2 * MINUTE_MS) })).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
  });
});
