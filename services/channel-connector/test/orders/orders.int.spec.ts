import { putMessage } from '../../src/hooks/inbox.js';
import { eventually } from '../scripted-receiver.js';
import { cancelled, ordered, OrdersRig, refunded, type OrderView } from './orders-rig.js';

describe('orders of a channel', () => {
  let rig: OrdersRig;
  beforeAll(async () => {
    rig = await OrdersRig.start();
  });
  afterAll(() => rig.stop());

  it('leave stock once, and come back once', async () => {
    await rig.connector.record('A', 'BER', 10);
    await rig.map('A');
    await rig.send([ordered('O-1', 'A', 4)], 'twin');
    await rig.send([ordered('O-1', 'A', 4)], 'twin');
    await rig.send([ordered('O-1', 'A', 4)]);
    await rig.settled();
    expect(await rig.onHand('A')).toBe(6);
    expect(await rig.find('O-1')).toMatchObject({
      status: 'taken',
      lines: [{ takenFrom: [{ locationId: 'BER', quantity: 4 }], says: null }],
    });

    await rig.send([refunded('O-1', 'r1', 2)]);
    await rig.send([refunded('O-1', 'r1', 2)]);
    await rig.settled();
    expect(await rig.onHand('A')).toBe(8);
    await rig.send([refunded('O-1', 'r2', 2), refunded('O-1', 'r3', 2)]);
    await rig.settled();
    expect(await rig.onHand('A')).toBe(10);
    expect(await rig.find('O-1')).toMatchObject({ status: 'refunded' });
  });

  it('take what is left where a part was cancelled before they came', async () => {
    await rig.connector.record('B', 'BER', 5);
    await rig.map('B');
    await rig.send([{ kind: 'cancel', orderId: 'O-2', cancelId: 'c', at: Date.now() - 2_000, lines: [{ lineId: 'L1', quantity: 1 }] }]);
    await rig.settled();
    expect(await rig.find('O-2')).toBeUndefined();
    await rig.send([ordered('O-2', 'B', 3)]);
    await rig.settled();
    expect(await rig.onHand('B')).toBe(3);
    await rig.send([cancelled('O-2')]);
    await rig.settled();
    expect(await rig.onHand('B')).toBe(5);
    expect(await rig.find('O-2')).toMatchObject({ status: 'cancelled', lines: [{ takenFrom: [] }] });
  });

  it('leave the place that they name', async () => {
    await rig.connector.record('C', 'BER', 5);
    await rig.connector.record('C', 'HAM', 5);
    await rig.map('C');
    await rig.send([ordered('O-3', 'C', 2, { remoteId: 'r-ham' })]);
    await rig.settled();
    expect([await rig.onHand('C', 'BER'), await rig.onHand('C', 'HAM')]).toEqual([5, 3]);
  });

  it('are a fact where nothing is left: on hand goes below zero, and an alert names the order', async () => {
    const alerts = await rig.alerts();
    await rig.connector.record('D', 'BER', 1);
    await rig.map('D');
    await rig.send([ordered('O-4', 'D', 3)]);
    await rig.settled();
    expect(await rig.onHand('D')).toBe(-2);
    expect(await rig.find('O-4')).toMatchObject({
      status: 'uncovered',
      lines: [{ uncovered: 2, says: '2 of the units were sold and not there' }],
    });
    await eventually(() => alerts.told.length > 0);
    await alerts.stop();
    expect(alerts.told).toEqual([
      {
        kind: 'oversell_risk',
        sku: 'D',
        locationId: 'BER',
        available: -2,
        threshold: 10,
        channelId: 'shop',
        orderId: 'O-4',
        uncoveredUnits: 2,
      },
    ]);

    const issue = {
      type: 'IssueStock',
      locationId: 'BER',
      quantity: 3,
      effectiveAt: Date.now(),
      messageId: 'erp-1',
      connectionId: 'erp',
      orderId: 'O-4',
    };
    await rig.execute('D', issue);
    expect(await rig.onHand('D')).toBe(-2);
    await rig.send([cancelled('O-4')]);
    await rig.settled();
    expect(await rig.onHand('D')).toBe(1);
  });

  it('commit what the shop had reserved for them', async () => {
    await rig.connector.record('E', 'BER', 3);
    await rig.map('E');
    const place = {
      type: 'PlaceReservation',
      reservationId: 'rs_RQ.11111111-1111-4111-8111-111111111111',
      orderId: 'O-5',
      channelId: 'shop',
      quantity: 2,
      ttlMs: 600_000,
      requestHash: 'cart',
      sources: [],
    };
    await rig.execute('E', place);
    await rig.send([ordered('O-5', 'E', 3)]);
    await rig.settled();
    const { state } = await rig.connector.runtime.ledger.read({ tenant: 'demo', sku: 'E' });
    expect(state.balances.get('BER')).toMatchObject({ onHand: 0, reserved: 0 });
    expect(await rig.find('O-5')).toMatchObject({ status: 'taken', lines: [{ uncovered: 0 }] });
  });

  it('wait for their mapping, and say so', async () => {
    await rig.connector.record('F', 'BER', 3);
    await rig.send([ordered('O-6', 'F', 2)]);
    await rig.settled();
    expect(await rig.find('O-6')).toMatchObject({
      status: 'uncovered',
      lines: [{ says: 'no SKU is mapped to listing listing F: it is taken from stock once one is' }],
    });
    await rig.map('F');
    await rig.settled();
    expect(await rig.onHand('F')).toBe(1);
    expect(await rig.find('O-6')).toMatchObject({ status: 'taken' });
  });

  it('come by polling, go on where it stopped, and are done with after they are stored', async () => {
    await rig.connector.record('G', 'BER', 3);
    await rig.map('G');
    let done = 0;
    rig.vendor.pages.push({
      account: { kind: 'ok' },
      events: [ordered('O-7', 'G', 1)],
      cursor: 'page 1',
      more: false,
      done: () => {
        done += 1;
        return Promise.resolve();
      },
    });
    await eventually(() => rig.vendor.polls.at(-1) === 'page 1');
    await rig.settled();
    expect([await rig.onHand('G'), done]).toEqual([2, 1]);
    rig.vendor.polls.length = 0;
    await rig.connector.restart(() => Promise.resolve());
    await eventually(() => rig.vendor.polls.length > 0);
    expect(rig.vendor.polls[0]).toBe('page 1');
  });

  it('are taken once where a process dies after the commit and before its own row', async () => {
    const { pool } = rig.connector.runtime.database;
    await rig.connector.record('H', 'BER', 5);
    await rig.map('H');
    await pool.query(`CREATE FUNCTION channels.die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the process is dead'; END $$`);
    await pool.query(
      `CREATE TRIGGER die BEFORE UPDATE OF parts ON channels.channel_order_line FOR EACH ROW WHEN (NEW.order_id = 'O-8') EXECUTE FUNCTION channels.die()`,
    );
    await rig.send([ordered('O-8', 'H', 2)]);
    await eventually(async () => (await rig.onHand('H')) === 3);
    await rig.connector.restart(async () => {
      await pool.query('DROP TRIGGER die ON channels.channel_order_line');
      await pool.query('DROP FUNCTION channels.die()');
    });
    await rig.settled();
    expect(await rig.onHand('H')).toBe(3);
    expect(await rig.find('O-8')).toMatchObject({ status: 'taken', lines: [{ takenFrom: [{ locationId: 'BER', quantity: 2 }] }] });
    await rig.send([refunded('O-8', 'r8', 2)]);
    await rig.settled();
    expect(await rig.onHand('H')).toBe(5);
  });

  it('take effect after a restart where their message was stored and nothing more', async () => {
    await rig.connector.record('I', 'BER', 5);
    await rig.map('I');
    await rig.connector.restart(async () => {
      const stored = { messageId: 'before the end', events: [ordered('O-9', 'I', 2)] };
      await putMessage(rig.connector.runtime.database.pool, { tenant: 'demo', channelId: 'shop' }, stored);
    });
    await rig.settled();
    expect(await rig.onHand('I')).toBe(3);
    await rig.send([ordered('O-9', 'I', 2)], 'before the end');
    await rig.settled();
    expect(await rig.onHand('I')).toBe(3);
  });

  it('are left alone where they are older than what is kept, also where a refund of them comes, now or later', async () => {
    const days = (count: number): number => Date.now() - count * 86_400_000;
    await rig.connector.record('J', 'BER', 5);
    await rig.map('J');
    const old = ordered('O-10', 'J', 2, { at: days(401) });
    await rig.send([old]);
    await rig.send([old, refunded('O-10', 'r10', 1)]);
    await rig.send([old]);
    await rig.send([ordered('O-11', 'J', 2, { at: days(399) })]);
    await rig.settled();
    expect([await rig.onHand('J'), await rig.find('O-10')]).toEqual([3, undefined]);
  });

  it('are shown to their tenant, by status', async () => {
    expect(await rig.find('O-1', 'other')).toBeUndefined();
    const { body } = await rig.connector.get('/sales-channel/orders?status=refunded');
    expect((body['orders'] as readonly OrderView[]).map(({ orderId }) => orderId).sort()).toEqual(['O-1', 'O-8']);
    expect(await rig.connector.get('/sales-channel/orders?status=lost')).toMatchObject({
      status: 400,
      body: { code: 'validation_failed' },
    });
    expect(await rig.connector.get('/sales-channel/orders', { permissions: ['inventory.read'] })).toMatchObject({
      status: 403,
      body: { code: 'missing_permission' },
    });
  });
});
