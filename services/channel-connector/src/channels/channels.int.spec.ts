import { Sealer } from '@holdfast/kit';
import { isSigningSecret, newSecret } from '@holdfast/vendor-http';
import { ConnectorUnderTest } from '../../test/connector.js';
import { eventually, startScriptedReceiver, type ScriptedReceiver } from '../../test/scripted-receiver.js';

let connector: ConnectorUnderTest;
const receivers: ScriptedReceiver[] = [];

beforeAll(async () => {
  connector = await ConnectorUnderTest.start();
});
afterAll(() => connector.stop());
afterEach(async () => {
  for (const receiver of receivers.splice(0)) await receiver.close();
});

let channels = 0;
const newChannel = () => `channel-${(channels += 1)}`;
const pathOf = (channelId: string) => `/sales-channel/channels/${channelId}`;
const webhook = { url: 'http://127.0.0.1:9/hook', secret: newSecret() };

async function receiver(secret: string): Promise<ScriptedReceiver> {
  const started = await startScriptedReceiver(secret, { status: 204 });
  receivers.push(started);
  return started;
}

describe('two changes of one channel at once', () => {
  it('both count, in the event stream and in the settings of delivery', async () => {
    const id = newChannel();
    await connector.put(pathOf(id), { name: 'first', webhook });
    const changes = [
      { policy: { bufferUnits: 3 } },
      { policy: { bufferPercent: 7 } },
      { name: 'second' },
      { channelType: 'SHOP' },
      { syncInventory: false },
      { conflictStrategy: 'manual' },
      { webhook: { url: webhook.url, callsPerSecond: 7 } },
    ];
    const answers = await Promise.all(changes.map((change) => connector.put(pathOf(id), change)));
    expect(answers.map(({ status }) => status)).toEqual(changes.map(() => 200));
    expect((await connector.get(pathOf(id))).body).toMatchObject({
      name: 'second',
      channelType: 'SHOP',
      policy: { bufferUnits: 3, bufferPercent: 7 },
      syncInventory: false,
      conflictStrategy: 'manual',
      webhook: { callsPerSecond: 7 },
    });
  });
});

describe('what a channel has spent of its limits', () => {
  const ebay = (callsPerDay: number) => ({
    provider: 'ebay',
    settings: { marketplaceId: 'EBAY_US', baseUrl: 'http://127.0.0.1:9', callsPerDay },
    credentials: { clientId: 'c', clientSecret: 's', refreshToken: 'r' },
  });
  const spending = async (id: string) =>
    (await connector.runtime.database.pool.query('SELECT name FROM channels.spending WHERE channel_id = $1', [id])).rows;

  it('counts on under other settings, and not for another vendor', async () => {
    const id = newChannel();
    await connector.put(pathOf(id), ebay(1_000));
    await connector.runtime.database.pool.query(
      `INSERT INTO channels.spending (tenant, channel_id, name, level, at, not_before) VALUES ('demo', $1, 'spent', 1, 0, 0)`,
      [id],
    );
    expect(await connector.put(pathOf(id), ebay(2_000))).toMatchObject({ status: 200 });
    expect(await spending(id)).toContainEqual({ name: 'spent' });
    expect(await connector.put(pathOf(id), { provider: 'webhook', webhook })).toMatchObject({ status: 200 });
    expect(await spending(id)).not.toContainEqual({ name: 'spent' });
  });
});

describe('a channel whose address changes', () => {
  it('is asked for its credentials again, so that they go to no host they were not given for', async () => {
    const id = newChannel();
    const credentials = { clientId: 'c', clientSecret: 's', refreshToken: 'r' };
    const ebay = (baseUrl: string, more: object = {}) =>
      connector.put(pathOf(id), { provider: 'ebay', settings: { marketplaceId: 'EBAY_US', baseUrl }, ...more });
    await ebay('http://127.0.0.1:9', { credentials });
    expect(await ebay('http://127.0.0.1:9/v1')).toMatchObject({ status: 200 });
    const details = Object.keys(credentials).map((name) => ({ field: `credentials.${name}` }));
    expect(await ebay('http://127.0.0.1:10')).toMatchObject({ status: 400, body: { code: 'credentials_required', details } });
    expect((await connector.get(pathOf(id))).body).toMatchObject({ settings: { baseUrl: 'http://127.0.0.1:9/v1' } });
    expect(await ebay('http://127.0.0.1:10', { credentials })).toMatchObject({ status: 200 });
  });
});

