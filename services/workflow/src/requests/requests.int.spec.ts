import type { SkuLedger } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { openRequestUnits } from './open-units.js';
import { type CallOptions, eventually, WorkflowUnderTest } from '../../test/workflow.js';

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
  for (const location of ['HUB', 'STORE1', 'STORE2']) await workflow.location(location);
});
afterAll(() => workflow.stop());
afterEach(() => (before = undefined));

let skus = 0;
/** A SKU with so many units in the hub. */
async function stocked(units: number): Promise<string> {
  skus += 1;
  const sku = `SKU-${skus}`;
  await workflow.record(sku, 'HUB', units);
  return sku;
}

const PATH = '/api/stock-requests';
const began = Date.now();
const dayIn = (days: number): string => new Date(began + days * 86_400_000).toISOString().slice(0, 10);
const NEEDED_BY = dayIn(5);
const anna: CallOptions = { subject: 'anna' };
const ben: CallOptions = { subject: 'ben' };

const line = (sku: string, quantityRequested: number, more: object = {}) => ({ sku, quantityRequested, ...more });

async function drafted(lines: readonly object[], more: object = {}): Promise<string> {
  const header = { fromLocationId: 'HUB', toLocationId: 'STORE1', neededBy: NEEDED_BY };
  const { status, body } = await workflow.post(PATH, { ...header, lines, ...more }, anna);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return String(body['id']);
}
const submitted = (...lines: readonly object[]): Promise<string> => drafted(lines, { submit: true });
async function approved(...lines: readonly object[]): Promise<string> {
  const id = await submitted(...lines);
  const { status, body } = await act(id, 'approve');
  if (status !== 200) throw new Error(JSON.stringify(body));
  return id;
}

const act = (id: string, action: string, body: object = {}, options: CallOptions = ben) =>
  workflow.post(`${PATH}/${id}/${action}`, body, options);
const ship = (id: string, quantities: Readonly<Record<string, number>>, more: object = {}, options: CallOptions = anna) => {
  const lines = Object.entries(quantities).map(([lineId, quantity]) => ({ lineId, quantity }));
  return act(id, 'status', { status: 'fulfilling', lines, ...more }, options);
};
const one = async (id: string) => (await workflow.get(`${PATH}/${id}`)).body;

async function figures(sku: string) {
  const { state } = await workflow.runtime.ledger.read({ tenant: 'demo', sku });
  const { onHand = 0, reserved = 0 } = state.balances.get('HUB') ?? {};
  return { onHand, reserved, way: await workflow.inTransit(sku) };
}

