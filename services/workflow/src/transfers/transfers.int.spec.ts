import { randomUUID } from 'node:crypto';
import { usualBin, type Bin } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { eventually, WorkflowUnderTest } from '../../test/workflow.js';

let workflow: WorkflowUnderTest;
/** Set by a test: what happens before a command reaches its SKU. */
let before: ((sku: string, type: string) => Promise<void> | void) | undefined;

const interruptible = (runtime: Runtime): Runtime => {
  const ledger: SkuLedger = {
    execute: async (ref, command, context) => {
      await before?.(ref.sku, command.type);
      return runtime.ledger.execute(ref, command, context);
    },
    read: (ref) => runtime.ledger.read(ref),
    drain: () => runtime.ledger.drain(),
  };
  return { ...runtime, ledger };
};

beforeAll(async () => {
  workflow = await WorkflowUnderTest.start(interruptible);
  await workflow.location('BER');
  await workflow.location('HAM');
});
afterAll(() => workflow.stop());
afterEach(() => (before = undefined));

let skus = 0;
/** A SKU with so many units in Berlin. */
async function stocked(units: number): Promise<string> {
  skus += 1;
  const sku = `SKU-${skus}`;
  await workflow.record(sku, 'BER', units);
  return sku;
}

const PATH = '/api/inventory/transfers';
const create = (lines: readonly { sku: string; quantity: number }[], more: object = {}) =>
  workflow.post(PATH, { fromLocationId: 'BER', toLocationId: 'HAM', lines, ...more });

async function created(...lines: readonly { sku: string; quantity: number }[]): Promise<string> {
  const { status, body } = await create(lines);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return String(body['id']);
}

const act = (id: string, action: string, more: object = {}, key?: string) =>
  workflow.post(`${PATH}/${id}`, { action, ...more }, key === undefined ? {} : { key });

const figures = async (sku: string) => ({
  berlin: await workflow.onHand(sku, 'BER'),
  way: await workflow.inTransit(sku),
  hamburg: await workflow.onHand(sku, 'HAM'),
});