describe('disabling a channel', () => {
  const act = (id: string, what: 'disable' | 'enable') => connector.post(`${pathOf(id)}/${what}`, undefined);
  const remove = (id: string) => connector.call('DELETE', pathOf(id));

  it('is told by an event, undone by enabling, and nothing when done again', async () => {
    const id = newChannel();
    await connector.put(pathOf(id), { name: 'Shop', policy: { bufferUnits: 4 }, webhook });
    expect(await act(id, 'disable')).toMatchObject({ status: 200, body: { channelId: id, enabled: false } });
    const events = await connector.runtime.eventStore.readStream('channels-demo');
    expect(events.at(-1)).toMatchObject({ type: 'ChannelDisabled.v1', data: { channelId: id } });
    expect(await act(id, 'disable')).toMatchObject({ status: 200, body: { enabled: false } });
    expect(await connector.runtime.eventStore.readStream('channels-demo')).toHaveLength(events.length);
    const enabled = await act(id, 'enable');
    expect(enabled).toMatchObject({ status: 200, body: { enabled: true, name: 'Shop', policy: { bufferUnits: 4 } } });
    expect(Number(enabled.position)).toBeGreaterThan(0);
  });

  it('comes before removing it, which forgets its listings and makes room for another', async () => {
    const id = newChannel();
    await connector.put(pathOf(id), { webhook });
    await connector.put(`${pathOf(id)}/mappings`, { mappings: [{ sku: 'A', listingId: 'L-A' }] });
    expect(await remove(id)).toMatchObject({ status: 409, body: { code: 'channel_enabled' } });
    await act(id, 'disable');
    expect(await remove(id)).toMatchObject({ status: 204 });
    expect(await connector.get(pathOf(id))).toMatchObject({ status: 404, body: { code: 'unknown_channel' } });
    expect(await remove(id)).toMatchObject({ status: 404, body: { code: 'unknown_channel' } });
    const { rows } = await connector.runtime.database.pool.query('SELECT 1 FROM channels.listing WHERE channel_id = $1', [id]);
    expect(rows).toEqual([]);
  });

  it('needs a channel that exists and the permission', async () => {
    expect(await act('nobody', 'disable')).toMatchObject({ status: 404, body: { code: 'unknown_channel' } });
    expect(await act('nobody', 'enable')).toMatchObject({ status: 404, body: { code: 'unknown_channel' } });
    const reader = { permissions: ['channels.read'] };
    for (const path of ['disable', 'enable'])
      expect(await connector.post(`${pathOf('x')}/${path}`, undefined, reader)).toMatchObject({ status: 403 });
    expect(await connector.call('DELETE', pathOf('x'), undefined, reader)).toMatchObject({ status: 403 });
  });
});

describe('a channel whose credentials were sealed under a key that is lost', () => {
  it('says so, sends nothing, and goes on once they are put again', async () => {
    const id = newChannel();
    const secret = newSecret();
    const shop = await receiver(secret);
    await connector.put(pathOf(id), { webhook: { url: shop.url, secret } });
    await connector.put(`${pathOf(id)}/mappings`, { mappings: [{ sku: 'LOST-KEY', listingId: 'L-1' }] });
    const sealedElsewhere = new Sealer('a key that this installation does not have').seal('{}', 'somewhere');
    const sql = 'UPDATE channels.channel SET credentials = $2, revision = revision + 1 WHERE channel_id = $1';
    await connector.runtime.database.pool.query(sql, [id, sealedElsewhere]);
    await connector.tell(id, { 'LOST-KEY': 4 });
    await eventually(async () => JSON.stringify((await connector.get(pathOf(id))).body['delivery']).includes('unsealed'));
    expect((await connector.post(`${pathOf(id)}/test`, undefined)).body).toMatchObject({ checks: [{ name: 'token', ok: false }] });
    expect(shop.figures()).toEqual({});
    expect((await connector.put(pathOf(id), { webhook: { url: shop.url, secret } })).status).toBe(200);
    await eventually(() => shop.figures()['L-1'] === 4);
  });
});