describe('a stock request', () => {
  it('S1 is approved in part, reserves, ships what it holds, and is closed', async () => {
    const sku = await stocked(40);
    const id = await drafted([line(sku, 10, { reasonCode: 'low_stock' })]);
    expect(await one(id)).toMatchObject({
      status: 'draft',
      number: expect.stringMatching(/^SR-\d{6}$/),
      fulfilment: 'none',
      priority: 'normal',
      neededBy: NEEDED_BY,
      requestedBy: 'anna',
      version: 1,
      lines: [{ lineId: '1', sku, productMasterId: sku, quantityRequested: 10, quantityApproved: 0, reasonCode: 'low_stock' }],
    });
    expect((await act(id, 'submit', {}, anna)).body).toMatchObject({ status: 'submitted', version: 2 });
    const approval = await act(id, 'approve', { lines: [{ lineId: '1', quantity: 8, reasonCode: 'short' }] });
    expect(approval).toMatchObject({
      status: 200,
      body: {
        status: 'approved',
        approvedBy: 'ben',
        lines: [{ quantityApproved: 8, quantityReserved: 8, approvalReasonCode: 'short' }],
        reservations: [{ sku, locationId: 'HUB', quantity: 8, expiresAt: `${dayIn(20)}T00:00:00.000Z` }],
      },
    });
    expect(await figures(sku)).toEqual({ onHand: 40, reserved: 8, way: 0 });

    expect((await ship(id, { 1: 5 }, { shipmentId: 'van-1' })).body).toMatchObject({
      status: 'fulfilling',
      fulfilment: 'partial',
      lines: [{ quantityReserved: 3, quantityShipped: 5 }],
      shipments: [{ shipmentId: 'van-1', transferId: expect.stringMatching(/^tr_/), lines: [{ lineId: '1', quantity: 5 }] }],
    });
    expect(await figures(sku)).toEqual({ onHand: 35, reserved: 3, way: 5 });

    const closed = await act(id, 'status', { status: 'fulfilled', closeRemainder: true }, anna);
    expect(closed.body).toMatchObject({
      status: 'fulfilled',
      fulfilment: 'partial',
      lines: [{ quantityReserved: 0, quantityShipped: 5, quantityCancelled: 3 }],
      reservations: [],
    });
    expect(await figures(sku)).toEqual({ onHand: 35, reserved: 0, way: 5 });
    const { transferId } = (closed.body['shipments'] as { transferId: string }[])[0] ?? { transferId: '' };
    await workflow.post(`/api/inventory/transfers/${transferId}`, { action: 'receive' });
    expect(await workflow.onHand(sku, 'STORE1')).toBe(5);
    expect((await workflow.get(`${PATH}/${id}/status`)).body).toMatchObject({
      status: 'fulfilled',
      allowedTransitions: [],
      history: ['draft', 'submitted', 'approved', 'fulfilling', 'fulfilled'].map((to) => ({ to })),
    });
  });

  it('S2, S15 is approved by nobody who made it, nor by a key that he made', async () => {
    const id = await submitted(line(await stocked(5), 1));
    const own = { status: 403, body: { code: 'own_request', details: [{ requestedBy: 'anna' }] } };
    expect(await act(id, 'approve', {}, anna)).toMatchObject(own);
    expect(await act(id, 'approve', {}, { subject: 'key_17', person: 'anna' })).toMatchObject(own);
    expect(await act(id, 'approve', {}, { subject: 'key_18', person: 'ben' })).toMatchObject({
      status: 200,
      body: { approvedBy: 'key_18' },
    });
  });

  it('S3 is approved or rolled back where both are asked for at once; rolled back, it holds nothing', async () => {
    const sku = await stocked(5);
    const id = await submitted(line(sku, 4));
    await Promise.all([act(id, 'approve'), act(id, 'rollback', { comment: 'wrong store' }, anna)]);
    const { status } = await one(id);
    expect(await figures(sku)).toMatchObject({ reserved: status === 'approved' ? 4 : 0 });
  });

  it('S4 reserves no line where one is short', async () => {
    const [plenty, scarce] = [await stocked(20), await stocked(3)];
    const id = await submitted(line(plenty, 5), line(scarce, 5));
    expect(await act(id, 'approve')).toMatchObject({
      status: 409,
      body: { code: 'insufficient_stock', details: [{ lineId: '2', sku: scarce, requested: 5, available: 3, locationId: 'HUB' }] },
    });
    expect(await figures(plenty)).toMatchObject({ reserved: 0 });
    expect(await one(id)).toMatchObject({ status: 'submitted', lines: [{ quantityReserved: 0 }, { quantityReserved: 0 }] });
    expect((await act(id, 'approve', { partial: true })).body).toMatchObject({
      status: 'approved',
      lines: [
        { quantityApproved: 5, quantityReserved: 5 },
        { quantityApproved: 5, quantityReserved: 3 },
      ],
    });
    await workflow.record(scarce, 'HUB', 10);
    await ship(id, { 2: 3 });
    expect((await act(id, 'approve')).body).toMatchObject({
      lines: [{ quantityReserved: 5 }, { quantityReserved: 2, quantityShipped: 3 }],
    });
  });

  it('S6 ships no more than is approved, and the same shipment once', async () => {
    const sku = await stocked(5);
    const id = await approved(line(sku, 2));
    expect(await ship(id, { 1: 3 })).toMatchObject({ status: 409, body: { code: 'quantity_exceeds_approved', details: [{ open: 2 }] } });
    for (let time = 0; time < 2; time += 1) {
      expect((await ship(id, { 1: 1 }, { shipmentId: 's1' })).body).toMatchObject({ lines: [{ quantityShipped: 1 }] });
    }
    expect(await figures(sku)).toEqual({ onHand: 4, reserved: 1, way: 1 });
    const closed = await act(id, 'status', { status: 'fulfilled', closeRemainder: true }, anna);
    expect(closed.body).toMatchObject({ lines: [{ quantityShipped: 1, quantityCancelled: 1, quantityReserved: 0 }] });
  });

  it('S11 counts once in the position of its source, and of its destination', async () => {
    const sku = await stocked(40);
    const id = await submitted(line(sku, 8));
    const units = openRequestUnits(workflow.runtime.database.pool);
    const open = async (locationId: string) => (await units('demo', [sku]))(sku, locationId);
    await eventually(async () => expect(await open('STORE1')).toEqual({ toHere: 8, fromHere: 0 }));
    const { position } = await act(id, 'approve', { lines: [{ lineId: '1', quantity: 6, reasonCode: 'short' }] });
    await workflow.get(PATH, position === undefined ? {} : { minPosition: position });
    expect([await open('HUB'), await open('STORE1')]).toEqual([
      { toHere: 0, fromHere: 0 },
      { toHere: 6, fromHere: 0 },
    ]);
    const { onHand, reserved } = await figures(sku);
    expect(onHand - reserved - (await open('HUB')).fromHere).toBe(34);
  });

  it('R9 counts as coming to its destination until it is rejected, and the stock list leaves it out', async () => {
    const sku = await stocked(40);
    const rule = { sku, locationId: 'STORE2', method: 'min_max', min: 5, max: 20, leadTimeDays: 1, mode: 'suggest' };
    const set = await workflow.post('/api/inventory/replenishment/config', {
      rules: [{ ...rule, source: { type: 'transfer', locationId: 'HUB' } }],
    });
    expect(set.body).toMatchObject({ results: [{ sku, status: 'ok' }] });
    const listed = async () => (await workflow.get(`${PATH}/products/stocklist?toLocationId=STORE2`)).body;
    const item = { sku, min: 5, max: 20, quantityOnHand: 0, quantityInbound: 0 };
    await eventually(async () =>
      expect(await listed()).toMatchObject({ items: [{ ...item, quantityOnRequest: 0, suggestedQuantity: 20 }], pagination: { total: 1 } }),
    );
    const id = await drafted([line(sku, 18)], { submit: true, toLocationId: 'STORE2' });
    await eventually(async () =>
      expect(await listed()).toMatchObject({ items: [{ ...item, quantityOnRequest: 18, suggestedQuantity: 2 }] }),
    );
    const suggestions = async () => (await workflow.post('/api/inventory/replenishment/suggestions', { locationId: 'STORE2' })).body;
    expect(await suggestions()).toMatchObject({ suggestions: [], skipped: [{ sku, code: 'above_reorder_point' }] });
    await act(id, 'reject', { comment: 'not now' });
    await eventually(async () => expect(await suggestions()).toMatchObject({ suggestions: [{ sku, quantity: 20 }] }));
    expect((await workflow.get(`${PATH}/products/stocklist`)).status).toBe(400);
  });

  it('S8 is not approved by the endpoint of its status', async () => {
    const id = await submitted(line(await stocked(1), 1));
    const writer = { subject: 'eva', permissions: ['stockrequests.write'] };
    for (const status of ['approved', 'rejected', 'submitted']) {
      expect(await act(id, 'status', { status }, writer)).toMatchObject({ status: 400, body: { code: 'use_endpoint' } });
    }
    expect(await act(id, 'approve', {}, writer)).toMatchObject({ status: 403 });
  });

  it('S10, S14 keeps what was shipped, and ships nothing of another request', async () => {
    const sku = await stocked(10);
    const [first, second] = [await approved(line(sku, 5)), await approved(line(sku, 5))];
    expect(await ship(first, { 1: 6 })).toMatchObject({ status: 409 });
    await ship(first, { 1: 5 });
    expect(await one(second)).toMatchObject({ lines: [{ quantityReserved: 5, quantityShipped: 0 }] });
    await ship(second, { 1: 2 });
    const back = await act(second, 'rollback', { comment: 'no' });
    expect(back).toMatchObject({ status: 409, body: { code: 'already_shipped', details: [{ units: 2 }] } });
  });

  it('without a destination uses its units up', async () => {
    const sku = await stocked(5);
    const id = await drafted([line(sku, 3)], { submit: true, toLocationId: undefined });
    await act(id, 'approve');
    expect((await act(id, 'status', { status: 'fulfilled' }, anna)).body).toMatchObject({
      status: 'fulfilled',
      fulfilment: 'complete',
      toLocationId: null,
      shipments: [{ transferId: null }],
    });
    expect(await figures(sku)).toEqual({ onHand: 2, reserved: 0, way: 0 });
  });

  it('gives back what it held when it is rolled back or cancelled', async () => {
    const sku = await stocked(5);
    const id = await approved(line(sku, 4));
    expect((await act(id, 'rollback', { comment: 'too early' })).body).toMatchObject({ status: 'submitted', approvedBy: null });
    expect(await figures(sku)).toMatchObject({ reserved: 0 });
    await act(id, 'approve');
    expect(await act(id, 'status', { status: 'cancelled' }, { subject: 'eva', permissions: ['stockrequests.write'] })).toMatchObject({
      status: 403,
      body: { code: 'not_requester' },
    });
    expect((await act(id, 'status', { status: 'cancelled' }, anna)).body).toMatchObject({ status: 'cancelled' });
    expect(await figures(sku)).toMatchObject({ reserved: 0 });
  });

  it('learns that its units ended by time, and must reserve them again', async () => {
    const sku = await stocked(5);
    const id = await approved(line(sku, 4));
    await workflow.stock(sku, { type: 'ReleaseReservation', reservationId: `${id}~1~1` });
    expect(await ship(id, { 1: 4 })).toMatchObject({
      status: 409,
      body: { code: 'quantity_exceeds_reserved', details: [{ reserved: 0 }] },
    });
    expect((await act(id, 'approve')).body).toMatchObject({ status: 'approved', lines: [{ quantityReserved: 4 }] });
    expect((await ship(id, { 1: 4 })).body).toMatchObject({ status: 'fulfilled' });
  });
});

