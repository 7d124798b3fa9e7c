import { newSecret } from '@holdfast/vendor-http';
import { ConnectorUnderTest } from '../../test/connector.js';
import { eventually, startScriptedReceiver, type ScriptedReceiver } from '../../test/scripted-receiver.js';

let connector: ConnectorUnderTest;
let shop: ScriptedReceiver;
let channelId: string;
let path: string;
let channels = 0;
const secret = newSecret();

beforeAll(async () => {
  connector = await ConnectorUnderTest.start();
});
afterAll(() => connector.stop());
beforeEach(async () => {
  shop = await startScriptedReceiver(secret, { status: 204 });
  channels += 1;
  channelId = `shop-${channels}`;
  path = `/sales-channel/channels/${channelId}/mappings`;
  await connector.put(`/sales-channel/channels/${channelId}`, { webhook: { url: shop.url, secret, callsPerSecond: 100 } });
});
afterEach(() => shop.close());

const map = (listings: Readonly<Record<string, string | null>>, more: object = {}) =>
  connector.put(path, { mappings: Object.entries(listings).map(([sku, listingId]) => ({ sku, listingId })), ...more });
const listed = async (query = '') =>
  (await connector.get(`${path}${query}`)).body as { mappings: Record<'sku' | 'listingId', unknown>[]; pagination: object };
const listings = async () => Object.fromEntries((await listed()).mappings.map(({ sku, listingId }) => [String(sku), String(listingId)]));

describe('mapping SKUs to listings', () => {
  it('adds and changes by default', async () => {
    expect((await map({ A: 'L-1', B: 'L-2' })).body).toEqual({ mapped: 2, removed: 0 });
    expect((await map({ B: 'L-3', C: 'L-2' })).body).toEqual({ mapped: 2, removed: 0 });
    expect(await listings()).toEqual({ A: 'L-1', B: 'L-3', C: 'L-2' });
  });

  it('replaces all when asked to', async () => {
    await map({ A: 'L-1', B: 'L-2', C: 'L-3' });
    expect((await map({ B: 'L-1' }, { mode: 'replace' })).body).toEqual({ mapped: 1, removed: 2 });
    expect(await listings()).toEqual({ B: 'L-1' });
    expect((await map({}, { mode: 'replace' })).body).toEqual({ mapped: 0, removed: 1 });
    expect(await listings()).toEqual({});
  });

  it('takes single SKUs off', async () => {
    await map({ A: 'L-1', B: 'L-2' });
    expect((await map({ A: null, NEVER: null })).body).toEqual({ mapped: 0, removed: 1 });
    expect(await listings()).toEqual({ B: 'L-2' });
  });

  it('lets SKUs trade listings, and tells both', async () => {
    await map({ A: 'L-1', B: 'L-2' });
    await connector.tell(channelId, { A: 5, B: 7 });
    await eventually(() => shop.figures()['L-1'] === 5 && shop.figures()['L-2'] === 7);
    await map({ A: 'L-2', B: 'L-1' });
    await eventually(() => shop.figures()['L-1'] === 7 && shop.figures()['L-2'] === 5);
  });

  it('tells nothing again that stayed as it was', async () => {
    await map({ A: 'L-1' });
    await connector.tell(channelId, { A: 5 });
    await eventually(() => shop.figures()['L-1'] === 5);
    await map({ A: 'L-1' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(shop.calls).toHaveLength(1);
  });

  it('takes 10,000 in one call, told in the background', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`SKU-${index}`, `L-${index}`]));
    await connector.tell(channelId, Object.fromEntries(Object.keys(many).map((sku, index) => [sku, index])));
    expect((await map(many)).body).toEqual({ mapped: 10_000, removed: 0 });
    await eventually(() => Object.keys(shop.figures()).length === 10_000);
    expect(shop.figures()['L-9999']).toBe(9_999);
  });

  it('shows what each listing was told, and where that failed', async () => {
    await map({ A: 'L-1', B: 'L-2' });
    await connector.tell(channelId, { A: 5 });
    await eventually(async () => (await listed('?status=ok')).mappings.length === 1);
    expect((await listed('?sku=A')).mappings).toEqual([
      {
        sku: 'A',
        listingId: 'L-1',
        conflictStrategy: null,
        quantity: 5,
        lastSync: expect.any(String),
        status: 'ok',
        error: null,
        conflictId: null,
      },
    ]);
    expect((await listed('?status=stale')).mappings).toMatchObject([{ sku: 'B', quantity: null, lastSync: null }]);
    shop.answerFromNow({ status: 500 });
    await connector.tell(channelId, { B: 7 });
    await eventually(async () => (await listed('?status=error')).mappings.length === 1);
    expect((await listed('?status=error')).mappings).toMatchObject([{ sku: 'B', error: 'receiver answered 500' }]);
    expect(await listed('?limit=1&page=2')).toMatchObject({
      mappings: [{ sku: 'B' }],
      pagination: { page: 2, pageSize: 1, total: 2, totalPages: 2 },
    });
  });

  it('catches up after a restart with what happened meanwhile', async () => {
    await map({ A: 'L-1' });
    await connector.tell(channelId, { A: 5 });
    await eventually(() => shop.figures()['L-1'] === 5);
    await connector.restart(() => connector.tell(channelId, { A: 4 }));
    await eventually(() => shop.figures()['L-1'] === 4);
  });
});

describe('what is refused', () => {
  it.each<[string, unknown, string]>([
    ['malformed JSON', '[', 'malformed_json'],
    ['no mappings', {}, 'validation_failed'],
    ['a mapping without a listing', { mappings: [{ sku: 'A' }] }, 'validation_failed'],
    ['a malformed SKU', { mappings: [{ sku: 'a\u0000', listingId: 'L' }] }, 'validation_failed'],
    ['an unknown mode', { mappings: [], mode: 'guess' }, 'validation_failed'],
    ['an unknown strategy', { mappings: [{ sku: 'A', listingId: 'L', conflictStrategy: 'x' }] }, 'validation_failed'],
    [
      'more than 10,000',
      { mappings: Array.from({ length: 10_001 }, (_, index) => ({ sku: `S${index}`, listingId: `L${index}` })) },
      'too_many_lines',
    ],
  ])('%s', async (_what, body, code) => {
    expect(await connector.put(path, body)).toMatchObject({ status: 400, body: { code } });
  });

  it('a SKU or a listing named twice', async () => {
    const mappings = [
      { sku: 'A', listingId: 'L-1' },
      { sku: 'A', listingId: 'L-2' },
      { sku: 'B', listingId: 'L-1' },
    ];
    expect(await connector.put(path, { mappings })).toMatchObject({
      status: 400,
      body: { details: [{ field: 'mappings[1].sku' }, { field: 'mappings[2].listingId' }] },
    });
  });

  it('a listing that belongs to another SKU, and then changes nothing', async () => {
    await map({ A: 'L-1' });
    expect(await map({ B: 'L-1', C: 'L-3' })).toMatchObject({
      status: 409,
      body: { code: 'listing_already_mapped', details: [{ listingId: 'L-1', sku: 'A' }] },
    });
    expect(await listings()).toEqual({ A: 'L-1' });
  });

  it('an unknown channel', async () => {
    const elsewhere = '/sales-channel/channels/nowhere/mappings';
    expect(await connector.put(elsewhere, { mappings: [] })).toMatchObject({ status: 404, body: { code: 'unknown_channel' } });
    expect(await connector.get(elsewhere)).toMatchObject({ status: 404, body: { code: 'unknown_channel' } });
  });
});
