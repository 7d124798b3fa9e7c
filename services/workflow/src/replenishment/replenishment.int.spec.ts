import { randomUUID } from 'node:crypto';
import type { SkuLedger } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { eventually, WorkflowUnderTest } from '../../test/workflow.js';

let workflow: WorkflowUnderTest;
/** Set by a test: what happens before a command reaches its SKU. */
let before: ((type: string) => void) | undefined;

const interruptible = (runtime: Runtime): Runtime => {
  const ledger: SkuLedger = {
    execute: async (ref, command, context) => {
      before?.(command.type);
      return runtime.ledger.execute(ref, command, context);
    },
    read: (ref) => runtime.ledger.read(ref),
    drain: () => runtime.ledger.drain(),
  };
  return { ...runtime, ledger };
};

beforeAll(async () => {
  workflow = await WorkflowUnderTest.start(interruptible);
  for (const location of ['BER', 'HAM', 'HUB']) await workflow.location(location);
});
afterAll(() => workflow.stop());
afterEach(() => (before = undefined));

const PATH = '/api/inventory/replenishment';

let skus = 0;
/** A SKU with a dot in its name and so many units in Berlin. */
async function stocked(units: number, locationId = 'BER'): Promise<string> {
  skus += 1;
  const sku = `CUP.${skus}`;
  await workflow.record(sku, locationId, units);
  return sku;
}

const minMax = (sku: string, fields: object = {}) => ({
  sku,
  locationId: 'BER',
  method: 'min_max',
  min: 5,
  max: 10,
  source: { type: 'purchase', supplierId: 'ACME' },
  ...fields,
});

async function ruled(...rules: readonly object[]): Promise<void> {
  const { status, body } = await workflow.post(`${PATH}/config`, { rules });
  if (status !== 200) throw new Error(JSON.stringify(body));
}

interface Suggestion {
  readonly id: string;
  readonly status: string;
  readonly quantity: number;
  readonly transferId: string | null;
}

interface Suggestions {
  readonly suggestions: readonly Suggestion[];
  readonly skipped: readonly { readonly code: string }[];
}

async function run(sku: string, more: object = { create: true }): Promise<Suggestions> {
  const { status, body } = await workflow.post(`${PATH}/suggestions`, { skus: [sku], ...more });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as unknown as Suggestions;
}

const act = (id: string, action: string, more: object = {}) => workflow.post(PATH, { id, action, ...more });

async function orders(sku: string, more = ''): Promise<readonly Suggestion[]> {
  const { body } = await workflow.get(`${PATH}?sku=${sku}${more}`);
  return body['replenishments'] as readonly Suggestion[];
}

async function inbound(sku: string): Promise<readonly (readonly [string, number])[]> {
  const { state } = await workflow.runtime.ledger.read({ tenant: 'demo', sku });
  return [...(state.supply?.inbound.values() ?? [])].map(({ reference, quantity }) => [reference, quantity]);
}

const receive = (sku: string, reference: string, quantity: number) =>
  workflow.stock(sku, {
    type: 'ReceiveStock',
    locationId: 'BER',
    quantity,
    effectiveAt: Date.now(),
    messageId: randomUUID(),
    inboundReference: reference,
  });