describe('what was interrupted', () => {
  const dieAt = (fatal: string, type: string) => {
    before = (sku, step) => {
      if (step === type && sku === fatal) throw new Error('the process died here');
    };
  };

  it('is finished by the next command, or by the watchdog', async () => {
    const [one1, two] = [await stocked(5), await stocked(5)];
    const id = await submitted(line(one1, 2), line(two, 2));
    dieAt(two, 'PlaceReservation');
    expect((await act(id, 'approve')).status).toBe(500);
    expect(await one(id)).toMatchObject({ status: 'submitted' });
    before = undefined;
    expect((await act(id, 'comment', { text: 'still there?' })).status).toBe(201);
    expect(await one(id)).toMatchObject({ status: 'approved', lines: [{ quantityReserved: 2 }, { quantityReserved: 2 }] });

    dieAt(two, 'ShipTransfer');
    expect((await ship(id, { 1: 2, 2: 2 })).status).toBe(500);
    before = undefined;
    const { pool } = workflow.runtime.database;
    await eventually(async () => {
      const late = `UPDATE workflow.stock_request SET phase_since = now() - interval '1 minute' WHERE request_id = $1 AND phase = 'shipping'`;
      expect((await pool.query(late, [id])).rowCount).toBe(1);
    });
    await pool.query(`UPDATE workflow.process SET next_attempt_at = now() WHERE id = $1`, [id]);
    await eventually(async () => expect(await one(id)).toMatchObject({ status: 'fulfilled' }));
    expect([await figures(one1), await figures(two)]).toEqual([
      { onHand: 3, reserved: 0, way: 2 },
      { onHand: 3, reserved: 0, way: 2 },
    ]);

    const [three, four] = [await stocked(5), await stocked(5)];
    const other = await approved(line(three, 2), line(four, 2));
    dieAt(four, 'ReleaseReservation');
    expect((await act(other, 'rollback', { comment: 'no' })).status).toBe(500);
    before = undefined;
    expect((await act(other, 'rollback', { comment: 'no' }, anna)).body).toMatchObject({ status: 'draft' });
    expect([await figures(three), await figures(four)]).toMatchObject([{ reserved: 0 }, { reserved: 0 }]);
  });
});

