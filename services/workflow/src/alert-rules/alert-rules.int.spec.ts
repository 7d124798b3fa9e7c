import { inTransaction } from '@holdfast/kit';
import { eventually, WorkflowUnderTest, type CallOptions } from '../../test/workflow.js';
import { alertProductFollower } from '../stock-alerts/alert-products.js';

describe('alert rules', () => {
  let workflow: WorkflowUnderTest;
  beforeAll(async () => {
    workflow = await WorkflowUnderTest.start();
    for (const locationId of ['BER', 'HAM']) await workflow.location(locationId);
  });
  afterAll(() => workflow.stop());

  let position = 0;
  const at = () => String((position += 1));
  const put = (ruleId: string, body: object, options?: CallOptions) => workflow.put(`/v1/alert-rules/${ruleId}`, body, options);
  const seen = async (sku: string, locationId: string, onHand: number): Promise<void> => {
    const place = at();
    await workflow.tell({ sku, locationId, onHand, position: place });
    await eventually(async () => {
      const { rows } = await workflow.runtime.database.pool.query(
        'SELECT position FROM workflow.stock WHERE sku = $1 AND location_id = $2',
        [sku, locationId],
      );
      expect(rows).toEqual([{ position: place }]);
    });
  };
  const said = async (sku: string) =>
    (await workflow.alerts())
      .filter(({ data }) => data.sku === sku)
      .map(({ data: { kind, available, threshold, locationId, ruleId } }) => [kind, available, threshold, locationId ?? '', ruleId ?? '']);

  it('AL4: a threshold that goes from 5 to 10 at 8 units tells one alert at once', async () => {
    await seen('TENT', 'BER', 8);
    await put('tents', { sku: 'TENT', threshold: 5 });
    await put('tents', { sku: 'TENT', threshold: 10 });
    await eventually(async () => expect((await said('TENT')).at(-1)).toEqual(['low_stock', 8, 10, '', 'tents']));
    await put('tents', { sku: 'TENT', threshold: 9 });
    await put('tents', { sku: 'TENT', threshold: 0 });
    await eventually(async () => expect((await said('TENT')).at(-1)).toEqual(['recovered', 8, 0, '', 'tents']));
    expect((await workflow.get('/sales-channel/inventory/alerts/low-stock?sku=TENT')).body).toMatchObject({ alerts: [] });
  });

  it('cover a category, or one location beside the sum over all', async () => {
    await workflow.stock('ROPE', { type: 'DescribeProduct', verified: true, name: 'Rope', category: 'Climbing' });
    await seen('ROPE', 'BER', 30);
    await seen('ROPE', 'HAM', 4);
    await put('climbing', { category: 'Climbing', threshold: 50 });
    await put('hamburg', { locationId: 'HAM', threshold: 6 });
    await eventually(async () =>
      expect(await said('ROPE')).toEqual([
        ['low_stock', 34, 50, '', 'climbing'],
        ['low_stock', 4, 6, 'HAM', 'hamburg'],
      ]),
    );
    await seen('ROPE', 'HAM', 0);
    await eventually(async () => expect((await said('ROPE')).at(-1)).toEqual(['stock_out', 0, 6, 'HAM', 'hamburg']));
    await workflow.call('DELETE', '/v1/alert-rules/hamburg');
    await workflow.call('DELETE', '/v1/alert-rules/climbing');
    await eventually(async () => expect((await said('ROPE')).at(-1)).toEqual(['recovered', 30, 10, '', '']));
    expect(await said('ROPE')).toHaveLength(4);
  });

  it('cover the category of a product whose threshold was said later, before categories were kept', async () => {
    await workflow.stock('TARP', { type: 'DescribeProduct', verified: true, name: 'Tarp', category: 'Camping', lowStockThreshold: 8 });
    const { pool } = workflow.runtime.database;
    const ofTarp = `FROM workflow.stock_alert WHERE sku = 'TARP'`;
    const known = async () => (await pool.query(`SELECT threshold::int AS threshold, category ${ofTarp}`)).rows as unknown[];
    await eventually(async () => expect(await known()).toEqual([{ threshold: 8, category: 'Camping' }]));
    await pool.query(`DELETE ${ofTarp}`);
    await pool.query(`INSERT INTO workflow.stock_alert (tenant, sku, threshold, threshold_position) VALUES ('demo', 'TARP', 3, 9000000)`);
    const events = await workflow.runtime.eventStore.readStream('stock-demo.TARP');
    const follower = alertProductFollower(() => undefined, workflow.runtime.clock.now);
    await inTransaction(pool, (client) => follower.apply(client, events));
    expect(await known()).toEqual([{ threshold: 3, category: 'Camping' }]);
  });

  it('are listed, changed, switched off and removed, each tenant its own', async () => {
    const made = await put('shirts', { category: 'Shirts', locationId: 'BER', threshold: 7 });
    const view = { ruleId: 'shirts', sku: null, category: 'Shirts', locationId: 'BER', threshold: 7, enabled: true, createdBy: 'key-1' };
    expect(made).toMatchObject({ status: 200, body: view });
    expect((await put('shirts', { category: 'Shirts', threshold: 8, enabled: false })).body).toMatchObject({
      locationId: null,
      threshold: 8,
      enabled: false,
    });
    expect((await workflow.get('/v1/alert-rules?category=Shirts')).body).toMatchObject({
      rules: [{ ruleId: 'shirts', threshold: 8 }],
      pagination: { total: 1 },
    });
    expect((await workflow.get('/v1/alert-rules', { tenant: 'other' })).body).toMatchObject({ rules: [] });
    expect(await workflow.call('DELETE', '/v1/alert-rules/shirts')).toMatchObject({ status: 204 });
    for (const answer of [await workflow.get('/v1/alert-rules/shirts'), await workflow.call('DELETE', '/v1/alert-rules/shirts')])
      expect(answer).toMatchObject({ status: 404, body: { code: 'unknown_alert_rule' } });
  });

  it('are refused where they are faulty, cover what another covers, or nobody may', async () => {
    for (const body of [{ threshold: -1 }, { sku: 'A' }, { sku: 'A', category: 'B', threshold: 1 }])
      expect(await put('bad', body)).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(await put('bad', { locationId: 'MOON', threshold: 1 })).toMatchObject({ status: 404, body: { code: 'unknown_location' } });
    await put('one', { sku: 'CAP', threshold: 3 });
    expect(await put('two', { sku: 'CAP', threshold: 4 })).toMatchObject({
      status: 409,
      body: { code: 'alert_rule_exists', details: [{ ruleId: 'one' }] },
    });
    const { pool } = workflow.runtime.database;
    await pool.query(`
      INSERT INTO workflow.alert_rule (tenant, rule_id, sku, threshold, enabled, created_by, created_at, updated_at)
      SELECT 'full', 'r' || n, 'S' || n, 1, true, 'k', now(), now() FROM generate_series(1, 10000) n`);
    expect(await put('more', { sku: 'CAP', threshold: 3 }, { tenant: 'full' })).toMatchObject({
      status: 409,
      body: { code: 'too_many_alert_rules' },
    });
    const none = { permissions: ['alerts.read'] };
    for (const answer of [
      await put('one', { threshold: 1 }, none),
      await workflow.call('DELETE', '/v1/alert-rules/one', undefined, none),
      await workflow.get('/v1/alert-rules', { permissions: ['inventory.read'] }),
    ])
      expect(answer).toMatchObject({ status: 403, body: { code: 'missing_permission' } });
  });
});
