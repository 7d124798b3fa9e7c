import { startShopifySimulator, type ShopifySimulator } from '@holdfast/sandbox';
import { ConnectorUnderTest } from '../connector.js';
import { eventually } from '../scripted-receiver.js';

// What opens an account: it is in no line of the log and in no answer, and a new one takes effect while a sync goes on.

const CHANNEL = '/sales-channel/channels/shop';
const SKUS = Array.from({ length: 1_000 }, (_none, index) => `S${String(index)}`);
const ALL_SHOWN_MS = 20_000;

let connector: ConnectorUnderTest;
let shop: ShopifySimulator;
let listingIds: readonly string[];
let lines: string[] = [];
let answers: string[] = [];
const tokens = new Set<string>();

beforeAll(async () => {
  connector = await ConnectorUnderTest.start({ log: (line) => lines.push(line) });
  shop = await startShopifySimulator({
    limits: 'none',
    onCall: (_operation, { headers }) => tokens.add(String(headers['x-shopify-access-token'] ?? '')),
  });
  listingIds = shop.addListings(SKUS.map((sku) => ({ sku, quantity: 1 })));
});
afterAll(async () => {
  await connector.stop();
  await shop.close();
});
beforeEach(() => {
  lines = [];
  answers = [];
});

const asked = async (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) => {
  const answer = await connector.call(method, path, body);
  answers.push(JSON.stringify(answer.body));
  return answer;
};
const place = (): string => shop.account.locations?.[0]?.remoteId ?? '';
const account = () => ({ provider: 'shopify', ...shop.account, locations: (shop.account.locations ?? []).slice(0, 1) });
const countShowing = (quantity: number): number => listingIds.filter((listingId) => shop.shown(listingId, place()) === quantity).length;
const tellAll = (quantity: number): Promise<void> => connector.tell('shop', Object.fromEntries(SKUS.map((sku) => [sku, quantity])));
const delivery = async (): Promise<Readonly<Record<string, unknown>>> =>
  (await asked('GET', CHANNEL)).body['delivery'] as Readonly<Record<string, unknown>>;

describe('the credentials of a channel', () => {
  it('are in no line of the log and in no answer: set up, tested, used, refused and put again', async () => {
    expect((await asked('PUT', CHANNEL, account())).status).toBe(200);
    const mappings = SKUS.map((sku, index) => ({ sku, listingId: listingIds[index] ?? '' }));
    expect((await asked('PUT', `${CHANNEL}/mappings`, { mappings })).status).toBe(200);
    expect((await asked('POST', `${CHANNEL}/test`)).status).toBe(200);
    await tellAll(7);
    await eventually(() => countShowing(7) === SKUS.length);

    shop.faults.credentialsRevoked = true;
    shop.faults.next({ kind: 'expire_tokens' });
    await tellAll(8);
    await eventually(async () => (await delivery())['status'] === 'failing');
    expect((await asked('POST', `${CHANNEL}/test`)).body['checks']).toContainEqual(expect.objectContaining({ name: 'token', ok: false }));
    expect((await asked('PUT', CHANNEL, { credentials: { clientSecret: 7 } })).status).toBe(400);
    expect((await connector.hook('shop', '{}', { 'x-shopify-hmac-sha256': 'AAAA', 'x-shopify-topic': 'orders/create' })).status).toBe(401);
    shop.faults.clear();
    expect((await asked('PUT', CHANNEL, account())).status).toBe(200);
    await eventually(() => countShowing(8) === SKUS.length);

    const { clientSecret = '', webhookSecret = '' } = shop.account.credentials;
    const secrets = [clientSecret, webhookSecret, ...tokens].filter((text) => text !== '');
    expect(tokens.size).toBeGreaterThan(1);
    for (const told of [':channelId/test', 'a hook was refused']) expect(lines.some((line) => line.includes(told))).toBe(true);
    for (const text of [...lines, ...answers]) for (const secret of secrets) expect(text).not.toContain(secret);
  });

  it('are replaced while a sync goes on, which neither fails nor pauses when the former ones are revoked', async () => {
    shop.faults.next({ kind: 'slow_answer', ms: 200 }, 1_000_000, 'inventorySetQuantities');
    await tellAll(9);
    await eventually(() => countShowing(9) > 0);
    const clientSecret = shop.addSecret();
    expect((await asked('PUT', CHANNEL, { credentials: { clientSecret } })).status).toBe(200);
    shop.revokeOlderSecrets();
    expect(countShowing(9)).toBeLessThan(SKUS.length);
    const seen = new Set<unknown>();
    await eventually(async () => {
      seen.add((await delivery())['status']);
      return countShowing(9) === SKUS.length;
    }, ALL_SHOWN_MS);
    expect([...seen]).toEqual(['ok']);
    expect(shop.log.violations).toEqual([]);
  });
});