describe('what is refused', () => {
  it.each<[string, object, number, string]>([
    ['an unknown source', { fromLocationId: 'NOWHERE' }, 404, 'unknown_location'],
    ['an unknown SKU', { lines: [line('NOBODY', 1)] }, 404, 'unknown_sku'],
    ['one place twice', { toLocationId: 'HUB' }, 400, 'same_location'],
    ['a day that is none', { neededBy: '2026-02-30' }, 400, 'validation_failed'],
    ['no units', { lines: [line('A', 0)] }, 400, 'validation_failed'],
    ['two names of a SKU', { lines: [line('A', 1, { productMasterId: 'B' })] }, 400, 'validation_failed'],
    ['no name of a SKU', { lines: [{ quantityRequested: 1 }] }, 400, 'validation_failed'],
    ['no lines, submitted', { submit: true }, 400, 'no_lines'],
    ['a priority that nobody knows', { priority: 'now' }, 400, 'validation_failed'],
    ['a field that nobody knows', { colour: 'red' }, 400, 'validation_failed'],
  ])('%s', async (_what, fields, status, code) => {
    expect(await workflow.post(PATH, { fromLocationId: 'HUB', toLocationId: 'STORE1', ...fields }, anna)).toMatchObject({
      status,
      body: { code },
    });
  });

  it('what the status, the version or the caller does not allow', async () => {
    const sku = await stocked(5);
    const id = await drafted([line(sku, 2)]);
    const expected = (status: number, code: string) => ({ status, body: { code } });
    expect(await act(id, 'approve')).toMatchObject(expected(409, 'request_draft'));
    expect(await act(id, 'submit', { expectedVersion: 9 }, anna)).toMatchObject(expected(412, 'version_mismatch'));
    expect(await workflow.call('DELETE', `${PATH}/${id}`, undefined, ben)).toMatchObject(expected(403, 'not_requester'));
    await act(id, 'submit', {}, anna);
    expect(await workflow.call('DELETE', `${PATH}/${id}`, undefined, anna)).toMatchObject(expected(409, 'request_submitted'));
    expect(await act(id, 'lines', line(sku, 1), anna)).toMatchObject(expected(409, 'request_submitted'));
    expect(await act(id, 'reject')).toMatchObject(expected(400, 'comment_required'));
    expect(await act(id, 'approve', { lines: [{ lineId: '9', quantity: 1 }] })).toMatchObject(expected(404, 'unknown_line'));
    expect(await act(id, 'approve', { lines: [{ lineId: '1', quantity: 3 }] })).toMatchObject(expected(409, 'quantity_exceeds_requested'));
    expect(await act(id, 'approve', { lines: [{ lineId: '1', quantity: 1 }] })).toMatchObject(expected(400, 'reason_required'));
    expect(await act(id, 'status', { status: 'fulfilling', closeRemainder: true })).toMatchObject(expected(400, 'validation_failed'));
    await act(id, 'approve');
    expect(await workflow.call('PATCH', `${PATH}/${id}`, { priority: 'urgent' }, anna)).toMatchObject(expected(409, 'request_approved'));
    expect(await ship(id, { 1: 1 }, { status: 'fulfilled' })).toMatchObject(expected(409, 'remainder_open'));
  });

  it('whatever belongs to another tenant, as if it were not there; callers without the permission', async () => {
    const id = await drafted([line(await stocked(2), 1)]);
    const other = { tenant: 'other' };
    expect(await workflow.get(`${PATH}/${id}`, other)).toMatchObject({ status: 404, body: { code: 'unknown_request' } });
    expect(await act(id, 'submit', {}, other)).toMatchObject({ status: 404, body: { code: 'unknown_request' } });
    expect((await workflow.get(PATH, other)).body).toMatchObject({ requests: [], pagination: { total: 0 } });
    expect(await workflow.get(PATH, { anonymous: true })).toMatchObject({ status: 401 });
    expect(await workflow.post(PATH, {}, { permissions: ['stockrequests.read'] })).toMatchObject({ status: 403 });
    expect(await workflow.get(`${PATH}/products/search`, { permissions: ['stockrequests.read'] })).toMatchObject({ status: 403 });
  });
});

