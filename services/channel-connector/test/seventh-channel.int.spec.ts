import { PROVIDERS } from '../src/providers/registry.js';
import { ConnectorUnderTest } from './connector.js';
import { eventually } from './scripted-receiver.js';
import { smallProvider } from './small-provider.js';
import { startSmallShop } from './small-shop.js';

const CHANNEL = '/sales-channel/channels/corner';
const KEY = 'key-of-the-shop';

let connector: ConnectorUnderTest;
let shop: Awaited<ReturnType<typeof startSmallShop>>;

beforeAll(async () => {
  connector = await ConnectorUnderTest.start({ kinds: [...PROVIDERS, smallProvider] });
  shop = await startSmallShop(KEY, [
    { id: 'a/1', sku: 'A' },
    { id: 'b/2', sku: 'B' },
  ]);
});
afterAll(async () => {
  await connector.stop();
  await shop.close();
});

const put = (credentials: object) => connector.put(CHANNEL, { provider: 'small', settings: { baseUrl: shop.url }, credentials });
const test = async () => {
  const { body } = await connector.post(`${CHANNEL}/test`, {});
  return (body['checks'] as { readonly name: string; readonly ok: boolean }[]).map(({ name, ok }) => [name, ok]);
};

describe('a kind of channel that is one folder and one line in the registry', () => {
  it('is checked by its own classes when it is set up', async () => {
    const { status, body } = await put({});
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('credentials.key')]);
  });

  it('says in its test that the key is refused, and that a right one is taken', async () => {
    expect((await put({ key: 'another' })).status).toBe(200);
    expect(await test()).toEqual([
      ['reachable', true],
      ['token', false],
    ]);
    expect((await put({ key: KEY })).status).toBe(200);
    expect(await test()).toEqual([['reachable', true]]);
  });

  it('never answers its credentials', async () => {
    const { body } = await connector.get(CHANNEL);
    expect(body['credentials']).toEqual(['key']);
    expect(JSON.stringify(body)).not.toContain(KEY);
  });

  it('is told the figures of mapped SKUs, the newest last, and says which listing the shop does not have', async () => {
    const mappings = [
      { sku: 'A', listingId: 'a/1' },
      { sku: 'B', listingId: 'b/2' },
      { sku: 'C', listingId: 'unknown' },
    ];
    expect((await connector.put(`${CHANNEL}/mappings`, { mappings })).status).toBe(200);
    await connector.tell('corner', { A: 5, B: 6, C: 7 });
    await connector.tell('corner', { A: 0 });
    await eventually(() => shop.shown.get('a/1') === 0 && shop.shown.get('b/2') === 6);
    await eventually(async () => JSON.stringify((await connector.get(`${CHANNEL}/mappings?status=error`)).body).includes('answered 404'));
  });

  it('is discovered', async () => {
    const { status, body } = await connector.post(`${CHANNEL}/discover`, {}, { key: 'discover-corner' });
    expect(status).toBe(202);
    const discovery = `${CHANNEL}/discoveries/${String(body['discoveryId'])}`;
    await eventually(async () => (await connector.get(discovery)).body['status'] === 'done');
    const listings = (await connector.get(discovery)).body['listings'] as { readonly listingId: string; readonly match: string }[];
    expect(listings.map(({ listingId, match }) => [listingId, match])).toEqual([
      ['a/1', 'by_sku'],
      ['b/2', 'by_sku'],
    ]);
  });
});
