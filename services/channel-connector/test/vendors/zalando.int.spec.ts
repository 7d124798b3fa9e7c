import { startZalandoSimulator, type ZalandoSimulator } from '@holdfast/sandbox';
import { ConnectorUnderTest } from '../connector.js';
import { eventually } from '../scripted-receiver.js';

const CHANNEL = '/sales-channel/channels/zalando';

let connector: ConnectorUnderTest;
let zalando: ZalandoSimulator;
let one: string;
let two: string;

beforeAll(async () => {
  connector = await ConnectorUnderTest.start();
  zalando = await startZalandoSimulator();
  [one = '', two = ''] = zalando.addListings([
    { sku: 'A', quantity: 1 },
    { sku: 'B', quantity: 1 },
  ]);
  const put = await connector.put(CHANNEL, { provider: 'zalando', ...zalando.account });
  expect([put.status, put.body['code']]).toEqual([200, undefined]);
  const mappings = [
    { sku: 'A', listingId: one },
    { sku: 'B', listingId: two },
    { sku: 'C', listingId: '4006381333932' },
  ];
  expect((await connector.put(`${CHANNEL}/mappings`, { mappings })).status).toBe(200);
});
afterAll(async () => {
  await connector.stop();
  expect(zalando.log.violations).toEqual([]);
  await zalando.close();
});

const shown = (ean: string): readonly number[] =>
  zalando.listings().flatMap(({ listingId, quantity }) => (listingId === ean ? [quantity] : []));
const shows = (ean: string, quantity: number): Promise<void> => eventually(() => shown(ean).every((figure) => figure === quantity));

describe('a Zalando channel', () => {
  it('is found in order by its test', async () => {
    const { status, body } = await connector.post(`${CHANNEL}/test`, {});
    expect(status).toBe(200);
    expect((body['checks'] as { readonly name: string; readonly ok: boolean }[]).map(({ name, ok }) => [name, ok])).toEqual(
      ['reachable', 'token', 'scopes', 'locations'].map((name) => [name, true]),
    );
  });

  it('refuses a merchant id that is no UUID, by name of the field', async () => {
    const settings = { ...zalando.account.settings, merchantId: 'shop' };
    const { status, body } = await connector.put('/sales-channel/channels/other', { provider: 'zalando', ...zalando.account, settings });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('merchantId')]);
  });

  it('is told its figures at every sales channel, the newest last', async () => {
    await connector.tell('zalando', { A: 5, B: 6 });
    await connector.tell('zalando', { A: 7 });
    await Promise.all([shows(one, 7), shows(two, 6)]);
  });

  it('gets over tokens that expired, a throttle, a lost answer and a fault of the vendor', async () => {
    zalando.faults.next({ kind: 'expire_tokens' }, 1, 'stocks');
    await connector.tell('zalando', { A: 8 });
    await shows(one, 8);
    zalando.faults.next({ kind: 'throttle', retryAfterMs: 1_000 }, 1, 'stocks');
    await connector.tell('zalando', { A: 9 });
    await shows(one, 9);
    zalando.faults.next({ kind: 'lose_answer' }, 1, 'stocks');
    await connector.tell('zalando', { A: 10 });
    await connector.tell('zalando', { A: 11 });
    await shows(one, 11);
    zalando.faults.next({ kind: 'server_error', status: 502 }, 1, 'stocks');
    await connector.tell('zalando', { A: 0 });
    await shows(one, 0);
  });

  it('keeps the others going where one listing is refused, and says why', async () => {
    await connector.tell('zalando', { B: 4, C: 3 });
    await shows(two, 4);
    await eventually(async () => JSON.stringify((await connector.get(`${CHANNEL}/mappings`)).body).includes('is no EAN'));
  });
});
