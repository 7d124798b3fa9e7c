import { randomUUID } from 'node:crypto';
import { eventually, WorkflowUnderTest } from '../../test/workflow.js';
import { StockWatch } from './stock-watch.js';
import { ALERT_PAUSE_MS } from '@holdfast/warehouse';

let workflow: WorkflowUnderTest;
let laterMs = 0;
const pauseIsOver = (): void => void (laterMs += ALERT_PAUSE_MS);
beforeAll(async () => {
  workflow = await WorkflowUnderTest.start((runtime) => ({ ...runtime, clock: { now: () => Date.now() + laterMs } }));
});
afterAll(() => workflow.stop());

let skus = 0;
const newSku = () => `SKU-${(skus += 1)}`;
let position = 0;
const at = () => String((position += 1));

/** Tells figures one after the other, each once the one before was seen: what comes together is weighed once, as it is in the end. */
async function tellInTurn(sku: string, ...onHands: readonly number[]): Promise<void> {
  for (const onHand of onHands) {
    pauseIsOver();
    await tellAndWait(sku, onHand);
  }
}

async function tellAndWait(sku: string, ...onHands: readonly number[]): Promise<void> {
  for (const onHand of onHands) {
    const place = at();
    await workflow.tell({ sku, onHand, position: place });
    await eventually(async () => {
      const { rows } = await workflow.runtime.database.pool.query('SELECT position FROM workflow.stock WHERE sku = $1', [sku]);
      expect(rows).toEqual([{ position: place }]);
    });
  }
}

const said = async (sku: string) =>
  (await workflow.alerts()).filter(({ data }) => data.sku === sku).map(({ data }) => [data.kind, data.available] as const);
const openAlert = async (sku: string) =>
  ((await workflow.get(`/sales-channel/inventory/alerts/low-stock?sku=${sku}`)).body['alerts'] as Record<string, unknown>[])[0];

