import { randomUUID } from 'node:crypto';
import { cloudEvent, TOPICS, type LowStockAlert } from '@holdfast/contracts';
import { newSecret } from '@holdfast/vendor-http';
import { startAlertReceiver, type AlertReceiver } from '../../test/alert-receiver.js';
import { eventually, WorkflowUnderTest } from '../../test/workflow.js';

describe('webhooks of alerts', () => {
  const secret = newSecret();
  let workflow: WorkflowUnderTest;
  let receiver: AlertReceiver;

  beforeAll(async () => {
    workflow = await WorkflowUnderTest.start();
  });
  afterAll(() => workflow.stop());
  beforeEach(async () => {
    receiver = await startAlertReceiver(secret);
  });
  afterEach(async () => {
    await workflow.runtime.database.pool.query('DELETE FROM workflow.alert_webhook');
    await receiver.close();
  });

  const put = (webhookId: string, body: object = {}) =>
    workflow.put(`/v1/alert-webhooks/${webhookId}`, { url: receiver.url, secret, ...body });
  const tell = async (
    kind: LowStockAlert['kind'],
    {
      tenant = 'demo',
      id = randomUUID(),
      secondsAgo = 0,
      sku = 'TEE',
    }: { tenant?: string; id?: string; secondsAgo?: number; sku?: string } = {},
  ): Promise<string> => {
    const data: LowStockAlert = { kind, sku, available: 3, threshold: 10 };
    const at = Date.now() - secondsAgo * 1_000;
    const message = cloudEvent({ id, source: 'holdfast/test', type: 'holdfast.inventory.alert.v1', at, tenant, data });
    await workflow.runtime.bus.publish(TOPICS.alerts.name, [{ key: `${tenant}|TEE`, value: JSON.stringify(message) }]);
    return id;
  };
  const waiting = async (webhookId: string): Promise<unknown> => (await workflow.get(`/v1/alert-webhooks/${webhookId}`)).body['waiting'];
  const isIdle = (webhookId: string) => eventually(async () => expect(await waiting(webhookId)).toBe(0));
  const ids = (): readonly string[] => receiver.calls.map(({ id }) => id);

  it('get each alert once, signed, as the list shows it, however often it is told', async () => {
    await put('ops');
    const id = await tell('low_stock');
    await eventually(() => expect(receiver.calls).toHaveLength(1));
    await tell('low_stock', { id });
    const later = await tell('recovered');
    await eventually(() => expect(receiver.calls).toHaveLength(2));
    await isIdle('ops');
    const listed = (await workflow.get('/v1/alerts')).body['alerts'] as readonly object[];
    expect(receiver.calls).toEqual([
      { id, type: 'alert.low_stock', timestamp: expect.any(String) as unknown, data: listed[1] },
      { id: later, type: 'alert.recovered', timestamp: expect.any(String) as unknown, data: listed[0] },
    ]);
    expect((await workflow.get('/v1/alert-webhooks/ops')).body).toMatchObject({
      state: 'working',
      deliveredAt: expect.any(String) as unknown,
    });
  });

  it('get an alert again under the same id until they take it, and later ones after it', async () => {
    await put('ops');
    receiver.answers.push(500, 'hang up', 429);
    const first = await tell('low_stock', { secondsAgo: 2 });
    await eventually(() => expect(receiver.calls.length).toBeGreaterThan(0));
    const second = await tell('stock_out');
    await eventually(() => expect(ids()).toEqual([first, first, first, first, second]));
    await isIdle('ops');
    expect((await workflow.get('/v1/alert-webhooks/ops')).body).toMatchObject({ state: 'working', failures: 0, fault: null });
  });

  it('get what was not sent yet from the process that starts next', async () => {
    receiver.answers.push(...Array.from({ length: 1_000 }, () => 503));
    await put('ops');
    const id = await tell('low_stock');
    await eventually(() => expect(receiver.calls.length).toBeGreaterThan(0));
    let before = 0;
    await workflow.restart(async () => {
      before = receiver.calls.length;
      receiver.answers.length = 0;
    });
    await isIdle('ops');
    expect(new Set(ids())).toEqual(new Set([id]));
    expect(receiver.calls).toHaveLength(before + 1);
  });

  it('leave out an alert that they never take, and go on', async () => {
    await put('ops');
    receiver.answers.push(422, 422, 422, 422, 422);
    const refused = await tell('low_stock', { secondsAgo: 2 });
    await eventually(() => expect(receiver.calls.length).toBeGreaterThan(0));
    const taken = await tell('stock_out');
    await eventually(() => expect(ids()).toEqual([...Array.from({ length: 5 }, () => refused), taken]));
  });

  it('get nothing more after 410, until they are put again', async () => {
    await put('ops');
    receiver.answers.push(410);
    await tell('low_stock');
    await eventually(async () => expect((await workflow.get('/v1/alert-webhooks/ops')).body).toMatchObject({ state: 'gone', waiting: 0 }));
    const missed = await tell('stock_out');
    await eventually(async () =>
      expect((await workflow.get('/v1/alerts')).body['alerts']).toContainEqual(expect.objectContaining({ id: missed })),
    );
    const put2 = await put('ops');
    expect(put2.body).toMatchObject({ state: 'working', fault: null });
    const id = await tell('recovered');
    await eventually(() => expect(ids().slice(1)).toEqual([id]));
  });

  it('get the types that they want, of their own tenant', async () => {
    await put('ops', { types: ['stock_out', 'sync_failing'] });
    await tell('low_stock');
    await tell('stock_out', { tenant: 'other' });
    const id = await tell('stock_out');
    await eventually(() => expect(ids()).toEqual([id]));
    expect((await workflow.get('/v1/alert-webhooks', { tenant: 'other' })).body).toEqual({ webhooks: [] });
    expect(await workflow.get('/v1/alert-webhooks/ops', { tenant: 'other' })).toMatchObject({
      status: 404,
      body: { code: 'unknown_webhook' },
    });
  });

  it('are tested by a signed message, and say what the receiver says', async () => {
    await put('ops');
    expect(await workflow.post('/v1/alert-webhooks/ops/test', undefined)).toMatchObject({ status: 200, body: { ok: true } });
    expect(receiver.calls).toMatchObject([{ type: 'alert.test', data: { webhookId: 'ops' } }]);
    await put('ops', { secret: newSecret() });
    expect(await workflow.post('/v1/alert-webhooks/ops/test', undefined)).toMatchObject({
      status: 200,
      body: { ok: false, says: expect.stringContaining('401') as unknown },
    });
  });

  it('have a secret made that is answered once, sealed at rest, and kept when the address changes', async () => {
    const made = await workflow.put('/v1/alert-webhooks/made', { url: receiver.url });
    expect(made.body['secret']).toMatch(/^whsec_/);
    expect((await workflow.get('/v1/alert-webhooks/made')).body).not.toHaveProperty('secret');
    const sealed = async () =>
      (await workflow.runtime.database.pool.query<{ secret: string }>('SELECT secret FROM workflow.alert_webhook')).rows[0]?.secret;
    const before = await sealed();
    expect(before).not.toContain(String(made.body['secret']));
    expect((await workflow.put('/v1/alert-webhooks/made', { url: `${receiver.url}/new` })).body).not.toHaveProperty('secret');
    expect(await sealed()).toBe(before);
  });

  it('show single attempts, newest first, with what the receiver answered', async () => {
    await put('ops');
    receiver.answers.push(500);
    const id = await tell('low_stock');
    const outcomes = async () =>
      ((await workflow.get('/v1/alert-webhooks/ops/attempts')).body['attempts'] as readonly { readonly outcome: string }[]).map(
        ({ outcome }) => outcome,
      );
    await eventually(async () => expect(await outcomes()).toEqual(['delivered', 'failed']));
    await workflow.post('/v1/alert-webhooks/ops/test', undefined);
    const taken = { outcome: 'delivered', says: null, tookMs: expect.any(Number) as unknown };
    expect(await workflow.get('/v1/alert-webhooks/ops/attempts')).toMatchObject({
      status: 200,
      body: {
        attempts: [
          { ...taken, type: 'alert.test', alertId: null },
          { ...taken, type: 'alert.low_stock', alertId: id },
          { outcome: 'failed', says: expect.stringContaining('500') as unknown, alertId: id },
        ],
        pagination: { total: 3 },
      },
    });
    const unknown = { status: 404, body: { code: 'unknown_webhook' } };
    expect(await workflow.get('/v1/alert-webhooks/none/attempts')).toMatchObject(unknown);
    expect(await workflow.get('/v1/alert-webhooks/ops/attempts', { tenant: 'other' })).toMatchObject(unknown);
    expect(await workflow.get('/v1/alert-webhooks/ops/attempts', { permissions: ['inventory.read'] })).toMatchObject({ status: 403 });
  });

  const mute = (muteId: string, body: object, options = {}) => workflow.put(`/v1/alert-mutes/${muteId}`, body, options);
  const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

  it('are told nothing that is muted, and what is not over once the mute ends', async () => {
    await put('ops');
    expect(await mute('tees', { sku: 'MUG', type: 'stock_out', until: inAnHour() })).toMatchObject({
      status: 200,
      body: { muteId: 'tees', sku: 'MUG', type: 'stock_out', locationId: null, createdBy: 'key-1' },
    });
    const muted = await tell('stock_out', { secondsAgo: 3, sku: 'MUG' });
    const told = await tell('low_stock', { secondsAgo: 9, sku: 'MUG' });
    await eventually(() => expect(ids()).toEqual([told]));
    expect((await workflow.get('/v1/alerts?type=stock_out&sku=MUG')).body['alerts']).toMatchObject([{ id: muted, muted: true }]);
    await workflow.runtime.database.pool.query(`UPDATE workflow.alert_mute SET until = now() WHERE mute_id = 'tees'`);
    await eventually(() => expect(ids()).toEqual([told, muted]));
    expect((await workflow.get('/v1/alert-mutes')).body).toEqual({ mutes: [] });
  });

  it('are told nothing of a mute that ends after the matter is over', async () => {
    await put('ops');
    await mute('tees', { sku: 'CUP', until: inAnHour() });
    await tell('stock_out', { secondsAgo: 2, sku: 'CUP' });
    await tell('back_in_stock', { sku: 'CUP' });
    await eventually(async () => expect((await workflow.get('/v1/alerts?type=back_in_stock&sku=CUP')).body['alerts']).toHaveLength(1));
    expect((await workflow.get('/v1/alert-mutes', { tenant: 'other' })).body).toEqual({ mutes: [] });
    expect(await workflow.call('DELETE', '/v1/alert-mutes/tees')).toMatchObject({ status: 204 });
    expect(await workflow.call('DELETE', '/v1/alert-mutes/tees')).toMatchObject({ status: 404, body: { code: 'unknown_mute' } });
    const next = await tell('low_stock', { sku: 'CUP' });
    await eventually(() => expect(ids()).toEqual([next]));
  });

  it('are not muted by what is faulty, too much, or not permitted', async () => {
    for (const body of [
      { sku: 'A' },
      { until: inAnHour() },
      { sku: 'A', until: '2020-01-01T00:00:00Z' },
      { type: 'lost', until: inAnHour() },
    ])
      expect(await mute('bad', body)).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    await workflow.runtime.database.pool.query(`
      INSERT INTO workflow.alert_mute (tenant, mute_id, sku, until, created_by, created_at)
      SELECT 'full', 'm' || n, 'A', now() + interval '9 days', 'k', now() FROM generate_series(1, 1000) n`);
    expect(await mute('more', { sku: 'A', until: inAnHour() }, { tenant: 'full' })).toMatchObject({
      status: 409,
      body: { code: 'too_many_mutes' },
    });
    expect(await mute('m', { sku: 'A', until: inAnHour() }, { permissions: ['alerts.read'] })).toMatchObject({ status: 403 });
  });

  it('are removed, and unknown afterwards', async () => {
    await put('ops');
    expect(await workflow.call('DELETE', '/v1/alert-webhooks/ops')).toMatchObject({ status: 204 });
    expect(await workflow.call('DELETE', '/v1/alert-webhooks/ops')).toMatchObject({ status: 404, body: { code: 'unknown_webhook' } });
    expect(await workflow.post('/v1/alert-webhooks/ops/test', undefined)).toMatchObject({ status: 404, body: { code: 'unknown_webhook' } });
  });

  it('are refused with a bad address, secret or type, beyond twenty of a tenant, and without the permission', async () => {
    for (const body of [{ url: 'ftp://shop' }, { secret: 'word' }, { types: ['lost'] }, { types: [] }])
      expect(await put('ops', body)).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    for (let one = 0; one < 20; one += 1) expect(await put(`w${String(one)}`)).toMatchObject({ status: 200 });
    expect(await put('ops')).toMatchObject({ status: 409, body: { code: 'too_many_webhooks' } });
    expect(await put('w0')).toMatchObject({ status: 200 });
    const none = { permissions: ['alerts.read'] };
    for (const answer of [
      await workflow.put('/v1/alert-webhooks/w0', { url: receiver.url }, none),
      await workflow.call('DELETE', '/v1/alert-webhooks/w0', undefined, none),
      await workflow.post('/v1/alert-webhooks/w0/test', undefined, none),
      await workflow.get('/v1/alert-webhooks', { permissions: ['inventory.read'] }),
    ])
      expect(answer).toMatchObject({ status: 403, body: { code: 'missing_permission' } });
  });
});

describe('webhooks of alerts without a key to seal with', () => {
  it('cannot be put', async () => {
    const workflow = await WorkflowUnderTest.start((runtime) => ({ ...runtime, sealer: undefined }));
    const answer = await workflow.put('/v1/alert-webhooks/ops', { url: 'http://127.0.0.1:9/alerts' });
    expect(answer).toMatchObject({ status: 503, body: { code: 'sealing_unavailable' } });
    await workflow.stop();
  });
});