describe('rules', () => {
  it('are set a line each, replace the one before, and are listed with their levels', async () => {
    const sku = await stocked(0);
    const first = await workflow.post(`${PATH}/config`, { rules: [minMax(sku), minMax(sku, { locationId: 'HAM' })] });
    expect(first).toMatchObject({
      status: 200,
      body: { results: [{ index: 0, sku, locationId: 'BER', status: 'ok', changed: true }, { locationId: 'HAM' }] },
    });
    const second = await workflow.post(`${PATH}/config`, { rules: [minMax(sku, { min: 6, max: 12, packSize: 4 })] });
    const { body } = await workflow.get(`${PATH}/config?sku=${sku}&locationId=BER`, { minPosition: second.position ?? '' });
    expect(body).toEqual({
      rules: [
        {
          ...{ sku, locationId: 'BER', method: 'min_max', min: 6, max: 12, reorderPoint: null, orderUpTo: null, safetyStock: null },
          ...{ leadTimeDays: 0, leadTimeStdDays: 0, reviewPeriodDays: null, serviceLevel: 0.95, packSize: 4, minOrderQuantity: 0 },
          ...{ maxOrderQuantity: null, source: { type: 'purchase', supplierId: 'ACME' }, mode: 'suggest', nextReviewAt: null },
          computed: { dailyUse: null, safetyStock: null, reorderPoint: 6, orderUpTo: 12, daysOfData: 0, daysWithoutStock: 0 },
        },
      ],
      pagination: { page: 1, pageSize: 20, total: 1, totalPages: 1 },
    });
  });

  it('take productMasterId for the name of the SKU, as new orders do', async () => {
    const sku = await stocked(0);
    const rule = minMax(sku, { sku: undefined, productMasterId: sku });
    expect(await workflow.post(`${PATH}/config`, { rules: [rule] })).toMatchObject({
      status: 200,
      body: { results: [{ sku, status: 'ok' }] },
    });
    const order = { locationId: 'BER', quantity: 3 };
    expect(await workflow.post(PATH, { productMasterId: sku, ...order })).toMatchObject({ status: 201, body: { sku, quantity: 3 } });
    for (const fault of [order, { sku, productMasterId: 'OTHER', ...order }]) {
      expect(await workflow.post(PATH, fault)).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    }
    const neither = await workflow.post(`${PATH}/config`, { rules: [minMax(sku, { sku: undefined })] });
    expect(neither).toMatchObject({ status: 400, body: { details: [{ field: 'rules.0.sku' }] } });
  });

  it('are all refused where one has a fault, which is named', async () => {
    const sku = await stocked(0);
    const put = (...rules: readonly object[]) => workflow.post(`${PATH}/config`, { rules });
    expect(await put(minMax(sku), minMax(sku, { locationId: 'HAM', min: 10, max: 5 }))).toMatchObject({
      status: 400,
      body: { code: 'invalid_rule', details: [{ field: 'rules.1.min', message: 'must be at most max, which is 5' }] },
    });
    expect(await put(minMax(sku), minMax(sku))).toMatchObject({ status: 400, body: { code: 'duplicate_line' } });
    expect(await put(minMax('NONE'))).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
    expect(await put(minMax(sku, { locationId: 'NOWHERE' }))).toMatchObject({ status: 404, body: { code: 'unknown_location' } });
    expect(await put(minMax(sku, { packSize: 0 }))).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect((await run(sku)).suggestions).toEqual([]);
    expect(await put(...Array.from({ length: 1_001 }, () => minMax(sku)))).toMatchObject({ status: 400, body: { code: 'too_many_lines' } });
  });
});