describe('a transfer', () => {
  it('moves nothing until it is shipped', async () => {
    const sku = await stocked(10);
    const { status, body } = await create([{ sku, quantity: 4 }], { reference: 'PO-7' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'created',
      fromLocationId: 'BER',
      toLocationId: 'HAM',
      reference: 'PO-7',
      lines: [{ sku, quantity: 4, inTransit: 0, received: 0, returned: 0, rejected: 0, over: 0, lost: 0, holdId: null }],
    });
    expect(await figures(sku)).toEqual({ berlin: 10, way: 0, hamburg: 0 });
  });

  it('is on its way once shipped, and arrives in parts', async () => {
    const sku = await stocked(10);
    const id = await created({ sku, quantity: 6 });
    expect((await act(id, 'ship')).body).toMatchObject({ status: 'in_transit', lines: [{ inTransit: 6 }] });
    expect(await figures(sku)).toEqual({ berlin: 4, way: 6, hamburg: 0 });

    const partly = await act(id, 'receive', { lines: [{ sku, quantity: 2 }], receiptId: 'first' });
    expect(partly.body).toMatchObject({ status: 'in_transit', receipts: ['first'], lines: [{ inTransit: 4, received: 2 }] });
    expect(await figures(sku)).toEqual({ berlin: 4, way: 4, hamburg: 2 });

    expect((await act(id, 'receive')).body).toMatchObject({ status: 'received', lines: [{ inTransit: 0, received: 6 }] });
    expect(await figures(sku)).toEqual({ berlin: 4, way: 0, hamburg: 6 });
  });

  it('goes back when it is cancelled, before and after shipping', async () => {
    const sku = await stocked(10);
    const early = await created({ sku, quantity: 3 });
    expect((await act(early, 'cancel')).body).toMatchObject({ status: 'cancelled', lines: [{ inTransit: 0, returned: 0 }] });

    const late = await created({ sku, quantity: 6 });
    await act(late, 'ship');
    await act(late, 'receive', { lines: [{ sku, quantity: 1 }] });
    expect((await act(late, 'cancel')).body).toMatchObject({ status: 'cancelled', lines: [{ inTransit: 0, received: 1, returned: 5 }] });
    expect(await figures(sku)).toEqual({ berlin: 9, way: 0, hamburg: 1 });
  });

  it('ships all lines or none, and names the short one', async () => {
    const [plenty, scarce, more] = [await stocked(10), await stocked(1), await stocked(10)];
    const id = await created({ sku: plenty, quantity: 5 }, { sku: scarce, quantity: 2 }, { sku: more, quantity: 5 });
    expect(await act(id, 'ship')).toMatchObject({
      status: 409,
      body: { code: 'insufficient_stock', details: [{ sku: scarce, requested: 2, available: 1, locationId: 'BER' }] },
    });
    expect(await figures(plenty)).toEqual({ berlin: 10, way: 0, hamburg: 0 });
    expect(await figures(more)).toEqual({ berlin: 10, way: 0, hamburg: 0 });
    expect((await workflow.get(`${PATH}/${id}`)).body).toMatchObject({ status: 'created' });

    await workflow.record(scarce, 'BER', 2);
    expect((await act(id, 'ship')).body).toMatchObject({ status: 'in_transit' });
    expect(await figures(plenty)).toEqual({ berlin: 5, way: 5, hamburg: 0 });
  });

  it('never ships units that are promised', async () => {
    const sku = await stocked(5);
    await workflow.stock(sku, {
      type: 'PlaceReservation',
      reservationId: `rs_${sku}`,
      orderId: 'o',
      quantity: 3,
      ttlMs: 60_000,
      requestHash: 'h',
      sources: [],
    });
    const id = await created({ sku, quantity: 3 });
    expect((await act(id, 'ship')).body).toMatchObject({ code: 'insufficient_stock', details: [{ requested: 3, available: 2 }] });
  });

  it('counts lines of the same SKU as one', async () => {
    const sku = await stocked(9);
    const { body } = await create([
      { sku, quantity: 2 },
      { sku, quantity: 3 },
    ]);
    expect(body['lines']).toMatchObject([{ sku, quantity: 5, inTransit: 0, received: 0, returned: 0 }]);
  });

  it('says who created it, and is changed by who saw it as it is', async () => {
    const sku = await stocked(10);
    const { body } = await create([{ sku, quantity: 4 }]);
    const id = String(body['id']);
    expect(body).toMatchObject({ version: 1, createdBy: 'key-1' });
    expect(await act(id, 'ship', { expectedVersion: 2 })).toMatchObject({
      status: 412,
      body: { code: 'version_mismatch', details: [{ expectedVersion: 2, version: 1 }] },
    });
    expect(await figures(sku)).toEqual({ berlin: 10, way: 0, hamburg: 0 });
    const shipped = await act(id, 'ship', { expectedVersion: 1 });
    expect(shipped).toMatchObject({ status: 200, body: { status: 'in_transit', version: 3 } });
    expect(await act(id, 'ship', { expectedVersion: 1 })).toMatchObject({ status: 200, body: { version: 3 } });
    expect(await act(id, 'cancel', { expectedVersion: 1 })).toMatchObject({ status: 412 });
    const seen = shipped.position === undefined ? {} : { minPosition: shipped.position };
    const { body: page } = await workflow.get(`${PATH}?locationId=HAM`, seen);
    expect(page['transfers']).toEqual(expect.arrayContaining([expect.objectContaining({ id, version: 3, createdBy: 'key-1' })]));
  });

  it('takes productMasterId for the name of a SKU, in its lines and in those of a receipt', async () => {
    const sku = await stocked(10);
    const { status, body } = await workflow.post(PATH, {
      fromLocationId: 'BER',
      toLocationId: 'HAM',
      lines: [{ productMasterId: sku, quantity: 4 }],
    });
    expect([status, body]).toMatchObject([201, { lines: [{ sku, productMasterId: sku }] }]);
    const id = String(body['id']);
    await act(id, 'ship');
    expect((await act(id, 'receive', { lines: [{ productMasterId: sku, quantity: 3 }] })).body).toMatchObject({ lines: [{ received: 3 }] });
    for (const line of [{ quantity: 1 }, { sku, productMasterId: 'OTHER', quantity: 1 }]) {
      expect(await act(id, 'receive', { lines: [line] })).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    }
  });

  it('carries many lines', async () => {
    const lines = await Promise.all(Array.from({ length: 60 }, async () => ({ sku: await stocked(3), quantity: 2 })));
    const id = await created(...lines);
    expect((await act(id, 'ship')).status).toBe(200);
    expect((await act(id, 'receive')).body).toMatchObject({ status: 'received' });
    for (const { sku } of lines) expect(await figures(sku)).toEqual({ berlin: 1, way: 0, hamburg: 2 });
  });
});