describe('enabling a channel', () => {
  it('answers with all that holds for it, and keeps its policy in the event stream', async () => {
    const id = newChannel();
    const { status, body, position } = await connector.put(pathOf(id), {
      name: 'Web shop',
      channelType: 'E_COMMERCE',
      provider: 'webhook',
      syncInventory: true,
      conflictStrategy: 'lower_wins',
      policy: { bufferUnits: 2, bufferPercent: 10, lowThreshold: 8, criticalThreshold: 1 },
      webhook,
    });
    expect(status).toBe(200);
    expect(position).toMatch(/^\d+$/);
    expect(body).toEqual({
      channelId: id,
      name: 'Web shop',
      enabled: true,
      channelType: 'E_COMMERCE',
      provider: 'webhook',
      syncInventory: true,
      conflictStrategy: 'lower_wins',
      staleAfter: null,
      reconcileEverySeconds: 3_600,
      orderWithinSeconds: 1_800,
      policy: { policyId: id, bufferUnits: 2, bufferPercent: 10, lowThreshold: 8, criticalThreshold: 1 },
      sourcePolicy: { name: 'priority' },
      ttl: null,
      webhook: { url: webhook.url, callsPerSecond: 20 },
      settings: { url: webhook.url },
      credentials: ['secret'],
      locations: [],
      delivery: { status: 'ok', failures: 0, due: 0, lastSuccess: null, error: null, retryAt: null },
    });
    const events = await connector.runtime.eventStore.readStream('channels-demo');
    expect(events.at(-1)).toMatchObject({
      type: 'ChannelEnabled.v1',
      data: { channelId: id, policy: { bufferUnits: 2 } },
      metadata: { actor: 'key-1' },
    });
    expect((await connector.get(pathOf(id))).body).toEqual(body);
  });

  it('takes what is left out from before, or from the defaults', async () => {
    const id = newChannel();
    const first = await connector.put(pathOf(id), { webhook });
    expect(first.body).toMatchObject({
      name: id,
      channelType: 'E_COMMERCE',
      syncInventory: true,
      conflictStrategy: 'master_wins',
      policy: { policyId: 'default', bufferUnits: 0, bufferPercent: 0, lowThreshold: 10, criticalThreshold: 0 },
    });
    await connector.put(pathOf(id), { name: 'Shop', policy: { bufferUnits: 3 } });
    const last = await connector.put(pathOf(id), { syncInventory: false });
    expect(last.body).toMatchObject({
      name: 'Shop',
      syncInventory: false,
      policy: { bufferUnits: 3, lowThreshold: 10 },
      webhook: { url: webhook.url },
    });
  });

  it('is compared as often as it says, and anew from a place by chance where that changes', async () => {
    const id = newChannel();
    const view = { reconcileEverySeconds: 900, orderWithinSeconds: 0 };
    expect((await connector.put(pathOf(id), { webhook, ...view })).body).toMatchObject(view);
    expect((await connector.put(pathOf(id), { name: 'Shop' })).body).toMatchObject(view);
    for (const [field, value] of [
      ['reconcileEverySeconds', 299],
      ['reconcileEverySeconds', 604_801],
      ['orderWithinSeconds', -1],
      ['orderWithinSeconds', 86_401],
    ] as const)
      expect(await connector.put(pathOf(id), { [field]: value })).toMatchObject({ status: 400, body: { details: [{ field }] } });

    const { pool } = connector.runtime.database;
    const placeIn = async (): Promise<number> =>
      (
        await pool.query<{ seconds: number }>(
          `SELECT coalesce(extract(epoch FROM reconcile_at - now()), -1)::float8 AS seconds FROM channels.channel WHERE channel_id = $1`,
          [id],
        )
      ).rows[0]?.seconds ?? -1;
    await pool.query(`UPDATE channels.channel SET reconcile_at = now() + interval '1 day' WHERE channel_id = $1`, [id]);
    await connector.put(pathOf(id), { reconcileEverySeconds: 900 });
    expect(await placeIn()).toBeGreaterThan(86_000);
    await connector.put(pathOf(id), { reconcileEverySeconds: 600 });
    await eventually(async () => (await placeIn()) > 0);
    expect(await placeIn()).toBeLessThanOrEqual(600);
  });

  it('makes a secret when none is given, shows it once, and signs with it', async () => {
    const id = newChannel();
    const made = await connector.put(pathOf(id), { webhook: { url: webhook.url } });
    const { secret } = made.body['webhook'] as { secret: string };
    expect(isSigningSecret(secret)).toBe(true);
    for (const answer of [
      await connector.get(pathOf(id)),
      await connector.get('/sales-channel/channels'),
      await connector.put(pathOf(id), { name: 'X' }),
    ])
      expect(JSON.stringify(answer.body)).not.toContain('whsec_');

    const shop = await receiver(secret);
    await connector.put(pathOf(id), { webhook: { url: shop.url } });
    await connector.put(`${pathOf(id)}/mappings`, { mappings: [{ sku: 'A', listingId: 'L-A' }] });
    await connector.tell(id, { A: 3 });
    await eventually(() => shop.figures()['L-A'] === 3);
  });

  it('tells another receiver everything', async () => {
    const id = newChannel();
    const [first, second] = [await receiver(webhook.secret), await receiver(webhook.secret)];
    await connector.put(pathOf(id), { webhook: { ...webhook, url: first.url } });
    await connector.put(`${pathOf(id)}/mappings`, { mappings: [{ sku: 'A', listingId: 'L-A' }] });
    await connector.tell(id, { A: 3 });
    await eventually(() => first.figures()['L-A'] === 3);
    await connector.put(pathOf(id), { webhook: { url: second.url } });
    await eventually(() => second.figures()['L-A'] === 3);
    expect(first.calls).toHaveLength(1);
  });

  it('tells everything again under another secret, and nothing under the same', async () => {
    const id = newChannel();
    const [before, after] = [newSecret(), newSecret()];
    const first = await receiver(before);
    await connector.put(pathOf(id), { webhook: { url: first.url, secret: before } });
    await connector.put(`${pathOf(id)}/mappings`, { mappings: [{ sku: 'A', listingId: 'L-A' }] });
    await connector.tell(id, { A: 3 });
    await eventually(() => first.figures()['L-A'] === 3);
    await connector.put(pathOf(id), { webhook: { url: first.url, secret: before } });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(first.calls).toHaveLength(1);
    const changed = await connector.put(pathOf(id), { webhook: { url: first.url, secret: after } });
    expect(changed.body).toMatchObject({ delivery: { due: 1 } });
  });

  it('keeps how its reservations find their locations and how long they live', async () => {
    const id = newChannel();
    const made = await connector.put(pathOf(id), { webhook });
    expect(made.body).toMatchObject({ sourcePolicy: { name: 'priority' }, ttl: null });
    const settings = { sourcePolicy: { name: 'nearest', options: { splits: 'accept' } }, ttl: { default: 600, least: 60, most: 3_600 } };
    expect((await connector.put(pathOf(id), settings)).body).toMatchObject(settings);
    expect((await connector.put(pathOf(id), { name: 'Shop' })).body).toMatchObject({ name: 'Shop', ...settings });
  });

  it('begins afresh with a receiver that was gone', async () => {
    const id = newChannel();
    const shop = await receiver(webhook.secret);
    shop.answerFromNow({ status: 410 });
    await connector.put(pathOf(id), { webhook: { ...webhook, url: shop.url } });
    await connector.put(`${pathOf(id)}/mappings`, { mappings: [{ sku: 'A', listingId: 'L-A' }] });
    await connector.tell(id, { A: 3 });
    await eventually(
      async () =>
        (await connector.get(pathOf(id))).body['delivery'] !== undefined &&
        JSON.stringify((await connector.get(pathOf(id))).body).includes('"gone"'),
    );
    shop.answerFromNow({ status: 204 });
    expect((await connector.put(pathOf(id), {})).body).toMatchObject({ delivery: { status: 'ok', failures: 0, error: null } });
    await eventually(async () => JSON.stringify((await connector.get(pathOf(id))).body).includes('"due":0'));
  });
});