describe('suggestions', () => {
  it('are computed with their figures and stored only when asked for', async () => {
    const sku = await stocked(3);
    await ruled(minMax(sku, { mode: 'approve', packSize: 4 }));
    const computed = await run(sku, {});
    expect(computed.suggestions).toEqual([
      {
        ...{ id: null, status: 'suggested', version: 0, sku, productMasterId: sku, locationId: 'BER', quantity: 8 },
        ...{ source: { type: 'purchase', supplierId: 'ACME' }, transferId: null, inboundReference: null, dueAt: null, reason: null },
        ...{ createdBy: null, createdAt: null, updatedAt: null },
        because: {
          ...{ method: 'min_max', position: 3, reorderPoint: 5, target: 10, need: 7, packSize: 4, onHand: 3, reserved: 0, held: 0 },
          ...{ waiting: 0, inbound: 0, open: 0, dailyUse: 0, daysOfData: 0, shortAtSource: 0 },
        },
      },
    ]);
    expect(await orders(sku)).toEqual([]);
    const [stored] = (await run(sku)).suggestions;
    expect(stored).toMatchObject({ status: 'suggested', quantity: 8 });
    expect((await run(sku)).suggestions).toMatchObject([{ id: stored?.id }]);
    await eventually(async () => expect(await orders(sku, '&status=suggested&locationId=BER')).toMatchObject([{ id: stored?.id }]));
  });

  it('say why a rule asks for nothing', async () => {
    const [full, young] = [await stocked(6), await stocked(0)];
    await ruled(minMax(full), minMax(young, { method: 'periodic', reviewPeriodDays: 7, min: null, max: null }));
    expect(await run(full)).toMatchObject({ suggestions: [], skipped: [{ sku: full, locationId: 'BER', code: 'above_reorder_point' }] });
    expect(await run(young)).toMatchObject({ skipped: [{ code: 'insufficient_history' }] });
  });

  it('need the permission to write where they are stored', async () => {
    const sku = await stocked(0);
    await ruled(minMax(sku));
    const reader = { permissions: ['replenishment.read'] };
    expect(await workflow.post(`${PATH}/suggestions`, { skus: [sku] }, reader)).toMatchObject({ status: 200 });
    expect(await workflow.post(`${PATH}/suggestions`, { skus: [sku], create: true }, reader)).toMatchObject({ status: 403 });
    expect(await workflow.post(`${PATH}/config`, { rules: [minMax(sku)] }, reader)).toMatchObject({ status: 403 });
    expect(await workflow.get(`${PATH}/config`, { permissions: ['transfers.read'] })).toMatchObject({ status: 403 });
    expect((await workflow.post(`${PATH}/suggestions`, { skus: [sku] }, { tenant: 'other' })).body).toMatchObject({ suggestions: [] });
  });
});