describe('alerts', () => {
  it('says once for each change how much is left, from low to out and back', async () => {
    const sku = newSku();
    await tellInTurn(sku, 50, 9, 7, 0, 3, 12, 40);
    await eventually(async () =>
      expect(await said(sku)).toEqual([
        ['low_stock', 9],
        ['stock_out', 0],
        ['back_in_stock', 3],
        ['recovered', 12],
      ]),
    );
    expect(await openAlert(sku)).toBeUndefined();
  });

  it('says the same once in a while without a recovery, then once what it did not say, with the last figure', async () => {
    const sku = newSku();
    await tellAndWait(sku, ...Array.from({ length: 5 }, () => [0, 5]).flat(), 4);
    const once = [
      ['stock_out', 0],
      ['back_in_stock', 5],
    ];
    expect(await said(sku)).toEqual(once);
    expect(await openAlert(sku)).toMatchObject({ quantity: 4 });
    pauseIsOver();
    await eventually(async () => expect(await said(sku)).toEqual([...once, ['back_in_stock', 4]]));
    expect((await workflow.alerts()).findLast(({ data }) => data.sku === sku)?.data).toMatchObject({ suppressed: 8 });
  });

  it('says a fall after each recovery, and nothing around the threshold', async () => {
    const sku = newSku();
    await tellAndWait(sku, 5, 10, 9, 10, 11, 9);
    expect(await said(sku)).toEqual([
      ['low_stock', 5],
      ['recovered', 11],
      ['low_stock', 9],
    ]);
  });

  it('says once what two processes look at together, also what waited', async () => {
    const sku = newSku();
    await tellAndWait(sku, 0, 5, 0);
    const { pool } = workflow.runtime.database;
    const twins = [0, 1].map(
      () =>
        new StockWatch(
          pool,
          () => undefined,
          workflow.runtime.clock.now,
          () => undefined,
        ),
    );
    pauseIsOver();
    await Promise.all(twins.map((twin) => twin.tellWaiting()));
    await Promise.all(twins.map((twin) => twin.tellWaiting()));
    await eventually(async () =>
      expect(await said(sku)).toEqual([
        ['stock_out', 0],
        ['back_in_stock', 5],
        ['stock_out', 0],
      ]),
    );
  });

  it('keeps neither the figure nor the alert where it dies between the two', async () => {
    const sku = newSku();
    const { pool } = workflow.runtime.database;
    const figure = { tenant: 'demo', sku, locationId: 'MAIN', onHand: 3, reserved: 0, available: 3, position: at(), version: 1, at: 0 };
    let calls = 0;
    const dying = () => {
      calls += 1;
      throw new Error('died');
    };
    const refused: unknown[] = [];
    const watch = new StockWatch(
      pool,
      () => undefined,
      dying,
      (lost) => refused.push(lost),
    );
    await expect(watch.see([figure])).rejects.toThrow('died');
    expect(calls).toBe(1);
    expect((await pool.query('SELECT 1 FROM workflow.stock WHERE sku = $1', [sku])).rows).toEqual([]);
    await workflow.tell({ sku, onHand: 3, position: figure.position, version: 1 });
    await eventually(async () => expect(await said(sku)).toEqual([['low_stock', 3]]));
  });

  it('adds up the locations of a SKU', async () => {
    const sku = newSku();
    await workflow.tell({ sku, locationId: 'BER', onHand: 6, position: at() }, { sku, locationId: 'HAM', onHand: 6, position: at() });
    await eventually(async () => expect((await openAlert(sku)) === undefined).toBe(true));
    await workflow.tell({ sku, locationId: 'HAM', onHand: 2, position: at() });
    await eventually(async () =>
      expect(await openAlert(sku)).toMatchObject({
        sku,
        quantity: 8,
        threshold: 10,
        severity: 'LOW',
        since: expect.any(String),
        locations: [
          { locationId: 'BER', available: 6 },
          { locationId: 'HAM', available: 2 },
        ],
      }),
    );
  });

  it('says nothing twice over messages that come again, late or after a restart', async () => {
    const sku = newSku();
    const [first, second] = [at(), at()];
    await workflow.tell({ sku, onHand: 30, position: first }, { sku, onHand: 4, position: second });
    await eventually(async () => expect(await said(sku)).toEqual([['low_stock', 4]]));
    await workflow.tell({ sku, onHand: 30, position: first }, { sku, onHand: 4, position: second });
    await workflow.restart();
    await workflow.tell({ sku, onHand: 4, position: second }, { sku, onHand: 3, position: at() });
    await eventually(async () => expect(await openAlert(sku)).toMatchObject({ quantity: 3 }));
    expect(await said(sku)).toEqual([['low_stock', 4]]);
  });

  it('warns when more is promised than lies there, and says when that is over', async () => {
    const sku = newSku();
    await workflow.tell({ sku, locationId: 'BER', onHand: 2, reserved: 5, position: at() });
    await eventually(async () =>
      expect((await said(sku)).map(([kind]) => kind)).toEqual(expect.arrayContaining(['stock_out', 'oversell_risk'])),
    );
    await workflow.tell({ sku, locationId: 'BER', onHand: 60, reserved: 5, position: at() });
    await eventually(async () => {
      const risks = (await workflow.alerts())
        .filter(({ data }) => data.sku === sku && data.locationId === 'BER')
        .map(({ data }) => data.kind);
      expect(risks).toEqual(['oversell_risk', 'recovered']);
    });
  });

  it('warns when what is promised may not leave, with the units that are not covered', async () => {
    const sku = newSku();
    await workflow.tell({ sku, locationId: 'BER', onHand: 40, reserved: 30, available: -15, position: at() });
    await eventually(async () =>
      expect((await workflow.alerts()).filter(({ data }) => data.sku === sku && data.locationId === 'BER')).toMatchObject([
        { data: { kind: 'promise_uncovered', available: -15, uncoveredUnits: 15 } },
      ]),
    );
  });

  it("goes by the product's own threshold, from the moment it is known", async () => {
    const sku = newSku();
    await workflow.tell({ sku, onHand: 15, position: at() });
    await workflow.stock(sku, { type: 'DescribeProduct', verified: true, name: 'Tent', lowStockThreshold: 20 });
    await eventually(async () => expect(await openAlert(sku)).toMatchObject({ quantity: 15, threshold: 20 }));
    await workflow.stock(sku, { type: 'DescribeProduct', verified: true, name: 'Family tent' });
    await workflow.stock(sku, { type: 'DescribeProduct', verified: true, lowStockThreshold: 5 });
    await eventually(async () =>
      expect(await said(sku)).toEqual([
        ['low_stock', 15],
        ['recovered', 15],
      ]),
    );
  });

  it('keeps ids of messages stable and unlike', async () => {
    const sku = newSku();
    await tellInTurn(sku, 5, 50, 5);
    await eventually(async () => expect(await said(sku)).toHaveLength(3));
    const ids = (await workflow.alerts()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('leaves out an event and a figure that can never be stored, and goes on', async () => {
    const [bad, sku] = [newSku(), newSku()];
    const metadata = { tenant: 'demo', at: Date.now(), commandId: 'c' };
    const data = { commandId: 'c', verified: true, lowStockThreshold: 'many' };
    await workflow.runtime.eventStore.append(`stock-demo.${bad}`, -1, [{ id: randomUUID(), type: 'ProductDescribed.v1', data, metadata }]);
    const beyond = '9999999999999999999';
    await workflow.tell({ sku: bad, onHand: 1, position: beyond, version: 1 }, { sku, onHand: 15, position: at() });
    await workflow.stock(sku, { type: 'DescribeProduct', verified: true, lowStockThreshold: 20 });
    await eventually(async () => expect(await openAlert(sku)).toMatchObject({ quantity: 15, threshold: 20 }));
  });

  it('steps over a message that cannot be read', async () => {
    const sku = newSku();
    await workflow.runtime.bus.publish('inventory.atp.v1', [
      { key: 'x', value: 'no JSON' },
      { key: 'x', value: null },
    ]);
    await workflow.tell({ sku, onHand: 1, position: at() });
    await eventually(async () => expect(await openAlert(sku)).toMatchObject({ quantity: 1 }));
  });

  it('lists by severity and in pages, for one tenant only', async () => {
    const sku = newSku();
    await workflow.tell({ sku, onHand: 0, position: at(), tenant: 'third' }, { sku: newSku(), onHand: 2, position: at(), tenant: 'third' });
    const list = (query: string, tenant = 'third') => workflow.get(`/sales-channel/inventory/alerts/low-stock${query}`, { tenant });
    await eventually(async () => expect((await list('')).body).toMatchObject({ pagination: { total: 2 } }));
    expect((await list('?severity=CRITICAL')).body).toMatchObject({
      alerts: [{ sku, quantity: 0, severity: 'CRITICAL' }],
      pagination: { total: 1 },
    });
    expect((await list('?limit=1&page=2')).body).toMatchObject({ alerts: [{}], pagination: { page: 2, totalPages: 2 } });
    expect((await list('', 'fourth')).body).toMatchObject({ alerts: [], pagination: { total: 0 } });
    expect((await list('?severity=BAD')).status).toBe(400);
  });
});