describe('what a channel cannot be', () => {
  it.each<[string, unknown, string, string | undefined]>([
    ['malformed JSON', '{"webhook":', 'malformed_json', undefined],
    ['no webhook, when it is new', {}, 'validation_failed', 'webhook'],
    ['no URL', { webhook: {} }, 'validation_failed', 'webhook.url'],
    ['no real URL', { webhook: { url: 'shop' } }, 'validation_failed', 'webhook.url'],
    ['another scheme', { webhook: { url: 'ftp://shop.example' } }, 'validation_failed', 'webhook.url'],
    ['a password in the URL', { webhook: { url: 'https://a:b@shop.example' } }, 'validation_failed', 'webhook.url'],
    ['a weak secret', { webhook: { ...webhook, secret: 'whsec_c2hvcnQ=' } }, 'validation_failed', 'webhook.secret'],
    ['too many calls', { webhook: { ...webhook, callsPerSecond: 1_000 } }, 'validation_failed', 'webhook.callsPerSecond'],
    ['an unknown provider', { provider: 'etsy', webhook }, 'validation_failed', 'provider'],
    ['an unknown strategy', { conflictStrategy: 'channel_loses', webhook }, 'validation_failed', 'conflictStrategy'],
    ['a negative buffer', { policy: { bufferUnits: -1 }, webhook }, 'validation_failed', 'policy.bufferUnits'],
    ['more than all as a buffer', { policy: { bufferPercent: 101 }, webhook }, 'validation_failed', 'policy.bufferPercent'],
    ['critical above low', { policy: { lowThreshold: 1, criticalThreshold: 2 }, webhook }, 'validation_failed', 'policy.lowThreshold'],
    ['an unknown source policy', { sourcePolicy: { name: 'cheapest' }, webhook }, 'validation_failed', 'sourcePolicy.name'],
    ['an unknown option', { sourcePolicy: { name: 'nearest', options: { far: 1 } }, webhook }, 'validation_failed', 'sourcePolicy.options'],
    ['options that are none', { sourcePolicy: { name: 'nearest', options: [1] }, webhook }, 'validation_failed', 'sourcePolicy.options'],
    ['a time to live that cannot be', { ttl: { default: 10, least: 20, most: 30 }, webhook }, 'validation_failed', 'ttl.default'],
    ['a field nobody knows', { colour: 'red', webhook }, 'validation_failed', 'colour'],
  ])('has %s', async (_what, body, code, field) => {
    const id = newChannel();
    expect(await connector.put(pathOf(id), body)).toMatchObject({
      status: 400,
      body: { code, ...(field === undefined ? {} : { details: expect.arrayContaining([expect.objectContaining({ field })]) }) },
    });
    expect(await connector.get(pathOf(id))).toMatchObject({ status: 404, body: { code: 'unknown_channel' } });
  });

  it('has a malformed id', async () => {
    expect(await connector.put(pathOf('a%00b'), { webhook })).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });

  it('is seen by another tenant or by somebody without the permission', async () => {
    const id = newChannel();
    await connector.put(pathOf(id), { webhook });
    expect(await connector.get(pathOf(id), { tenant: 'other' })).toMatchObject({ status: 404, body: { code: 'unknown_channel' } });
    expect((await connector.get('/sales-channel/channels', { tenant: 'other' })).body).toMatchObject({ channels: [] });
    expect(await connector.get(`${pathOf(id)}/mappings`, { tenant: 'other' })).toMatchObject({ status: 404 });
    expect(await connector.get(pathOf(id), { anonymous: true })).toMatchObject({ status: 401 });
    expect(await connector.put(pathOf(id), { webhook }, { permissions: ['channels.read'] })).toMatchObject({ status: 403 });
  });
});