describe('an order', () => {
  it('of a supplier is announced as a delivery, once by any number of runs, and received with it', async () => {
    const sku = await stocked(0);
    await ruled(minMax(sku, { mode: 'auto', leadTimeDays: 3 }));
    await Promise.all([run(sku), run(sku), run(sku)]);
    await run(sku);
    const [order, ...others] = await eventuallyOrders(sku, 1);
    expect(others).toEqual([]);
    const id = order?.id ?? '';
    expect(await inbound(sku)).toEqual([[id, 10]]);
    await receive(sku, id, 4);
    await eventually(async () => expect(await orders(sku)).toMatchObject([{ status: 'in_progress' }]));
    expect(await run(sku)).toMatchObject({ suggestions: [], skipped: [{ code: 'above_reorder_point' }] });
    await receive(sku, id, 6);
    await eventually(async () => expect(await orders(sku)).toMatchObject([{ status: 'received', inboundReference: id }]));
  });

  it('of a location becomes a transfer when it is approved, and follows it', async () => {
    const sku = await stocked(0);
    await workflow.record(sku, 'HUB', 130);
    const fromHub = { source: { type: 'transfer', locationId: 'HUB' }, mode: 'approve' };
    await ruled(minMax(sku, { min: 100, max: 140, packSize: 24, ...fromHub }), minMax(sku, { locationId: 'HUB', min: 100, max: 100 }));
    const [suggested] = (await run(sku, { create: true, locationId: 'BER' })).suggestions;
    expect(suggested).toMatchObject({ status: 'suggested', quantity: 24, because: { need: 140, shortAtSource: 120 } });
    const approved = await act(suggested?.id ?? '', 'approve');
    expect(approved).toMatchObject({ status: 200, body: { status: 'ordered', transferId: expect.stringMatching(/^tr_/) as string } });
    expect(await act(suggested?.id ?? '', 'approve')).toMatchObject({ status: 200, body: { status: 'ordered' } });
    expect(await act(suggested?.id ?? '', 'reject')).toMatchObject({ status: 409, body: { code: 'replenishment_ordered' } });

    const transfer = `/api/inventory/transfers/${String(approved.body['transferId'])}`;
    expect((await workflow.get(transfer)).body).toMatchObject({
      fromLocationId: 'HUB',
      toLocationId: 'BER',
      lines: [{ sku, quantity: 24 }],
    });
    await ruled(minMax(sku, { min: 100, max: 140 }));
    expect(await position(sku)).toMatchObject({ position: 24, open: 24, inbound: 0 });
    await workflow.post(transfer, { action: 'ship' });
    expect(await position(sku)).toMatchObject({ position: 24, open: 0, inbound: 24 });
    // Stock that was recorded is evaluated by itself a moment later, and may suggest more beside it.
    const followed = async () => {
      const all = await orders(sku, '&locationId=BER');
      expect(all.filter(({ id, status }) => id !== suggested?.id && status !== 'suggested')).toEqual([]);
      return all.find(({ id }) => id === suggested?.id);
    };
    await eventually(async () => expect(await followed()).toMatchObject({ status: 'in_progress' }));
    await workflow.post(transfer, { action: 'receive' });
    await eventually(async () => expect(await followed()).toMatchObject({ status: 'received' }));
    expect(await position(sku)).toMatchObject({ position: 24, open: 0, inbound: 0, onHand: 24 });
  });

  it('that is cancelled ends its delivery, and the next run orders anew (R6)', async () => {
    const sku = await stocked(0);
    await ruled(minMax(sku));
    const [first] = (await run(sku)).suggestions;
    expect(await act(first?.id ?? '', 'approve')).toMatchObject({ body: { status: 'ordered', inboundReference: first?.id } });
    expect(await inbound(sku)).toEqual([[first?.id, 10]]);
    expect(await act(first?.id ?? '', 'cancel', { reason: 'by hand' })).toMatchObject({
      status: 200,
      body: { status: 'cancelled', reason: 'by hand' },
    });
    expect(await inbound(sku)).toEqual([]);
    expect(await act(first?.id ?? '', 'approve')).toMatchObject({ status: 409, body: { code: 'replenishment_cancelled' } });
    const [second] = (await run(sku)).suggestions;
    expect(second).toMatchObject({ status: 'suggested', quantity: 10 });
    expect(second?.id).not.toBe(first?.id);
  });

  it('that a crash left approved is placed by the watchdog, once', async () => {
    const sku = await stocked(0);
    await ruled(minMax(sku, { mode: 'approve' }));
    const [suggested] = (await run(sku)).suggestions;
    let failures = 0;
    before = (type) => {
      if (type !== 'DeclareInbound' || failures === 1) return;
      failures += 1;
      throw new Error('the event store is away');
    };
    expect(await act(suggested?.id ?? '', 'approve', { quantity: 7 })).toMatchObject({
      status: 200,
      body: { status: 'approved', quantity: 7 },
    });
    expect((await run(sku, {})).skipped).toMatchObject([{ code: 'above_reorder_point' }]);
    await eventually(async () => expect(await orders(sku)).toMatchObject([{ status: 'ordered', quantity: 7 }]));
    expect(await inbound(sku)).toEqual([[suggested?.id, 7]]);
  });

  it('may be asked for by a person, with the key of the request once', async () => {
    const sku = await stocked(2);
    const body = { sku, locationId: 'BER', quantity: 9, source: { type: 'purchase' } };
    const first = await workflow.post(PATH, body, { key: 'manual-1' });
    expect(first).toMatchObject({
      status: 201,
      body: { status: 'ordered', quantity: 9, createdBy: 'key-1', because: { method: 'manual' } },
    });
    expect((await workflow.post(PATH, body, { key: 'manual-1' })).body).toEqual(first.body);
    expect(await inbound(sku)).toEqual([[first.body['id'], 9]]);
    expect(await workflow.post(PATH, { ...body, source: undefined })).toMatchObject({ status: 400, body: { code: 'source_required' } });
    expect(await workflow.post(PATH, { ...body, sku: 'NONE' })).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
    expect(await workflow.post(PATH, { ...body, source: { type: 'transfer', locationId: 'BER' } })).toMatchObject({
      status: 400,
      body: { code: 'invalid_rule' },
    });
  });

  it('is acted on by people who name it and its version', async () => {
    const sku = await stocked(0);
    await ruled(minMax(sku, { mode: 'approve' }));
    const [suggested] = (await run(sku)).suggestions;
    const id = suggested?.id ?? '';
    expect(await act('rep_none', 'approve')).toMatchObject({ status: 404, body: { code: 'unknown_replenishment' } });
    expect(await workflow.post(PATH, { id, action: 'approve' }, { tenant: 'other' })).toMatchObject({ status: 404 });
    expect(await workflow.post(PATH, { id })).toMatchObject({ status: 400, body: { details: [{ field: 'action' }] } });
    expect(await workflow.post(PATH, { sku })).toMatchObject({
      status: 400,
      body: { details: [{ field: 'locationId' }, { field: 'quantity' }] },
    });
    expect(await act(id, 'reject', { quantity: 3 })).toMatchObject({ status: 400, body: { details: [{ field: 'quantity' }] } });
    expect(await act(id, 'approve', { expectedVersion: 2 })).toMatchObject({ status: 412, body: { code: 'version_mismatch' } });
    await workflow.record(sku, 'BER', 1);
    const [newer] = (await run(sku)).suggestions;
    expect(newer).toMatchObject({ quantity: 9 });
    expect(await act(id, 'approve')).toMatchObject({ status: 409, body: { code: 'replenishment_superseded' } });
    expect(await act(newer?.id ?? '', 'reject', { reason: 'end of season' })).toMatchObject({ body: { status: 'rejected', version: 2 } });
    expect(await inbound(sku)).toEqual([]);
  });

  it('is begun by a run of its own after the position changed', async () => {
    const sku = await stocked(8);
    await ruled(minMax(sku, { mode: 'auto' }));
    expect((await run(sku)).skipped).toMatchObject([{ code: 'above_reorder_point' }]);
    await workflow.record(sku, 'BER', 4);
    await eventually(async () => expect(await orders(sku)).toMatchObject([{ status: 'ordered', quantity: 6 }]));
    expect(await inbound(sku)).toHaveLength(1);
  });
});

