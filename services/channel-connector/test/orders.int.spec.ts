import { randomUUID } from 'node:crypto';
import { TOPICS, type AlertMessage } from '@holdfast/contracts';
import type { SkuCommand } from '@holdfast/inventory';
import { putMessage } from '../src/hooks/inbox.js';
import type { ChannelEvent } from '../src/providers/inbound.js';
import { ConnectorUnderTest } from './connector.js';
import { FakeVendor } from './fake-vendor.js';
import { eventually } from './scripted-receiver.js';

interface OrderView {
  readonly orderId: string;
  readonly status: string;
  readonly lines: readonly {
    readonly status: string;
    readonly says: string | null;
    readonly uncovered: number;
    readonly takenFrom: readonly { readonly locationId: string; readonly quantity: number }[];
  }[];
}

describe('orders of a channel', () => {
  const vendor = new FakeVendor();
  let connector: ConnectorUnderTest;
  let messages = 0;

  beforeAll(async () => {
    connector = await ConnectorUnderTest.start({ kinds: [vendor.provider], timings: { channelPollMs: 100 } });
    await connector.location('BER');
    await connector.location('HAM');
    await connector.put('/sales-channel/channels/shop', {
      provider: 'fake',
      credentials: { secret: 'word' },
      locations: [
        { locationId: 'BER', remoteId: 'r-ber' },
        { locationId: 'HAM', remoteId: 'r-ham' },
      ],
    });
  });
  afterAll(() => connector.stop());

  const map = (sku: string) => connector.put('/sales-channel/channels/shop/mappings', { mappings: [{ sku, listingId: `listing ${sku}` }] });
  const send = async (events: readonly ChannelEvent[], message = `m${String((messages += 1))}`): Promise<void> => {
    const answer = await connector.hook('shop', JSON.stringify(events), { 'x-signature': 'word', 'x-message': message });
    expect(answer.status).toBe(200);
  };
  const ordered = (orderId: string, sku: string, quantity: number, remoteId: string | null = null): ChannelEvent => ({
    kind: 'order',
    orderId,
    at: 1_000,
    lines: [{ lineId: 'L1', listingId: `listing ${sku}`, quantity, remoteId }],
  });
  const refunded = (orderId: string, refundId: string, quantity: number, restock = true): ChannelEvent => ({
    kind: 'refund',
    orderId,
    refundId,
    at: 2_000,
    lines: [{ lineId: 'L1', quantity, restock }],
  });
  const onHand = async (sku: string, locationId = 'BER'): Promise<number | undefined> =>
    (await connector.runtime.ledger.read({ tenant: 'demo', sku })).state.balances.get(locationId)?.onHand;
  const find = async (orderId: string, tenant = 'demo'): Promise<OrderView | undefined> => {
    const { body } = await connector.get('/sales-channel/orders?channelId=shop&limit=100', { tenant });
    return (body['orders'] as readonly OrderView[]).find((order) => order.orderId === orderId);
  };
  const settled = async (): Promise<void> => {
    const open = `SELECT (SELECT count(*) FROM channels.inbox WHERE due_at IS NOT NULL) + (SELECT count(*) FROM channels.channel_order WHERE due_at IS NOT NULL) AS open`;
    await eventually(async () => (await connector.runtime.database.pool.query<{ open: string }>(open)).rows[0]?.open === '0');
  };
  const execute = async (sku: string, command: Record<string, unknown>): Promise<void> => {
    const outcome = await connector.runtime.ledger.execute({ tenant: 'demo', sku }, {
      at: Date.now(),
      commandId: randomUUID(),
      ...command,
    } as unknown as SkuCommand);
    expect(outcome.kind).toBe('accepted');
  };

  it('leave stock once, and come back once', async () => {
    await connector.record('A', 'BER', 10);
    await map('A');
    await send([ordered('O-1', 'A', 4)], 'twin');
    await send([ordered('O-1', 'A', 4)], 'twin');
    await send([ordered('O-1', 'A', 4)]);
    await settled();
    expect(await onHand('A')).toBe(6);
    expect(await find('O-1')).toMatchObject({ status: 'taken', lines: [{ takenFrom: [{ locationId: 'BER', quantity: 4 }], says: null }] });

    await send([refunded('O-1', 'r1', 2)]);
    await send([refunded('O-1', 'r1', 2)]);
    await settled();
    expect(await onHand('A')).toBe(8);
    await send([refunded('O-1', 'r2', 2), refunded('O-1', 'r3', 2)]);
    await settled();
    expect(await onHand('A')).toBe(10);
    expect(await find('O-1')).toMatchObject({ status: 'refunded' });
  });

  it('take what is left where a part was cancelled before they came', async () => {
    await connector.record('B', 'BER', 5);
    await map('B');
    await send([{ kind: 'cancel', orderId: 'O-2', cancelId: 'c', at: 3_000, lines: [{ lineId: 'L1', quantity: 1 }] }]);
    await settled();
    expect(await find('O-2')).toBeUndefined();
    await send([ordered('O-2', 'B', 3)]);
    await settled();
    expect(await onHand('B')).toBe(3);
    await send([{ kind: 'cancel', orderId: 'O-2', cancelId: 'all', at: 4_000, lines: null }]);
    await settled();
    expect(await onHand('B')).toBe(5);
    expect(await find('O-2')).toMatchObject({ status: 'cancelled', lines: [{ takenFrom: [] }] });
  });

  it('leave the place that they name', async () => {
    await connector.record('C', 'BER', 5);
    await connector.record('C', 'HAM', 5);
    await map('C');
    await send([ordered('O-3', 'C', 2, 'r-ham')]);
    await settled();
    expect([await onHand('C', 'BER'), await onHand('C', 'HAM')]).toEqual([5, 3]);
  });

  it('are a fact where nothing is left: on hand goes below zero, and an alert names the order', async () => {
    const alerts: AlertMessage[] = [];
    const subscription = await connector.runtime.bus.consume({
      group: 'alerts-test',
      topics: [TOPICS.alerts.name],
      onBatch: (batch) => {
        alerts.push(...batch.messages.map(({ value }) => JSON.parse(value ?? '{}') as AlertMessage));
        return Promise.resolve();
      },
    });
    await connector.record('D', 'BER', 1);
    await map('D');
    await send([ordered('O-4', 'D', 3)]);
    await settled();
    expect(await onHand('D')).toBe(-2);
    expect(await find('O-4')).toMatchObject({
      status: 'uncovered',
      lines: [{ uncovered: 2, says: '2 of the units were sold and not there' }],
    });
    await eventually(() => alerts.length > 0);
    await subscription.stop();
    expect(alerts.map(({ data }) => data)).toEqual([
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
    await execute('D', issue);
    expect(await onHand('D')).toBe(-2);
    await send([{ kind: 'cancel', orderId: 'O-4', cancelId: 'all', at: 4_000, lines: null }]);
    await settled();
    expect(await onHand('D')).toBe(1);
  });

  it('commit what the shop had reserved for them', async () => {
    await connector.record('E', 'BER', 3);
    await map('E');
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
    await execute('E', place);
    await send([ordered('O-5', 'E', 3)]);
    await settled();
    const { state } = await connector.runtime.ledger.read({ tenant: 'demo', sku: 'E' });
    expect(state.balances.get('BER')).toMatchObject({ onHand: 0, reserved: 0 });
    expect(await find('O-5')).toMatchObject({ status: 'taken', lines: [{ uncovered: 0 }] });
  });

  it('wait for their mapping, and say so', async () => {
    await connector.record('F', 'BER', 3);
    await send([ordered('O-6', 'F', 2)]);
    await settled();
    expect(await find('O-6')).toMatchObject({
      status: 'uncovered',
      lines: [{ says: 'no SKU is mapped to listing listing F: it is taken from stock once one is' }],
    });
    await map('F');
    await settled();
    expect(await onHand('F')).toBe(1);
    expect(await find('O-6')).toMatchObject({ status: 'taken' });
  });

  it('come by polling, go on where it stopped, and are done with after they are stored', async () => {
    await connector.record('G', 'BER', 3);
    await map('G');
    let done = 0;
    vendor.pages.push({
      account: { kind: 'ok' },
      events: [ordered('O-7', 'G', 1)],
      cursor: 'page 1',
      more: false,
      done: () => {
        done += 1;
        return Promise.resolve();
      },
    });
    await eventually(() => vendor.polls.at(-1) === 'page 1');
    await settled();
    expect([await onHand('G'), done]).toEqual([2, 1]);
    vendor.polls.length = 0;
    await connector.restart(() => Promise.resolve());
    await eventually(() => vendor.polls.length > 0);
    expect(vendor.polls[0]).toBe('page 1');
  });

  it('are taken once where a process dies after the commit and before its own row', async () => {
    const { pool } = connector.runtime.database;
    await connector.record('H', 'BER', 5);
    await map('H');
    await pool.query(`CREATE FUNCTION channels.die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the process is dead'; END $$`);
    await pool.query(
      `CREATE TRIGGER die BEFORE UPDATE OF parts ON channels.channel_order_line FOR EACH ROW WHEN (NEW.order_id = 'O-8') EXECUTE FUNCTION channels.die()`,
    );
    await send([ordered('O-8', 'H', 2)]);
    await eventually(async () => (await onHand('H')) === 3);
    await connector.restart(async () => {
      await pool.query('DROP TRIGGER die ON channels.channel_order_line');
      await pool.query('DROP FUNCTION channels.die()');
    });
    await settled();
    expect(await onHand('H')).toBe(3);
    expect(await find('O-8')).toMatchObject({ status: 'taken', lines: [{ takenFrom: [{ locationId: 'BER', quantity: 2 }] }] });
    await send([refunded('O-8', 'r8', 2)]);
    await settled();
    expect(await onHand('H')).toBe(5);
  });

  it('take effect after a restart where their message was stored and nothing more', async () => {
    await connector.record('I', 'BER', 5);
    await map('I');
    await connector.restart(async () => {
      const stored = { messageId: 'before the end', events: [ordered('O-9', 'I', 2)] };
      await putMessage(connector.runtime.database.pool, { tenant: 'demo', channelId: 'shop' }, stored);
    });
    await settled();
    expect(await onHand('I')).toBe(3);
    await send([ordered('O-9', 'I', 2)], 'before the end');
    await settled();
    expect(await onHand('I')).toBe(3);
  });

  it('are shown to their tenant, by status', async () => {
    expect(await find('O-1', 'other')).toBeUndefined();
    const { body } = await connector.get('/sales-channel/orders?status=refunded');
    expect((body['orders'] as readonly OrderView[]).map(({ orderId }) => orderId).sort()).toEqual(['O-1', 'O-8']);
    expect(await connector.get('/sales-channel/orders?status=lost')).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(await connector.get('/sales-channel/orders', { permissions: ['inventory.read'] })).toMatchObject({
      status: 403,
      body: { code: 'missing_permission' },
    });
  });
});
