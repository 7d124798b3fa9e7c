import { randomUUID } from 'node:crypto';
import { cloudEvent, TOPICS, type AlertMessage, type ChannelAlert, type ErpAlert, type LowStockAlert } from '@holdfast/contracts';
import { eventually, WorkflowUnderTest } from '../../test/workflow.js';
import { trimAlerts } from './alert-list.js';

let workflow: WorkflowUnderTest;
beforeAll(async () => {
  workflow = await WorkflowUnderTest.start();
});
afterAll(() => workflow.stop());

// Alerts of an hour ago: older ones may be removed at any time.
const noon = Math.floor(Date.now() / 1_000) * 1_000 - 3_600_000;
const sold: LowStockAlert = {
  kind: 'oversell_risk',
  sku: 'TEE',
  locationId: 'BER',
  available: -2,
  threshold: 10,
  channelId: 'shop',
  orderId: 'gid://shop/Order/1',
  uncoveredUnits: 2,
};
const ofOthers = {
  ruleId: null,
  recoveredFrom: null,
  suppressed: null,
  connectionId: null,
  since: null,
  says: null,
  failures: null,
  openEntries: null,
  oldestAt: null,
  lotId: null,
  expiryDate: null,
  documentId: null,
  muted: false,
  acknowledgedBy: null,
  acknowledgedAt: null,
  note: null,
};
const message = (data: LowStockAlert, at: number, tenant = 'demo'): AlertMessage =>
  cloudEvent({ id: randomUUID(), source: 'holdfast/test', type: 'holdfast.inventory.alert.v1', at, tenant, data });
const tell = (...values: readonly string[]): Promise<void> =>
  workflow.runtime.bus.publish(
    TOPICS.alerts.name,
    values.map((value) => ({ key: 'demo|TEE', value })),
  );
const kept = async (): Promise<number> => (await workflow.runtime.database.pool.query('SELECT 1 FROM workflow.alert')).rowCount ?? 0;

describe('the list of alerts', () => {
  it('has each alert of the topic once, with its figures, newest first, by type and time', async () => {
    const oversold = JSON.stringify(message(sold, noon));
    const low = JSON.stringify(message({ kind: 'low_stock', sku: 'CAP', available: 4, threshold: 10 }, noon + 1_000));
    await tell(oversold, oversold, 'no alert', low, JSON.stringify(message(sold, noon, 'other')));
    await eventually(async () => expect(await kept()).toBe(3));

    const all = await workflow.get('/v1/alerts');
    expect(all.body).toMatchObject({
      alerts: [{ type: 'low_stock', sku: 'CAP', available: 4 }, { type: 'oversell_risk' }],
      pagination: { total: 2 },
    });
    const { kind, ...figures } = sold;
    expect((await workflow.get('/v1/alerts?type=oversell_risk')).body['alerts']).toEqual([
      {
        id: expect.any(String) as unknown,
        at: new Date(noon).toISOString(),
        type: kind,
        subject: 'TEE',
        figure: -2,
        ...figures,
        ...ofOthers,
      },
    ]);
    expect((await workflow.get('/v1/alerts?locationId=BER')).body).toMatchObject({ alerts: [{ sku: 'TEE' }], pagination: { total: 1 } });
    expect((await workflow.get(`/v1/alerts?since=${new Date(noon + 1).toISOString()}`)).body).toMatchObject({ alerts: [{ sku: 'CAP' }] });
  });

  it('has alerts about channels', async () => {
    const since = new Date(noon - 60_000).toISOString();
    const data: ChannelAlert = { kind: 'sync_failing', channelId: 'shop', since, says: 'the token is refused', failures: 4 };
    const type = 'holdfast.channel.alert.v1';
    await tell(JSON.stringify(cloudEvent({ id: randomUUID(), source: 'holdfast/test', type, at: noon - 5_000, tenant: 'demo', data })));
    await eventually(async () => expect(await kept()).toBe(4));
    const { kind, ...figures } = data;
    expect((await workflow.get('/v1/alerts?type=sync_failing')).body['alerts']).toMatchObject([{ type: kind, sku: null, ...figures }]);
    await workflow.runtime.database.pool.query(`DELETE FROM workflow.alert WHERE kind = 'sync_failing'`);
  });

  it('has alerts about ERPs', async () => {
    const data: ErpAlert = { kind: 'erp_silent', connectionId: 'sap', since: new Date(noon - 60_000).toISOString(), says: 'no answer' };
    const type = 'holdfast.erp.alert.v1';
    await tell(JSON.stringify(cloudEvent({ id: randomUUID(), source: 'holdfast/test', type, at: noon - 5_000, tenant: 'demo', data })));
    await eventually(async () => expect(await kept()).toBe(4));
    const { kind, ...figures } = data;
    expect((await workflow.get('/v1/alerts?type=erp_silent')).body['alerts']).toMatchObject([{ type: kind, sku: null, ...figures }]);
    await workflow.runtime.database.pool.query(`DELETE FROM workflow.alert WHERE kind = 'erp_silent'`);
  });

  it('notes who acknowledged an alert first, and lists by that', async () => {
    const [alert] = (await workflow.get('/v1/alerts?sku=CAP')).body['alerts'] as readonly { readonly id: string }[];
    const path = `/v1/alerts/${alert?.id ?? ''}/acknowledge`;
    const seen = { acknowledgedBy: 'ann', acknowledgedAt: expect.any(String) as unknown, note: 'ordered' };
    expect(await workflow.post(path, { note: 'ordered' }, { subject: 'ann' })).toMatchObject({ status: 200, body: seen });
    expect((await workflow.post(path, {}, { subject: 'ben' })).body).toMatchObject(seen);
    expect((await workflow.get('/v1/alerts?acknowledged=true')).body).toMatchObject({ alerts: [{ id: alert?.id, ...seen }] });
    expect((await workflow.get('/v1/alerts?acknowledged=false')).body).toMatchObject({ pagination: { total: 1 } });
    for (const unknown of [path.replace('/v1/alerts/', '/v1/alerts/x'), `/v1/alerts/${randomUUID()}/acknowledge`])
      expect(await workflow.post(unknown, {})).toMatchObject({ status: 404, body: { code: 'unknown_alert' } });
    expect(await workflow.post(path, {}, { tenant: 'other' })).toMatchObject({ status: 404 });
    expect(await workflow.post(path, {}, { permissions: ['alerts.read'] })).toMatchObject({ status: 403 });
  });

  it('needs its permission', async () => {
    const answer = await workflow.get('/v1/alerts', { permissions: ['inventory.read'] });
    expect(answer).toMatchObject({ status: 403, body: { code: 'missing_permission' } });
  });

  it('refuses a type and a time that are none', async () => {
    expect(await workflow.get('/v1/alerts?type=lost')).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(await workflow.get('/v1/alerts?since=yesterday')).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });

  it('keeps the newest of each tenant', async () => {
    expect(await trimAlerts(workflow.runtime.database.pool, 36_500, 1)).toBe(1);
    expect((await workflow.get('/v1/alerts')).body).toMatchObject({ alerts: [{ sku: 'CAP' }] });
    expect(await kept()).toBe(2);
  });
});
