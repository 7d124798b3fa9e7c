import type { WarehouseAlert } from '@holdfast/contracts';
import { inTransaction } from '@holdfast/kit';
import { initialPutAwayState, PUT_AWAY_OVERDUE_MS, REPLENISHMENT_FAILED_MS, REQUEST_WAITING_MS } from '@holdfast/warehouse';
import { eventually, WorkflowUnderTest } from '../../test/workflow.js';
import { countOverdue } from './count-overdue.js';
import type { AlertSource, Trouble } from './alert-source.js';
import { expiredStock } from './expired-stock.js';
import { expiringSoon } from './expiring-soon.js';
import { LOT_DISCREPANCY_MS, lotDiscrepancy } from './lot-discrepancy.js';
import { putAwayOverdue } from './put-away-overdue.js';
import { replenishmentFailed } from './replenishment-failed.js';
import { requestReservationLost } from './request-reservation-lost.js';
import { requestWaiting } from './request-waiting.js';
import { TroubleWatch } from './trouble-watch.js';

const NOON = Date.parse('2026-03-02T12:00:00Z');
const DAY = 86_400_000;

describe('troubles of work', () => {
  let workflow: WorkflowUnderTest;
  let now = NOON;
  beforeAll(async () => {
    // The service looks, too: by the same clock.
    workflow = await WorkflowUnderTest.start((runtime) => ({ ...runtime, clock: { now: () => now } }));
  });
  afterAll(() => workflow.stop());

  const watch = () =>
    new TroubleWatch(
      workflow.runtime.database.pool,
      () => undefined,
      () => now,
    );
  /** One looks at a time: where the service is at it, this look waits for its turn. */
  const look = async (source: AlertSource) => {
    while (!(await watch().look(source))) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const query = (sql: string, values: unknown[] = []) => workflow.runtime.database.pool.query(sql, values);
  const told = async (of: WarehouseAlert['kind'], subject: string) =>
    (await workflow.alerts())
      .map(({ data }) => data as unknown as WarehouseAlert)
      .filter((alert) => alert.subject === subject && (alert.kind === of || alert.recoveredFrom === of))
      .map(({ kind, figure, since }) => [kind, figure, since]);
  const iso = (at: number): string => new Date(at).toISOString();
  const requestRow = (id: string, phase: string, since: number, record: object = {}, tenant = 'demo') =>
    [
      `INSERT INTO workflow.stock_request
         (tenant, request_id, number, status, phase, phase_since, priority, from_location_id, requested_by, authors, holds, waits, created_at,
          updated_at, record, revision)
       VALUES ($5, $1, 'SR-1', $2, $2, $3, 'normal', 'BER', 'ann', '{}', false, false, $3, $3, $4, 1)`,
      [id, phase, new Date(since), JSON.stringify(record), tenant],
    ] as const;
  const request = (id: string, phase: string, since: number, record?: object) => {
    const [sql, values] = requestRow(id, phase, since, record);
    return query(sql, [...values]);
  };

  it('tell a request that waits for two days, once, by whoever looks, and once that it is over', async () => {
    now = NOON + REQUEST_WAITING_MS - 1;
    await request('sr_a', 'submitted', NOON);
    await look(requestWaiting);
    expect(await told('request_waiting', 'sr_a')).toEqual([]);
    now += 1;
    await Promise.all([watch().look(requestWaiting), watch().look(requestWaiting)]);
    await look(requestWaiting);
    expect(await told('request_waiting', 'sr_a')).toEqual([['request_waiting', 48, iso(NOON)]]);
    await query(`UPDATE workflow.stock_request SET phase = 'approved', status = 'approved' WHERE request_id = 'sr_a'`);
    await look(requestWaiting);
    await look(requestWaiting);
    expect(await told('request_waiting', 'sr_a')).toEqual([
      ['request_waiting', 48, iso(NOON)],
      ['recovered', 0, iso(NOON)],
    ]);
  });

  it('of one tenant do not hide those of another', async () => {
    const rows = [
      ...['sr_1', 'sr_2', 'sr_3'].map((id, at) => requestRow(id, 'submitted', NOON - DAY + at, {}, 'loud')),
      requestRow('sr_1', 'submitted', NOON, {}, 'quiet'),
    ];
    // Nobody else sees the rows of this transaction.
    const seen = await inTransaction(workflow.runtime.database.pool, async (client) => {
      for (const [sql, values] of rows) await client.query(sql, [...values]);
      const found = await requestWaiting.troubles(client, NOON + REQUEST_WAITING_MS, { most: 2, isTold: () => false });
      await client.query(`DELETE FROM workflow.stock_request WHERE tenant IN ('loud', 'quiet')`);
      return found;
    });
    expect(seen.filter(({ tenant }) => tenant !== 'demo').map(({ tenant, subject }) => [tenant, subject])).toEqual([
      ['loud', 'sr_1'],
      ['loud', 'sr_2'],
      ['quiet', 'sr_1'],
    ]);
  });

  it('of a tenant with very many are all told in the end: beside those that were told the oldest others are seen', async () => {
    // Nobody else sees the rows of this transaction.
    const seen = await inTransaction(workflow.runtime.database.pool, async (client) => {
      await client.query(
        `INSERT INTO workflow.stock_request
           (tenant, request_id, number, status, phase, phase_since, priority, from_location_id, requested_by, authors, holds, waits, created_at,
            updated_at, record, revision)
         SELECT 'many', 'sr_' || n, 'SR', 'submitted', 'submitted', to_timestamp($1::float8 / 1000) + n * interval '1 ms', 'normal', 'BER', 'ann',
                '{}', false, false, now(), now(), '{}', 1
           FROM generate_series(1, 5) AS n`,
        [NOON],
      );
      const tell = async () => {
        const found = await requestWaiting.troubles(client, NOON + 2 * REQUEST_WAITING_MS, { most: 2, isTold: () => false });
        const mine = found.filter(({ tenant }) => tenant === 'many').map(({ subject }) => subject);
        await client.query(
          `INSERT INTO workflow.alert_trouble SELECT 'request_waiting', 'many', s, 0, 1, now(), '{}', now() FROM unnest($1::text[]) AS s
           ON CONFLICT DO NOTHING`,
          [mine],
        );
        return mine.sort();
      };
      const looks = [await tell(), await tell()];
      await client.query(`DELETE FROM workflow.stock_request WHERE tenant = 'many' AND request_id = 'sr_1'`);
      looks.push(await tell());
      for (const table of ['stock_request', 'alert_trouble']) await client.query(`DELETE FROM workflow.${table} WHERE tenant = 'many'`);
      return looks;
    });
    expect(seen).toEqual([
      ['sr_1', 'sr_2'],
      ['sr_1', 'sr_2', 'sr_3', 'sr_4'],
      ['sr_2', 'sr_3', 'sr_4', 'sr_5'],
    ]);
  });

  it('tell an approved request whose units nothing holds any more', async () => {
    await request('sr_b', 'approved', NOON, { lostAt: NOON + 5 });
    await query(`INSERT INTO workflow.stock_request_line VALUES ('demo', 'sr_b', '1', 'TEE', 8, 8, 0, 0, 3, 0)`);
    await look(requestReservationLost);
    expect(await told('request_reservation_lost', 'sr_b')).toEqual([['request_reservation_lost', 5, iso(NOON + 5)]]);
    await query(`UPDATE workflow.stock_request_line SET reserved = 5 WHERE request_id = 'sr_b'`);
    await look(requestReservationLost);
    expect(await told('request_reservation_lost', 'sr_b')).toHaveLength(2);
  });

  it('tell an order of replenishment that cannot be placed for a quarter of an hour', async () => {
    now = NOON;
    await query(
      `INSERT INTO workflow.process (kind, tenant, id, failures, next_attempt_at) VALUES ('replenishment', 'demo', 'rep_a', 3, 'infinity')`,
    );
    await query(
      `INSERT INTO workflow.replenishment (tenant, order_id, sku, location_id, status, quantity, created_at, updated_at, record)
       VALUES ('demo', 'rep_a', 'TEE', 'HAM', 'approved', 12, $1, $1, '{}')`,
      [new Date(NOON)],
    );
    now = NOON + REPLENISHMENT_FAILED_MS - 1;
    await look(replenishmentFailed);
    expect(await told('replenishment_failed', 'rep_a')).toEqual([]);
    now += 1;
    await look(replenishmentFailed);
    expect(await told('replenishment_failed', 'rep_a')).toEqual([['replenishment_failed', 12, iso(NOON)]]);
  });

  it('tell goods that are not put away for a day, with the units that are not in their bin', async () => {
    const line = { claimId: 'c', binId: 'A-1', quantity: 10, because: 'empty', completed: 4 };
    const state = { ...initialPutAwayState(), phase: 'open', taskId: 'pa_a', sku: 'TEE', locationId: 'BER', quantity: 10, lines: [line] };
    await query(
      `INSERT INTO workflow.put_away (tenant, id, status, location_id, sku, under_way, created_at, updated_at, record, revision)
       VALUES ('demo', 'pa_a', 'partly_completed', 'BER', 'TEE', false, $1, $1, $2, 1)`,
      [new Date(NOON), JSON.stringify({ state, createdAt: NOON, updatedAt: NOON })],
    );
    now = NOON + PUT_AWAY_OVERDUE_MS - 1;
    await look(putAwayOverdue);
    expect(await told('put_away_overdue', 'pa_a')).toEqual([]);
    now += 1;
    await look(putAwayOverdue);
    expect(await told('put_away_overdue', 'pa_a')).toEqual([['put_away_overdue', 6, iso(NOON)]]);
    await query(`UPDATE workflow.put_away SET status = 'completed' WHERE id = 'pa_a'`);
    await look(putAwayOverdue);
    expect((await told('put_away_overdue', 'pa_a')).map(([kind]) => kind)).toEqual(['put_away_overdue', 'recovered']);
  });

  it('tell a location where counts are overdue, with their number', async () => {
    await query(`INSERT INTO workflow.last_count VALUES ('demo', 'BER', 'TEE', $1, 'cc_1')`, [new Date(NOON - 40 * DAY)]);
    const item = (dueAt: number, isBeingCounted = false) => ({ dueAt, isBeingCounted });
    const items = [item(NOON - 3 * DAY), item(NOON - DAY), item(NOON - 2 * DAY, true), item(NOON + DAY)];
    const abc = { of: async () => ({ items, settings: {}, now: NOON }) } as unknown as Parameters<typeof countOverdue>[0];
    now = NOON;
    await look(countOverdue(abc));
    expect(await told('count_overdue', 'BER')).toEqual([['count_overdue', 2, iso(NOON - 3 * DAY)]]);
  });

  it('tell lots and on hand that do not add up for a day, once, and that they do again', async () => {
    const { ledger } = workflow.runtime;
    const of = { tenant: 'demo', sku: 'HAM' };
    const there = { locationId: 'BER', connectionId: 'erp' };
    now = NOON;
    const begun = now;
    const received = { ...there, effectiveAt: now, quantity: 10, positions: [{ lotId: 'L1', quantity: 10 }] };
    await ledger.execute(of, { type: 'ReceiveStock', at: now, commandId: 'ham-1', messageId: 'h1', ...received });
    await eventually(async () => expect((await query(`SELECT 1 FROM workflow.lot_sku WHERE sku = 'HAM'`)).rowCount).toBe(1));
    const lookHere = () => look(lotDiscrepancy(ledger));
    const level = (figure: number, id: string) => {
      const fact = { ...there, messageId: id, figure, asOf: now, postingLagMs: null };
      return ledger.execute(of, { type: 'ReportLevel', at: now, commandId: id, ...fact });
    };
    await lookHere();
    now += 1;
    await level(6, 'ham-2');
    await lookHere();
    now += LOT_DISCREPANCY_MS - 1;
    await lookHere();
    expect(await told('lot_discrepancy', 'HAM~BER')).toEqual([]);
    now += 1;
    await lookHere();
    await lookHere();
    const missing = ['lot_discrepancy', -4, iso(begun + 1)];
    expect(await told('lot_discrepancy', 'HAM~BER')).toEqual([missing]);
    now += 1;
    await level(10, 'ham-3');
    await lookHere();
    expect(await told('lot_discrepancy', 'HAM~BER')).toEqual([missing, ['recovered', 0, iso(begun + 1)]]);
  });

  it('tell a lot that expires within 30 days, once more within 7, and its units that lie there expired until they are gone', async () => {
    const { ledger } = workflow.runtime;
    const expiresAt = NOON + 40 * DAY;
    const lot = { lotId: 'L1', quantity: 6, expiryDate: '2026-04-10', expiresAt };
    now = NOON;
    const of = { tenant: 'demo', sku: 'MILK' };
    const there = { locationId: 'BER', effectiveAt: now };
    const positions = [lot, { lotId: 'L2', quantity: 4 }];
    await ledger.execute(of, { type: 'ReceiveStock', at: now, commandId: 'milk-1', ...there, quantity: 10, messageId: 'm', positions });
    await eventually(async () => expect((await query(`SELECT 1 FROM workflow.lot_expiry WHERE sku = 'MILK'`)).rowCount).toBe(1));
    const soon = () => told('expiring_soon', 'MILK~~L1~');
    for (const day of [9, 10, 11, 33, 34]) {
      now = NOON + day * DAY;
      await look(expiringSoon(ledger));
    }
    expect(await soon()).toEqual([
      ['expiring_soon', 6, iso(expiresAt - 30 * DAY)],
      ['expiring_soon', 6, iso(expiresAt - 7 * DAY)],
    ]);
    now = expiresAt;
    await eventually(async () => expect((await query(`SELECT 1 FROM workflow.expired_lots WHERE sku = 'MILK'`)).rowCount).toBe(1));
    const at = (kind: string) => expiredStock(ledger, { find: async () => ({ kind }) } as unknown as Parameters<typeof expiredStock>[1]);
    // Not by what was told: the service looks, too, and knows the location as a warehouse.
    const waiting = await inTransaction(workflow.runtime.database.pool, (client) =>
      at('destruction').troubles(client, now, { most: 9, isTold: () => false }),
    );
    expect(waiting.map(({ subject }) => subject)).not.toContain('MILK~BER~L1~');
    const expired = ['expired_stock', 6, iso(expiresAt)];
    const looked = async (alerts: readonly unknown[]) => {
      await look(at('warehouse'));
      expect(await told('expired_stock', 'MILK~BER~L1~')).toEqual(alerts);
    };
    await looked([expired]);
    await looked([expired]);
    const gone = { ...there, lotId: 'L1', delta: -6, reasonCode: 'destroyed', mustBeExpired: true };
    await ledger.execute(of, { type: 'AdjustStock', at: now, commandId: 'milk-2', ...gone });
    await looked([expired, ['recovered', 0, iso(expiresAt)]]);
    expect((await query(`SELECT 1 FROM workflow.expired_lots WHERE sku = 'MILK'`)).rowCount).toBe(0);
    expect(await soon()).toHaveLength(2);
  });

  it('of lots of one tenant do not hide those of another', async () => {
    const { ledger, database } = workflow.runtime;
    const of = { tenant: 'demo', sku: 'CREAM' };
    const expiresAt = now + 40 * DAY;
    const positions = [{ lotId: 'L1', quantity: 6, expiryDate: '2026-05-20', expiresAt }];
    const receipt = {
      type: 'ReceiveStock',
      commandId: 'cream-1',
      locationId: 'BER',
      quantity: 6,
      messageId: 'm-cream',
      positions,
    } as const;
    await ledger.execute(of, { ...receipt, at: now, effectiveAt: now });
    // Each SKU of the loud tenant has the same lot.
    const same = { read: () => ledger.read(of) };
    const few = { most: 2, isTold: () => false };
    const soon = expiringSoon(same);
    const rows = `SELECT t, sku, to_timestamp($1::float8 / 1000) FROM (VALUES ('loud', 'A'), ('loud', 'B'), ('loud', 'C'), ('quiet', 'D')) AS v (t, sku)`;
    const seen = await inTransaction(database.pool, async (client) => {
      for (const table of ['lot_expiry', 'expired_lots']) await client.query(`INSERT INTO workflow.${table} ${rows}`, [expiresAt]);
      const found = [
        await soon.troubles(client, expiresAt - DAY, few),
        await expiredStock(same, { find: async () => undefined }).troubles(client, expiresAt, few),
        await soon.troubles(client, expiresAt - DAY, few),
        await soon.troubles(client, expiresAt - DAY, few),
      ];
      for (const table of ['lot_expiry', 'expired_lots'])
        await client.query(`DELETE FROM workflow.${table} WHERE tenant IN ('loud', 'quiet')`);
      return found;
    });
    const tenants = seen.map((troubles) => troubles.map(({ tenant }) => tenant).filter((tenant) => tenant !== 'demo'));
    expect(tenants.map((found) => found.sort())).toEqual([
      ['loud', 'loud', 'quiet'],
      ['loud', 'loud', 'quiet'],
      // The rest of the loud one, and from the beginning again.
      ['loud', 'quiet'],
      ['loud', 'loud', 'quiet'],
    ]);
  });

  it('are neither stored nor told where it dies between the two', async () => {
    const trouble: Trouble = { tenant: 'demo', subject: 'lot', stage: 30, figure: 9, since: NOON };
    const source = (...troubles: readonly Trouble[]): AlertSource => ({
      kind: 'expiring_soon',
      everyMs: 1,
      isToldOnce: true,
      troubles: async () => troubles,
    });
    const unfit = { ...trouble, subject: 'unfit', since: Number.NaN };
    await expect(look(source(trouble, unfit))).rejects.toThrow();
    expect(await told('expiring_soon', 'lot')).toEqual([]);
    await look(source(trouble));
    await look(source());
    await look(source(trouble, { ...trouble, stage: 7 }));
    expect(await told('expiring_soon', 'lot')).toEqual([
      ['expiring_soon', 9, iso(NOON)],
      ['expiring_soon', 9, iso(NOON)],
    ]);
  });
});