describe('the same again', () => {
  it('gives the first answer to a request with the same key', async () => {
    const sku = await stocked(9);
    const body = { fromLocationId: 'BER', toLocationId: 'HAM', lines: [{ sku, quantity: 2 }] };
    const first = await workflow.post(PATH, body, { key: `create-${sku}` });
    expect(await workflow.post(PATH, body, { key: `create-${sku}` })).toMatchObject({ status: 201, body: { id: first.body['id'] } });
    const other = await workflow.post(PATH, { ...body, lines: [{ sku, quantity: 3 }] }, { key: `create-${sku}` });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  it('receives once under the same receipt id', async () => {
    const sku = await stocked(9);
    const id = await created({ sku, quantity: 6 });
    await act(id, 'ship');
    await act(id, 'receive', { lines: [{ sku, quantity: 2 }], receiptId: 'r1' });
    expect((await act(id, 'receive', { lines: [{ sku, quantity: 2 }], receiptId: 'r1' })).status).toBe(200);
    expect(await figures(sku)).toEqual({ berlin: 3, way: 4, hamburg: 2 });
  });

  it('ships once when told twice at the same time', async () => {
    const sku = await stocked(9);
    const id = await created({ sku, quantity: 4 });
    const answers = await Promise.all([act(id, 'ship'), act(id, 'ship'), act(id, 'ship')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await figures(sku)).toEqual({ berlin: 5, way: 4, hamburg: 0 });
  });
});

describe('inside one location', () => {
  const bin = (binId: string, more: Partial<Bin> = {}): Bin => ({ ...usualBin(binId, 'storage'), ...more });
  const bins = [bin('A'), bin('B'), bin('SMALL', { capacityUnits: 5 }), bin('SHUT', { blocked: true })];

  beforeAll(async () => {
    await workflow.location('STORE');
    const known = await workflow.runtime.eventStore.readStream('locations-demo');
    const metadata = { tenant: 'demo', at: Date.now(), commandId: randomUUID() };
    const set = { id: randomUUID(), type: 'BinsSet.v1', data: { locationId: 'STORE', bins }, metadata };
    await workflow.runtime.eventStore.append('locations-demo', known.length - 1, [set]);
  });

  /** A SKU with so many units in bin A. */
  async function inBin(units: number): Promise<string> {
    const sku = `SKU-${(skus += 1)}`;
    await workflow.record(sku, 'STORE', units);
    const moves = [{ toBinId: 'A', quantity: units }];
    await workflow.stock(sku, { type: 'CorrectPositions', kind: 'bin', locationId: 'STORE', moves });
    return sku;
  }
  const line = (sku: string, quantity: number, more: object = {}) => ({ sku, quantity, fromBinId: 'A', toBinId: 'B', ...more });
  const move = (lines: readonly object[], key?: string) =>
    workflow.post(PATH, { fromLocationId: 'STORE', toLocationId: 'STORE', lines }, key === undefined ? {} : { key });
  const lying = async (sku: string): Promise<unknown> => {
    const { body } = await workflow.get(`/api/inventory/transfers/bins?locationId=STORE&sku=${sku}`, await seen());
    return (body['bins'] as { quantityOnHand: number }[]).slice(0, 2).map(({ quantityOnHand }) => quantityOnHand);
  };
  const seen = async () => ({ minPosition: String(await workflow.runtime.eventStore.head()) });

  it('changes bin at once, once, and leaves what is on hand', async () => {
    const [one, two] = [await inBin(10), await inBin(10)];
    const lines = [line(one, 4), line(two, 3)];
    const first = await move(lines, `bins-${one}`);
    expect(first).toMatchObject({
      status: 201,
      body: {
        status: 'received',
        lines: [
          { sku: one, received: 4, inTransit: 0, fromBinId: 'A', toBinId: 'B', lotId: null, refusal: null },
          { sku: two, received: 3 },
        ],
      },
    });
    expect((await move(lines, `bins-${one}`)).body).toEqual(first.body);
    expect([await lying(one), await lying(two)]).toEqual([
      [6, 4],
      [7, 3],
    ]);
    expect([await workflow.onHand(one, 'STORE'), await workflow.inTransit(one)]).toEqual([10, 0]);
    expect(await act(String(first.body['id']), 'ship')).toMatchObject({ status: 409, body: { code: 'transfer_received' } });
  });

  it('is finished by the watchdog where it was interrupted', async () => {
    const [one, two] = [await inBin(5), await inBin(5)];
    before = (sku, type) => {
      if (type === 'CorrectPositions' && sku === two) throw new Error('the process died here');
    };
    expect((await move([line(one, 5), line(two, 5)])).status).toBe(500);
    before = undefined;
    await eventually(async () => expect([await lying(one), await lying(two)]).toEqual(Array(2).fill([0, 5])));
  });

  it('leaves a line whose units another took meanwhile', async () => {
    const sku = await inBin(5);
    const rest = await inBin(5);
    before = async (_sku, type) => {
      if (type !== 'CorrectPositions') return;
      before = undefined;
      const moves = [{ fromBinId: 'A', toBinId: 'B', quantity: 4 }];
      await workflow.stock(sku, { type: 'CorrectPositions', kind: 'bin', locationId: 'STORE', moves });
    };
    const lines = [
      { sku, received: 0, returned: 3, refusal: 'insufficient_in_bin' },
      { sku: rest, received: 2, returned: 0 },
    ];
    expect(await move([line(sku, 3), line(rest, 2)])).toMatchObject({ status: 201, body: { status: 'received', lines } });
  });

  it.each<[string, object, number, string]>([
    ['a bin to itself', { toBinId: 'A' }, 400, 'same_location'],
    ['no bin to go to', { toBinId: undefined }, 400, 'same_location'],
    ['an unknown bin to come from', { fromBinId: 'NOWHERE' }, 404, 'unknown_bin'],
    ['an unknown bin to go to', { toBinId: 'NOWHERE' }, 404, 'unknown_bin'],
    ['an unknown lot', { lotId: 'NONE' }, 404, 'unknown_lot'],
    ['a blocked bin', { toBinId: 'SHUT' }, 409, 'bin_blocked'],
    ['a full bin', { toBinId: 'SMALL', quantity: 6 }, 409, 'bin_full'],
    ['more than lies there', { quantity: 11 }, 409, 'insufficient_in_bin'],
  ])('refuses %s, and moves no line then', async (_what, more, status, code) => {
    const [good, bad] = [await inBin(10), await inBin(10)];
    expect(await move([line(good, 1), line(bad, 2, more)])).toMatchObject({ status, body: { code } });
    expect(await lying(good)).toEqual([10, 0]);
  });

  it('has bins between locations nowhere', async () => {
    const sku = await inBin(3);
    const body = { fromLocationId: 'STORE', toLocationId: 'HAM', lines: [line(sku, 1)] };
    expect(await workflow.post(PATH, body)).toMatchObject({ status: 400, body: { code: 'invalid_lines' } });
  });
});

describe('what was interrupted', () => {
  /** The process dies while it works on a SKU: nothing after that step happens. */
  const dieAt = (fatal: string, type: string) => {
    before = (sku, step) => {
      if (step === type && sku === fatal) throw new Error('the process died here');
    };
  };

  it('is finished by the watchdog: a shipment', async () => {
    const [one, two] = [await stocked(5), await stocked(5)];
    const id = await created({ sku: one, quantity: 2 }, { sku: two, quantity: 2 });
    dieAt(two, 'ShipTransfer');
    expect((await act(id, 'ship')).status).toBe(500);
    expect((await workflow.get(`${PATH}/${id}`)).body).toMatchObject({ status: 'shipping' });
    before = undefined;
    await eventually(async () => expect((await workflow.get(`${PATH}/${id}`)).body).toMatchObject({ status: 'in_transit' }));
    expect(await figures(one)).toEqual({ berlin: 3, way: 2, hamburg: 0 });
    expect(await figures(two)).toEqual({ berlin: 3, way: 2, hamburg: 0 });
  });

  it('is finished after a restart: sending back what a short line stopped', async () => {
    const [one, short] = [await stocked(5), await stocked(1)];
    const id = await created({ sku: one, quantity: 2 }, { sku: short, quantity: 2 });
    dieAt(one, 'ReturnTransfer');
    expect((await act(id, 'ship')).status).toBe(500);
    expect(await figures(one)).toEqual({ berlin: 3, way: 2, hamburg: 0 });
    await workflow.restart(async () => {
      before = undefined;
    });
    await eventually(async () => expect((await workflow.get(`${PATH}/${id}`)).body).toMatchObject({ status: 'created' }));
    expect(await figures(one)).toEqual({ berlin: 5, way: 0, hamburg: 0 });
  });

  it('is finished by the next command: a receipt', async () => {
    const [one, two] = [await stocked(5), await stocked(5)];
    const id = await created({ sku: one, quantity: 4 }, { sku: two, quantity: 4 });
    await act(id, 'ship');
    dieAt(two, 'ReceiveTransfer');
    expect((await act(id, 'receive', { receiptId: 'r1', lines: [one, two].map((sku) => ({ sku, quantity: 1 })) })).status).toBe(500);
    before = undefined;
    expect((await act(id, 'receive', { receiptId: 'r2' })).body).toMatchObject({ status: 'received', receipts: ['r1', 'r2'] });
    expect(await figures(two)).toEqual({ berlin: 1, way: 0, hamburg: 4 });
  });

  it('is finished though twenty others fail at every attempt', async () => {
    const failing = await Promise.all(Array.from({ length: 20 }, async () => created({ sku: await stocked(5), quantity: 1 })));
    const last = await stocked(5);
    const id = await created({ sku: last, quantity: 1 });
    before = (_sku, step) => {
      if (step === 'ShipTransfer') throw new Error('the SKU does not answer');
    };
    for (const each of [...failing, id]) expect((await act(each, 'ship')).status).toBe(500);
    before = (sku, step) => {
      if (step === 'ShipTransfer' && sku !== last) throw new Error('the SKU does not answer');
    };
    const { pool } = workflow.runtime.database;
    await eventually(async () => {
      const { rowCount } = await pool.query(`SELECT 1 FROM workflow.transfer WHERE status = 'shipping'`);
      expect(rowCount).toBe(21);
    });
    await pool.query(
      `UPDATE workflow.transfer SET updated_at = now() - interval '1 minute' WHERE status = 'shipping' AND transfer_id <> $1`,
      [id],
    );
    await pool.query(`UPDATE workflow.transfer SET updated_at = now() - interval '30 seconds' WHERE transfer_id = $1`, [id]);
    await eventually(async () => expect((await workflow.get(`${PATH}/${id}`)).body).toMatchObject({ status: 'in_transit' }));
  });

  it('is worked on by one at a time', async () => {
    const sku = await stocked(5);
    const id = await created({ sku, quantity: 2 });
    const start = Date.now();
    await workflow.runtime.database.pool.query(
      `INSERT INTO workflow.process (kind, tenant, id, owner, lease_until)
       VALUES ('transfer', 'demo', $1, gen_random_uuid(), now() + interval '1 second')`,
      [id],
    );
    expect((await act(id, 'ship')).status).toBe(200);
    expect(Date.now() - start).toBeGreaterThan(800);
  });
});

describe('what is refused', () => {
  it.each<[string, unknown, number, string]>([
    ['malformed JSON', '{"lines": [', 400, 'malformed_json'],
    ['no lines', { fromLocationId: 'BER', toLocationId: 'HAM', lines: [] }, 400, 'validation_failed'],
    ['a negative quantity', { fromLocationId: 'BER', toLocationId: 'HAM', lines: [{ sku: 'A', quantity: -1 }] }, 400, 'validation_failed'],
    ['half a unit', { fromLocationId: 'BER', toLocationId: 'HAM', lines: [{ sku: 'A', quantity: 0.5 }] }, 400, 'validation_failed'],
    ['too much', { fromLocationId: 'BER', toLocationId: 'HAM', lines: [{ sku: 'A', quantity: 1e15 }] }, 400, 'validation_failed'],
    ['a field nobody knows', { fromLocationId: 'BER', toLocationId: 'HAM', lines: [], colour: 'red' }, 400, 'validation_failed'],
    ['an unknown source', { fromLocationId: 'NOWHERE', toLocationId: 'HAM', lines: [{ sku: 'A', quantity: 1 }] }, 404, 'unknown_location'],
    [
      'an unknown destination',
      { fromLocationId: 'BER', toLocationId: 'NOWHERE', lines: [{ sku: 'A', quantity: 1 }] },
      404,
      'unknown_location',
    ],
    ['an unknown SKU', { fromLocationId: 'BER', toLocationId: 'HAM', lines: [{ sku: 'NOBODY', quantity: 1 }] }, 404, 'unknown_sku'],
  ])('%s, when creating', async (_what, body, status, code) => {
    expect(await workflow.post(PATH, body)).toMatchObject({ status, body: { code } });
  });

  it('a transfer to where it comes from', async () => {
    const sku = await stocked(2);
    const body = { fromLocationId: 'BER', toLocationId: 'BER', lines: [{ sku, quantity: 1 }] };
    expect(await workflow.post(PATH, body)).toMatchObject({ status: 400, body: { code: 'same_location' } });
  });

  it.each<[string, object]>([
    ['an unknown action', { action: 'fly' }],
    ['lines for shipping', { action: 'ship', lines: [{ sku: 'A', quantity: 1 }] }],
    ['a receipt id for cancelling', { action: 'cancel', receiptId: 'r' }],
  ])('%s', async (_what, body) => {
    const id = await created({ sku: await stocked(2), quantity: 1 });
    expect(await workflow.post(`${PATH}/${id}`, body)).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });

  it('what its phase does not allow, naming the phase', async () => {
    const sku = await stocked(5);
    const id = await created({ sku, quantity: 2 });
    expect(await act(id, 'receive')).toMatchObject({ status: 409, body: { code: 'transfer_created' } });
    await act(id, 'ship');
    const tooMuch = await act(id, 'receive', { lines: [{ sku, quantity: 3 }] });
    expect(tooMuch).toMatchObject({ status: 409, body: { code: 'quantity_exceeds_open', details: [{ sku, requested: 3, open: 2 }] } });
    await act(id, 'receive');
    expect(await act(id, 'cancel')).toMatchObject({ status: 409, body: { code: 'transfer_received' } });
    expect(await act(id, 'receive')).toMatchObject({ status: 409, body: { code: 'transfer_received' } });
  });

  it('whatever belongs to another tenant, as if it were not there', async () => {
    const id = await created({ sku: await stocked(2), quantity: 1 });
    expect(await workflow.get(`${PATH}/${id}`, { tenant: 'other' })).toMatchObject({ status: 404, body: { code: 'unknown_transfer' } });
    expect(await workflow.post(`${PATH}/${id}`, { action: 'ship' }, { tenant: 'other' })).toMatchObject({ status: 404 });
    expect((await workflow.get(PATH, { tenant: 'other' })).body).toMatchObject({ transfers: [], pagination: { total: 0 } });
  });

  it('callers without a token or without the permission', async () => {
    expect(await workflow.get(PATH, { anonymous: true })).toMatchObject({ status: 401 });
    expect(await workflow.post(PATH, {}, { permissions: ['transfers.read'] })).toMatchObject({ status: 403 });
  });
});

describe('the list', () => {
  it('shows what its caller has just written, filtered and in pages', async () => {
    const sku = await stocked(20);
    const ids = [await created({ sku, quantity: 1 }), await created({ sku, quantity: 1 }), await created({ sku, quantity: 1 })];
    const shipped = await act(ids[0] ?? '', 'ship');
    const seen = { ...(shipped.position === undefined ? {} : { minPosition: shipped.position }) };
    const all = await workflow.get(`${PATH}?locationId=HAM&limit=2`, seen);
    expect(all.body).toMatchObject({ pagination: { page: 1, pageSize: 2 } });
    expect((all.body['transfers'] as { id: string }[]).map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    const onTheWay = await workflow.get(`${PATH}?status=in_transit&limit=100`, seen);
    expect((onTheWay.body['transfers'] as { id: string }[]).map(({ id }) => id)).toContain(ids[0]);
    expect((onTheWay.body['transfers'] as { id: string }[]).map(({ id }) => id)).not.toContain(ids[1]);
    expect((await workflow.get(`${PATH}?locationId=MAIN`)).body).toMatchObject({ transfers: [] });
  });

  it('refuses statuses and pages that do not exist', async () => {
    expect(await workflow.get(`${PATH}?status=lost`)).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(await workflow.get(`${PATH}?limit=101`)).toMatchObject({ status: 400, body: { code: 'page_too_large' } });
  });
});