describe('a draft', () => {
  it('is changed, given more lines, and deleted; the same key gives the first answer', async () => {
    const [cup, pot] = [await stocked(5), await stocked(5)];
    const body = { fromLocationId: 'HUB', toLocationId: 'STORE1', lines: [line(cup, 1)] };
    const key = { ...anna, key: `create-${cup}` };
    const first = await workflow.post(PATH, body, key);
    const id = String(first.body['id']);
    expect(await workflow.post(PATH, body, key)).toMatchObject({ status: 201, body: { id, number: first.body['number'] } });
    const added = await act(id, 'lines', { lines: [line(cup, 2), line(pot, 4)] }, anna);
    expect(added).toMatchObject({ status: 201, body: { lines: [{ quantityRequested: 3 }, { quantityRequested: 4 }] } });
    const edited = await workflow.call('PATCH', `${PATH}/${id}`, { priority: 'urgent', lines: [line(pot, 1)], expectedVersion: 2 }, anna);
    expect(edited.body).toMatchObject({ priority: 'urgent', lines: [{ lineId: '2', sku: pot, quantityRequested: 1 }] });
    expect((await workflow.get(`${PATH}/${id}/lines`)).body).toMatchObject({ lines: [{ lineId: '2' }] });
    expect((await workflow.call('DELETE', `${PATH}/${id}`, undefined, anna)).status).toBe(204);
    expect(await workflow.get(`${PATH}/${id}`)).toMatchObject({ status: 404 });
  });
});

