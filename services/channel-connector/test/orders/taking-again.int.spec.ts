import { ProcessTable } from '@holdfast/kit';
import { eventually } from '../scripted-receiver.js';
import type { Answer, CallOptions } from '../connector.js';
import { cancelled, ordered, OrdersRig } from './orders-rig.js';

describe('taking a line of an order again', () => {
  let rig: OrdersRig;
  beforeAll(async () => {
    rig = await OrdersRig.start();
  });
  afterAll(() => rig.stop());

  const take = (orderId: string, options?: CallOptions): Promise<Answer> =>
    rig.connector.post('/sales-channel/orders/take', { channelId: 'shop', orderId, lineId: 'L1' }, options);
  const receive = (sku: string, delta: number, locationId = 'BER'): Promise<void> =>
    rig.execute(sku, { type: 'AdjustStock', locationId, delta, effectiveAt: Date.now(), reasonCode: 'found' });
  const sell = async (orderId: string, sku: string, quantity: number, remoteId: string | null = null): Promise<void> => {
    await rig.map(sku);
    await rig.send([ordered(orderId, sku, quantity, { remoteId })]);
    await rig.settled();
  };

  it('covers it where the place that lacked units lacks none any more, moves nothing, and ends its alert once', async () => {
    const alerts = await rig.alerts();
    await rig.connector.record('A', 'BER', 1);
    await sell('gid://shop/Order/1', 'A', 3);
    await receive('A', 1);
    expect(await take('gid://shop/Order/1')).toMatchObject({ status: 200, body: { status: 'uncovered', uncovered: 1 } });
    await receive('A', 5);
    const answer = await take('gid://shop/Order/1', { key: 'first' });
    expect(answer).toMatchObject({ status: 200, body: { lineId: 'L1', sku: 'A', status: 'taken', uncovered: 0, says: null } });
    expect(await take('gid://shop/Order/1', { key: 'first' })).toEqual(answer);
    expect(await rig.onHand('A')).toBe(4);
    expect(await rig.find('gid://shop/Order/1')).toMatchObject({ status: 'taken' });
    await eventually(() => alerts.told.length === 2);
    expect(alerts.told).toMatchObject([
      { kind: 'oversell_risk', orderId: 'gid://shop/Order/1', uncoveredUnits: 2 },
      { kind: 'recovered', sku: 'A', locationId: 'BER', channelId: 'shop', orderId: 'gid://shop/Order/1', available: 4, uncoveredUnits: 0 },
    ]);
    await alerts.stop();
  });

  it('takes what is free elsewhere, and owes it no more where it was missing; both come back once', async () => {
    await rig.connector.record('B', 'BER', 1);
    await sell('O-2', 'B', 3);
    expect(await rig.onHand('B')).toBe(-2);
    await rig.connector.record('B', 'HAM', 5);
    const answer = await take('O-2');
    expect(answer).toMatchObject({ status: 200, body: { status: 'taken', uncovered: 0 } });
    expect(answer.body['takenFrom']).toEqual(
      expect.arrayContaining([
        { locationId: 'BER', quantity: 1 },
        { locationId: 'HAM', quantity: 2 },
      ]),
    );
    expect([await rig.onHand('B'), await rig.onHand('B', 'HAM')]).toEqual([0, 3]);
    await rig.send([cancelled('O-2')]);
    await rig.settled();
    expect([await rig.onHand('B'), await rig.onHand('B', 'HAM')]).toEqual([1, 5]);
  });

  it('takes a part where no more is free, and says what is left', async () => {
    await rig.connector.record('C', 'BER', 0);
    await sell('O-3', 'C', 3);
    await rig.connector.record('C', 'HAM', 2);
    expect(await take('O-3')).toMatchObject({ status: 200, body: { status: 'uncovered', uncovered: 1 } });
    expect([await rig.onHand('C'), await rig.onHand('C', 'HAM')]).toEqual([-1, 0]);
    expect(await take('O-3')).toMatchObject({ status: 409, body: { code: 'insufficient_stock', details: [{ uncovered: 1 }] } });
  });

  it('takes from nowhere but the place that the order names', async () => {
    await rig.connector.record('D', 'BER', 5);
    await sell('O-4', 'D', 2, 'r-ham');
    expect(await take('O-4')).toMatchObject({ status: 409, body: { code: 'insufficient_stock' } });
    expect([await rig.onHand('D'), await rig.onHand('D', 'HAM')]).toEqual([5, -2]);
  });

  it('takes once where a process dies after the units were taken elsewhere', async () => {
    const { pool } = rig.connector.runtime.database;
    await rig.connector.record('E', 'BER', 0);
    await sell('O-5', 'E', 2);
    await rig.connector.record('E', 'HAM', 5);
    await pool.query(`CREATE FUNCTION channels.die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the process is dead'; END $$`);
    await pool.query(
      `CREATE TRIGGER die BEFORE UPDATE OF parts ON channels.channel_order_line FOR EACH ROW WHEN (NEW.order_id = 'O-5') EXECUTE FUNCTION channels.die()`,
    );
    expect(await take('O-5')).toMatchObject({ status: 503, body: { code: 'orders_busy' } });
    await rig.connector.restart(async () => {
      await pool.query('DROP TRIGGER die ON channels.channel_order_line');
      await pool.query('DROP FUNCTION channels.die()');
    });
    await rig.settled();
    expect([await rig.onHand('E'), await rig.onHand('E', 'HAM')]).toEqual([0, 3]);
    expect(await rig.find('O-5')).toMatchObject({ status: 'taken', lines: [{ takenFrom: [{ locationId: 'HAM', quantity: 2 }] }] });
  });

  it('refuses a line that is covered, unknown, of another tenant, or of no SKU', async () => {
    expect(await take('O-5')).toMatchObject({ status: 409, body: { code: 'line_not_uncovered', details: [{ status: 'taken' }] } });
    expect(await take('O-0')).toMatchObject({ status: 404, body: { code: 'unknown_order_line' } });
    expect(await take('O-3', { tenant: 'other' })).toMatchObject({ status: 404, body: { code: 'unknown_order_line' } });
    await rig.send([ordered('O-6', 'nothing', 1)]);
    await rig.settled();
    expect(await take('O-6')).toMatchObject({ status: 409, body: { code: 'listing_not_mapped' } });
  });

  it('refuses while another process works on orders of the channel', async () => {
    const times = { leaseMs: 30_000, patienceMs: 1_000, retry: { firstMs: 1, mostMs: 1 } };
    const processes = new ProcessTable(rig.connector.runtime.database.pool, 'channels.process', 'inbox', times);
    await processes.hold({ tenant: 'demo', id: 'shop' }, async () => {
      expect(await take('O-3')).toMatchObject({ status: 503, body: { code: 'orders_busy' } });
    });
  });

  it('needs its permission, and ids', async () => {
    expect(await take('O-3', { permissions: ['channels.read'] })).toMatchObject({ status: 403, body: { code: 'missing_permission' } });
    expect(await rig.connector.post('/sales-channel/orders/take', { channelId: 'shop', orderId: '' })).toMatchObject({
      status: 400,
      body: { code: 'validation_failed' },
    });
  });
});