describe('the channel of another tenant', () => {
  it('is 404 at every door, and nothing of it changes', async () => {
    const id = newChannel();
    const path = pathOf(id);
    const other = { tenant: 'other' };
    await connector.put(path, { name: 'mine', webhook });
    const mapped = await connector.put(`${path}/mappings`, { mappings: [{ sku: 'FOREIGN', listingId: 'L-FOREIGN' }] });
    expect(mapped.status).toBe(200);
    await act('disable');
    const before = await facts();
    const doors = [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/test'],
      ['POST', '/enable'],
      ['POST', '/disable'],
      ['POST', '/discover'],
      ['GET', '/discoveries/00000000-0000-4000-8000-000000000000'],
      ['POST', '/discoveries/00000000-0000-4000-8000-000000000000/accept', {}],
      ['GET', '/mappings'],
      ['PUT', '/mappings', { mappings: [{ sku: 'FOREIGN', listingId: null }] }],
      ['PUT', '/mappings', { mappings: [], mode: 'replace' }],
      ['POST', '/reconcile'],
      ['POST', '/reconcile?dryRun=true'],
    ] as const;
    const answers = [
      ...(await Promise.all(doors.map(([method, door, body]) => connector.call(method, `${path}${door}`, body, other)))),
      await connector.post(`/sales-channel/inventory/pull/${id}`, undefined, other),
      await connector.post(`/sales-channel/inventory/sync/${id}`, {}, other),
    ];
    expect(answers.map(({ status, body }) => [status, body['code']])).toEqual(answers.map(() => [404, 'unknown_channel']));
    const [drift, orders, history] = await Promise.all(
      ['drift', 'orders', 'sync/history'].map((list) => connector.get(`/sales-channel/${list}?channelId=${id}`, other)),
    );
    expect([drift?.body['drift'], orders?.body['orders'], history?.body['history']]).toEqual([[], [], []]);
    expect(await facts()).toEqual(before);

    // A channel of the same id is another one: nothing of mine comes with it, and nothing of it reaches mine.
    const unnamed = { webhook: { url: 'http://127.0.0.1:9/other' } };
    expect((await connector.put(path, unnamed, other)).body).toMatchObject({ name: id, enabled: true });
    expect((await connector.get(`${path}/mappings`, other)).body).toMatchObject({ mappings: [] });
    expect(await facts()).toEqual(before);

    function act(what: string) {
      return connector.post(`${path}/${what}`, undefined);
    }
    async function facts(): Promise<unknown> {
      const { pool } = connector.runtime.database;
      const of = `WHERE tenant = 'demo' AND channel_id = $1`;
      const [channel, listings, events] = await Promise.all([
        pool.query(`SELECT settings, credentials, revision FROM channels.channel ${of}`, [id]),
        pool.query(`SELECT * FROM channels.listing ${of}`, [id]),
        connector.runtime.eventStore.readStream('channels-demo'),
      ]);
      return [channel.rows, listings.rows, events.length, (await connector.get(path)).body];
    }
  });
});

describe('private addresses, where the operator forbids them', () => {
  let strict: ConnectorUnderTest;
  beforeAll(async () => {
    strict = await ConnectorUnderTest.start({ environment: { HOLDFAST_WEBHOOK_PRIVATE: '0' } });
  });
  afterAll(() => strict.stop());

  it.each(['http://127.0.0.1:9/', 'http://localhost/', 'http://10.0.0.1/', 'http://169.254.169.254/', 'http://[::1]/'])(
    'refuses %s',
    async (url) => {
      expect(await strict.put(pathOf('shop'), { webhook: { url } })).toMatchObject({
        status: 400,
        body: { code: 'validation_failed', details: [{ field: 'webhook.url', message: 'must not point to a private address' }] },
      });
    },
  );
});