describe('the lists', () => {
  it('filter, count and search what their caller has just written', async () => {
    const tenant = 'lists';
    const as = (who: CallOptions) => ({ ...who, tenant });
    for (const location of ['HUB', 'STORE1']) await workflow.location(location, tenant);
    for (const [sku, name, barcode] of [
      ['MUG-1', 'Blue mug', '4006381333931'],
      ['TEA-1', 'Green tea', undefined],
    ] as const) {
      const category = sku === 'MUG-1' ? { category: 'Kitchen', costMinor: 250 } : {};
      await workflow.stock(
        sku,
        { type: 'DescribeProduct', verified: true, name, ...category, ...(barcode === undefined ? {} : { barcode }) },
        tenant,
      );
      await workflow.record(sku, 'HUB', 40, tenant);
      await workflow.tell({ tenant, sku, locationId: 'HUB', onHand: 40, reserved: 0, position: '1' });
    }
    const create = async (fields: object) => {
      const answer = await workflow.post(PATH, { fromLocationId: 'HUB', toLocationId: 'STORE1', submit: true, ...fields }, as(anna));
      return String(answer.body['id']);
    };
    const mugs = await create({ lines: [line('MUG-1', 4)], neededBy: '2026-01-01', reason: 'spring 100% off' });
    const tea = await create({ lines: [line('TEA-1', 2), line('MUG-1', 1)], priority: 'urgent' });
    const bens = await workflow.post(PATH, { fromLocationId: 'HUB', lines: [line('TEA-1', 1)], submit: true }, as(ben));
    const approval = await workflow.post(`${PATH}/${mugs}/approve`, {}, as(ben));
    expect(approval.body).toMatchObject({ status: 'approved' });
    const last = await workflow.post(`${PATH}/${mugs}/status`, { status: 'fulfilling', lines: [{ lineId: '1', quantity: 1 }] }, as(anna));
    const seen = { tenant, ...(last.position === undefined ? {} : { minPosition: last.position }) };
    const ids = async (query: string, path = '') => {
      const { body } = await workflow.get(`${PATH}${path}?${query}`, { ...seen, ...ben });
      return (body['requests'] as { id: string }[]).map(({ id }) => id);
    };
    const [benId] = [String(bens.body['id'])];
    expect(await ids('')).toEqual([benId, tea, mugs]);
    expect(await ids('status=fulfilling')).toEqual([mugs]);
    expect(await ids('sku=MUG-1&limit=1')).toEqual([tea]);
    expect(await ids('categoryId=Kitchen')).toEqual([tea, mugs]);
    expect(await ids('search=green')).toEqual([benId, tea]);
    expect(await ids('search=100%25')).toEqual([mugs]);
    expect(await ids('search=SR-000002')).toEqual([tea]);
    expect(await ids('requestedBy=ben&toLocationId=STORE1')).toEqual([]);
    expect(await ids('priority=urgent&fromDate=2026-01-01')).toEqual([tea]);
    expect(await ids('toDate=2001-01-01')).toEqual([]);
    expect(await ids('', '/pending-approvals')).toEqual([tea]);
    expect(await workflow.get(`${PATH}?fromDate=2026-02-02&toDate=2026-02-01`)).toMatchObject({
      status: 400,
      body: { code: 'invalid_period' },
    });

    await eventually(async () =>
      expect((await workflow.get(`${PATH}/${tea}`, seen)).body).toMatchObject({
        lines: [
          { productName: 'Green tea', categoryName: null, quantityAvailable: 40 },
          { categoryName: 'Kitchen', quantityAvailable: 40 },
        ],
      }),
    );
    expect((await workflow.get(`${PATH}/dashboard`, seen)).body).toMatchObject({
      byStatus: { draft: 0, submitted: 2, fulfilling: 1 },
      pendingApprovals: 2,
      overdue: 1,
      averageApprovalHours: expect.any(Number),
      fillRate: 0.25,
      oldestPendingAt: expect.any(String),
    });
    expect((await workflow.get(`${PATH}/by-category`, seen)).body).toEqual({
      categories: [
        {
          categoryId: 'Kitchen',
          categoryName: 'Kitchen',
          requests: 2,
          lines: 2,
          quantityRequested: 5,
          quantityApproved: 4,
          quantityShipped: 1,
          value: 12.5,
        },
        {
          categoryId: null,
          categoryName: null,
          requests: 2,
          lines: 2,
          quantityRequested: 3,
          quantityApproved: 0,
          quantityShipped: 0,
          value: 0,
        },
      ],
    });
    expect((await workflow.get(`${PATH}/filters`, seen)).body).toEqual({
      statuses: [
        { value: 'submitted', count: 2 },
        { value: 'fulfilling', count: 1 },
      ],
      locations: [
        { value: 'HUB', count: 3 },
        { value: 'STORE1', count: 2 },
      ],
      requesters: [
        { value: 'anna', count: 2 },
        { value: 'ben', count: 1 },
      ],
      categories: [
        { value: 'Kitchen', count: 2 },
        { value: null, count: 2 },
      ],
      priorities: [
        { value: 'normal', count: 2 },
        { value: 'urgent', count: 1 },
      ],
    });
    const found = async (query: string) => (await workflow.get(`${PATH}/products/search?${query}`, seen)).body['products'];
    const mug = { productMasterId: 'MUG-1', sku: 'MUG-1', name: 'Blue mug', barcode: '4006381333931', categoryName: 'Kitchen' };
    expect(await found('q=mug&fromLocationId=HUB')).toEqual([{ ...mug, quantityAvailable: 40, quantityAtDestination: null }]);
    expect(await found('q=4006381333931&toLocationId=STORE1')).toMatchObject([{ sku: 'MUG-1', quantityAtDestination: 0 }]);
    expect(await found('q=tea-')).toMatchObject([{ sku: 'TEA-1' }]);
    expect(await found('q=400638')).toEqual([]);
  });
});