describe('daily use', () => {
  it('is kept by day, with what came back and with the most on hand', async () => {
    const sku = await stocked(0);
    const day = (n: number) => (20_000 + n) * 86_400_000;
    const at = async (n: number, delta: number, reasonCode: string) => {
      const command = { type: 'AdjustStock', locationId: 'BER', delta, effectiveAt: day(n), reasonCode, reason: 'x' } as const;
      const outcome = await workflow.runtime.ledger.execute({ tenant: 'demo', sku }, { ...command, at: day(n), commandId: randomUUID() });
      if (outcome.kind === 'refused') throw new Error(outcome.code);
    };
    await at(0, 20, 'found');
    await at(1, -6, 'consumed');
    await at(1, 2, 'return_customer');
    await at(3, -16, 'damage');
    const text = `SELECT day - 20000 AS day, sold::int, returned::int, most_on_hand::int AS most, closing_on_hand::int AS closing
                    FROM workflow.daily_use WHERE sku = $1 AND day < 20100 ORDER BY day`;
    await eventually(async () =>
      expect((await workflow.runtime.database.pool.query(text, [sku])).rows).toEqual([
        { day: 0, sold: 0, returned: 0, most: 20, closing: 20 },
        { day: 1, sold: 6, returned: 2, most: 20, closing: 16 },
        { day: 3, sold: 0, returned: 0, most: 16, closing: 0 },
      ]),
    );
  });
});

async function eventuallyOrders(sku: string, count: number): Promise<readonly Suggestion[]> {
  let found: readonly Suggestion[] = [];
  await eventually(async () => {
    found = await orders(sku);
    expect(found).toHaveLength(count);
    expect(found[0]).toMatchObject({ status: 'ordered' });
  });
  return found;
}

/** The figures of Berlin's rule after it was set high enough to ask for more. */
async function position(sku: string): Promise<unknown> {
  const { suggestions } = (await run(sku, { locationId: 'BER', create: false })) as unknown as {
    suggestions: readonly { because: unknown }[];
  };
  return suggestions[0]?.because;
}
