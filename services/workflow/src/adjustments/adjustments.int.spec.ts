import { randomUUID } from 'node:crypto';
import type { EventStore } from '@holdfast/event-store';
import type { SkuLedger } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { eventually, WorkflowUnderTest, type CallOptions } from '../../test/workflow.js';

let workflow: WorkflowUnderTest;
/** Set by a test: what happens before a command reaches its SKU, or before an event is stored. */
let before: ((what: { readonly sku?: string; readonly stream?: string; readonly revision?: number }) => void) | undefined;

const interruptible = (runtime: Runtime): Runtime => {
  const ledger: SkuLedger = {
    execute: async (ref, command, context) => {
      before?.({ sku: ref.sku });
      return runtime.ledger.execute(ref, command, context);
    },
    read: (ref) => runtime.ledger.read(ref),
    drain: () => runtime.ledger.drain(),
  };
  const append: EventStore['append'] = async (stream, revision, events) => {
    before?.({ stream, revision });
    return runtime.eventStore.append(stream, revision, events);
  };
  const eventStore = new Proxy(runtime.eventStore, {
    get: (store, name) => {
      if (name === 'append') return append;
      const member: unknown = Reflect.get(store, name, store);
      return typeof member === 'function' ? (member.bind(store) as unknown) : member;
    },
  });
  return { ...runtime, ledger, eventStore };
};

beforeAll(async () => {
  workflow = await WorkflowUnderTest.start(interruptible);
  await workflow.location('BER');
  await workflow.location('HAM');
});
afterAll(() => workflow.stop());
afterEach(() => (before = undefined));

const PATH = '/api/inventory/adjustments';
const RECORD = `${PATH}/record-stock`;

let skus = 0;
/** A SKU with so many units in Berlin. */
async function stocked(units: number): Promise<string> {
  skus += 1;
  const sku = `CUP-${skus}`;
  await workflow.record(sku, 'BER', units);
  return sku;
}

const reserve = (sku: string, quantity: number) =>
  workflow.stock(sku, {
    type: 'PlaceReservation',
    reservationId: `rs-${sku}`,
    orderId: `order-${sku}`,
    quantity,
    sources: [{ locationId: 'BER', priority: 1 }],
    ttlMs: 3_600_000,
    requestHash: 'h',
  });

const damage = (more: object, options?: CallOptions) => workflow.post(PATH, { locationId: 'BER', reasonCode: 'damage', ...more }, options);
const record = (more: object, options?: CallOptions) => workflow.post(RECORD, { locationId: 'BER', ...more }, options);

/** The list as of what was written last. */
const listed = async (query: string, { position }: { readonly position: string | undefined }, path = PATH) => {
  const { body } = await workflow.get(`${path}?${query}`, position === undefined ? {} : { minPosition: position });
  return (body['adjustments'] ?? body['records']) as readonly Record<string, unknown>[];
};
const onHand = (sku: string) => workflow.onHand(sku, 'BER');

describe('an adjustment', () => {
  it('A1 takes free units only, unless it may uncover promises', async () => {
    const sku = await stocked(50);
    await reserve(sku, 10);
    expect(await damage({ sku, delta: -45 })).toMatchObject({
      status: 409,
      body: { code: 'insufficient_stock', details: [{ line: 1, sku, requested: 45, available: 40, quantityOnHand: 50 }] },
    });
    expect(await onHand(sku)).toBe(50);
    const { status, body } = await damage({ sku, delta: -45, mayUncoverPromises: true });
    expect(status).toBe(201);
    const { balances } = (await workflow.runtime.ledger.read({ tenant: 'demo', sku })).state;
    expect(balances.get('BER')).toMatchObject({ onHand: 5, reserved: 10 });
    expect(body).toMatchObject({
      status: 'applied',
      version: 2,
      createdBy: 'key-1',
      lines: [{ line: 1, sku, status: 'applied', delta: -45, quantityOnHand: 5 }],
    });
  });

  it('A5 applies the lines that it can, and tells what became of each; a repeat of the key is answered the same', async () => {
    const [one, short, three] = [await stocked(5), await stocked(1), await stocked(5)];
    const lines = [
      { sku: one, delta: -2 },
      { sku: short, delta: -2 },
      { productMasterId: three, delta: -2 },
    ];
    const key = randomUUID();
    const first = await damage({ lines, reference: 'QA-118' }, { key });
    expect(first).toMatchObject({
      status: 201,
      body: {
        status: 'partly_applied',
        lines: [
          { line: 1, status: 'applied', quantityOnHand: 3, quantityAvailable: 3 },
          { line: 2, status: 'refused', code: 'insufficient_stock', requested: 2, available: 1, quantityOnHand: 1 },
          { line: 3, status: 'applied', quantityOnHand: 3 },
        ],
      },
    });
    expect(await damage({ lines, reference: 'QA-118' }, { key })).toEqual(first);
    expect([await onHand(one), await onHand(short), await onHand(three)]).toEqual([3, 1, 3]);
    expect(await listed(`sku=${three}&reasonCode=damage`, first)).toMatchObject([
      { id: `${String(first.body['id'])}~3`, documentId: first.body['id'], reference: 'QA-118', source: 'api' },
    ]);
    expect(await damage({ lines }, { key })).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  it('A4 makes one entry under one key', async () => {
    const sku = await stocked(5);
    const key = randomUUID();
    await damage({ sku, delta: -1 }, { key });
    const again = await damage({ sku, delta: -1 }, { key });
    expect(await listed(`sku=${sku}&reasonCode=damage`, again)).toHaveLength(1);
    expect(await onHand(sku)).toBe(4);
  });

  it('takes a row back once, whoever asks for it, also at the same time; one that was refused may be tried again', async () => {
    const sku = await stocked(9);
    const first = await workflow.post(PATH, { locationId: 'BER', reasonCode: 'found', sku, delta: 4 });
    const [row] = await listed(`sku=${sku}&reasonCode=found`, first);
    const body = { locationId: 'BER', reasonCode: 'correction', reason: 'Undo', undoes: row?.['id'], sku, delta: -4 };
    await workflow.stock(sku, { type: 'AdjustStock', locationId: 'BER', delta: -12, effectiveAt: Date.now(), reasonCode: 'sold' });
    expect(await workflow.post(PATH, body)).toMatchObject({ status: 409, body: { code: 'insufficient_stock' } });
    await workflow.stock(sku, { type: 'AdjustStock', locationId: 'BER', delta: 12, effectiveAt: Date.now(), reasonCode: 'found' });

    const keys = [randomUUID(), randomUUID()];
    const both = () => Promise.all(keys.map((key) => workflow.post(PATH, body, { key })));
    const answers = (await both()).toSorted((one, other) => one.status - other.status);
    const [undone, refused] = answers;
    expect([undone?.status, refused?.status]).toEqual([201, 409]);
    expect(await onHand(sku)).toBe(9);
    const code = { code: 'already_undone', details: [{ field: 'undoes', undoes: row?.['id'], documentId: undone?.body['id'] }] };
    expect(refused?.body).toMatchObject(code);
    expect(await workflow.post(PATH, { ...body, reason: 'Zurück' })).toMatchObject({ status: 409, body: code });
    const again = (await both()).toSorted((one, other) => one.status - other.status);
    expect(again).toMatchObject([{ body: undone?.body }, { status: 409, body: code }]);
    expect(await onHand(sku)).toBe(9);
  });

  it.each<[string, object | string, number, string]>([
    ['A4 found with fewer units', { reasonCode: 'found', delta: -3 }, 400, 'reason_direction'],
    ['A4 other without a text', { reasonCode: 'other', delta: -3 }, 400, 'reason_required'],
    ['an unknown reason', { reasonCode: 'gremlins', delta: -3 }, 400, 'unknown_reason_code'],
    ['a delta of 0', { delta: 0 }, 400, 'validation_failed'],
    ['half a unit', { delta: 0.5 }, 400, 'validation_failed'],
    ['no lines', { sku: undefined }, 400, 'validation_failed'],
    ['lines and a line at the top', { delta: -1, lines: [{ sku: 'CUP-1', delta: -1 }] }, 400, 'validation_failed'],
    ['two different names', { productMasterId: 'POT', delta: -1 }, 400, 'validation_failed'],
    ['a lot that is none', { lotId: 'A', delta: -1 }, 409, 'unknown_lot'],
    ['32 days ago', { delta: -1, effectiveAt: new Date(Date.now() - 32 * 86_400_000).toISOString() }, 400, 'validation_failed'],
    ['tomorrow', { delta: -1, effectiveAt: new Date(Date.now() + 86_400_000).toISOString() }, 400, 'validation_failed'],
    ['an unknown SKU', { sku: 'NOBODY', delta: -1 }, 404, 'unknown_sku'],
    ['an unknown location', { locationId: 'ELSEWHERE', delta: -1 }, 404, 'unknown_location'],
    ['malformed JSON', '{', 400, 'malformed_json'],
  ])('refuses %s', async (_what, body, status, code) => {
    const request = typeof body === 'string' ? body : { locationId: 'BER', reasonCode: 'damage', sku: 'CUP-1', ...body };
    expect(await workflow.post(PATH, request)).toMatchObject({ status, body: { code } });
  });

  it('names what may be sent instead of an unknown reason, and the lines that a direction refuses', async () => {
    const unknown = await damage({ reasonCode: 'gremlins', sku: 'CUP-1', delta: -1 });
    expect(unknown.body['details']).toMatchObject([{ field: 'reasonCode', known: expect.arrayContaining(['damage', 'found']) }]);
    const lines = [
      { sku: 'CUP-1', delta: -1 },
      { sku: 'CUP-1', delta: 1 },
    ];
    expect((await damage({ lines })).body['details']).toMatchObject([{ field: 'reasonCode', lines: [2] }]);
  });

  it('refuses more than a thousand lines', async () => {
    const lines = Array.from({ length: 1_001 }, () => ({ sku: 'CUP-1', delta: -1 }));
    expect(await damage({ lines })).toMatchObject({ status: 400, body: { code: 'too_many_lines' } });
  });

  it('refuses a change of a time before the last count, and says when that was', async () => {
    const sku = await stocked(5);
    const effectiveAt = new Date(Date.now() - 3_600_000).toISOString();
    expect(await damage({ sku, delta: -1, effectiveAt })).toMatchObject({
      status: 409,
      body: { code: 'counted_since', details: [{ sku, countedAt: expect.stringMatching(/Z$/) }] },
    });
  });

  it('refuses a change of a time before a figure of an ERP', async () => {
    const sku = await stocked(5);
    const asOf = Date.now() + 60_000;
    await workflow.stock(sku, {
      type: 'ReportLevel',
      connectionId: 'sap',
      messageId: randomUUID(),
      locationId: 'HAM',
      figure: 9,
      asOf,
      postingLagMs: null,
    });
    const effectiveAt = new Date(Date.now() - 1_000).toISOString();
    expect(await damage({ locationId: 'HAM', sku, delta: -1, effectiveAt })).toMatchObject({
      status: 409,
      body: { code: 'later_fact_known', details: [{ laterAt: new Date(asOf).toISOString() }] },
    });
  });

  it('needs the permission, and knows nothing of another tenant', async () => {
    const sku = await stocked(5);
    for (const path of [PATH, RECORD]) {
      expect(await workflow.get(path, { permissions: ['inventory.read'] })).toMatchObject({ status: 403 });
      expect(await workflow.post(path, {}, { permissions: ['inventory.write'] })).toMatchObject({ status: 403 });
      expect(await workflow.get(path, { anonymous: true })).toMatchObject({ status: 401 });
    }
    expect(await damage({ sku, delta: -1 }, { tenant: 'other' })).toMatchObject({ status: 404, body: { code: 'unknown_location' } });
    expect(await listed('', { position: undefined })).not.toEqual([]);
    expect((await workflow.get(PATH, { tenant: 'other' })).body).toMatchObject({ adjustments: [], pagination: { total: 0 } });
  });
});

describe('an adjustment that was interrupted', () => {
  const dieAt = (fatal: (what: { sku?: string; stream?: string; revision?: number }) => boolean) => {
    before = (what) => {
      if (fatal(what)) throw new Error('the process died here');
    };
  };

  it.each(['before a line', 'after the last line'])('%s, is finished by the same request, once', async (where) => {
    const [one, two] = [await stocked(5), await stocked(5)];
    const request = {
      lines: [
        { sku: one, delta: -2 },
        { sku: two, delta: -2 },
      ],
    };
    dieAt(({ sku, stream, revision }) =>
      where === 'before a line' ? sku === two : stream?.startsWith('adjustment-') === true && revision === 0,
    );
    const key = randomUUID();
    expect((await damage(request, { key })).status).toBeGreaterThanOrEqual(500);
    expect(await onHand(one)).toBe(3);
    before = undefined;
    const answer = await damage(request, { key });
    expect(answer).toMatchObject({ status: 201, body: { status: 'applied', lines: [{ quantityOnHand: 3 }, { quantityOnHand: 3 }] } });
    expect([await onHand(one), await onHand(two)]).toEqual([3, 3]);
    expect(await listed(`sku=${one}&reasonCode=damage`, answer)).toMatchObject([{ delta: -2, quantityBefore: 5, quantityAfter: 3 }]);
  });

  it('is finished by the watchdog', async () => {
    const [one, two] = [await stocked(5), await stocked(5)];
    dieAt(({ sku }) => sku === two);
    expect(
      (
        await damage({
          lines: [
            { sku: one, delta: -2 },
            { sku: two, delta: -2 },
          ],
        })
      ).status,
    ).toBe(500);
    before = undefined;
    const { pool } = workflow.runtime.database;
    await eventually(async () => {
      const late = "UPDATE workflow.adjustment_document SET updated_at = now() - interval '1 minute' WHERE under_way";
      expect((await pool.query(late)).rowCount).toBe(1);
    });
    await eventually(async () => expect(await onHand(two)).toBe(3));
    await eventually(async () => {
      const open = await pool.query('SELECT 1 FROM workflow.adjustment_document WHERE under_way');
      expect(open.rowCount).toBe(0);
    });
    expect(await onHand(one)).toBe(3);
  });
});

describe('the list of adjustments', () => {
  it('shows every change whatever it came from, with figures, value and who', async () => {
    const sku = await stocked(50);
    await workflow.stock(sku, { type: 'DescribeProduct', verified: true, costMinor: 1_000 });
    await workflow.stock(sku, { type: 'AdjustStock', locationId: 'BER', delta: 4, effectiveAt: Date.now(), reasonCode: 'import' });
    await workflow.stock(sku, {
      type: 'AdjustStock',
      locationId: 'BER',
      delta: -1,
      effectiveAt: Date.now(),
      reasonCode: 'sold',
      orderId: 'o-1',
    });
    const last = await damage({ sku, delta: -3, reason: 'fork lift' });
    const rows = await listed(`sku=${sku}`, last);
    expect(
      rows.map(({ delta, quantityBefore, quantityAfter, source, value }) => ({ delta, quantityBefore, quantityAfter, source, value })),
    ).toEqual([
      { delta: -3, quantityBefore: 53, quantityAfter: 50, source: 'api', value: -30 },
      { delta: 4, quantityBefore: 50, quantityAfter: 54, source: 'import', value: 40 },
      { delta: 50, quantityBefore: 0, quantityAfter: 50, source: 'count', value: null },
    ]);
    expect(rows[0]).toMatchObject({
      sku,
      productMasterId: sku,
      locationId: 'BER',
      lotId: null,
      binId: null,
      reasonCode: 'damage',
      reason: 'fork lift',
      reference: null,
      createdBy: 'key-1',
    });
  });

  it('is filtered and paged', async () => {
    const sku = await stocked(9);
    await damage({ sku, delta: -1 });
    const last = await damage({ sku, delta: -2 });
    expect(await listed(`sku=${sku}&locationId=HAM`, last)).toEqual([]);
    expect(await listed(`productMasterId=${sku}&createdBy=key-1`, last)).toHaveLength(2);
    expect(await listed(`sku=${sku}&createdBy=nobody`, last)).toEqual([]);
    expect(await listed(`sku=${sku}&lotId=A`, last)).toEqual([]);
    const today = new Date().toISOString().slice(0, 10);
    expect((await listed(`sku=${sku}&fromDate=${today}&toDate=2099-01-01`, last)).length).toBeGreaterThan(0);
    expect(await listed(`sku=${sku}&toDate=2020-01-01`, last)).toEqual([]);
    const second = await workflow.get(`${PATH}?sku=${sku}&limit=1&page=2`);
    expect(second.body).toMatchObject({ adjustments: [{ delta: -1 }], pagination: { page: 2, pageSize: 1, total: 3, totalPages: 3 } });
  });

  it.each([
    ['fromDate=2026-03-02&toDate=2026-03-01', 'invalid_period'],
    ['fromDate=2026-02-30', 'validation_failed'],
    ['fromDate=2026-03-01T00:00:00Z', 'validation_failed'],
    ['limit=101', 'page_too_large'],
  ])('refuses %s', async (query, code) => {
    expect(await workflow.get(`${PATH}?${query}`)).toMatchObject({ status: 400, body: { code } });
    expect(await workflow.get(`${RECORD}?${query}`)).toMatchObject({ status: 400, body: { code } });
  });

  it('takes no rows of a version that knows no lots and bins, which may still run during an upgrade', async () => {
    const sku = await stocked(5);
    await listed(`sku=${sku}`, await damage({ sku, delta: -1 }));
    const { pool } = workflow.runtime.database;
    const stock = `INSERT INTO workflow.adjustment_stock AS s (tenant, sku, on_hand, cost_minor, revision) VALUES ('demo', $1, '{"BER": 1}', NULL, 9)
      ON CONFLICT (tenant, sku) DO UPDATE SET on_hand = excluded.on_hand, revision = excluded.revision WHERE excluded.revision > s.revision`;
    const row = `INSERT INTO workflow.adjustment (tenant, sku, revision, id, document_id, location_id, delta, quantity_after, reason_code, source, effective_at, created_at)
      VALUES ('demo', $1, 9, 'a~1', 'a', 'BER', 1, 1, 'found', 'api', now(), now())`;
    for (const statement of [stock, row]) await expect(pool.query(statement, [sku])).rejects.toMatchObject({ code: '23502' });
    const { rows } = await pool.query(`SELECT 1 FROM workflow.checkpoint WHERE name = 'adjustments'`);
    expect(rows).toEqual([]);
  });

  it('has the reason codes', async () => {
    const { body } = await workflow.get(`${PATH}/reason-codes`);
    expect(body['reasonCodes']).toContainEqual({
      code: 'damage',
      name: 'Damaged',
      direction: 'out',
      countsAsUse: false,
      requiresReason: false,
      system: true,
    });
    expect(body['reasonCodes']).toContainEqual(expect.objectContaining({ code: 'consumed', countsAsUse: true }));
  });

  it('takes reason codes of the tenant by their direction and text, counts what says so as use, and knows none of another tenant', async () => {
    const door = `${PATH}/reason-codes`;
    const fair = { code: 'fair', name: 'Given away at a fair', direction: 'out', countsAsUse: true, requiresReason: true } as const;
    const put = (reasonCodes: readonly object[], options?: CallOptions) => workflow.put(door, { reasonCodes }, options);
    expect(await put([{ ...fair, code: 'damage' }])).toMatchObject({ status: 400, body: { code: 'reason_code_reserved' } });
    expect(await put([fair, fair])).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(await put([{ ...fair, direction: 'up' }])).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(await put([fair], { permissions: ['inventory.read'] })).toMatchObject({ status: 403 });
    const own = { ...fair, system: false };
    expect(await put([fair])).toMatchObject({ status: 200, body: { reasonCodes: expect.arrayContaining([own]) } });

    const sku = await stocked(9);
    const given = (more: object, options?: CallOptions) => damage({ sku, reasonCode: 'fair', reason: 'spring fair', ...more }, options);
    expect(await given({ delta: 2 })).toMatchObject({ status: 400, body: { code: 'reason_direction' } });
    expect(await given({ delta: -2, reason: undefined })).toMatchObject({ status: 400, body: { code: 'reason_required' } });
    expect(await given({ delta: -2 })).toMatchObject({ status: 201, body: { status: 'applied' } });
    const events = await workflow.runtime.eventStore.readStream(`stock-demo.${sku}`);
    expect(events.at(-1)?.data).toMatchObject({ reasonCode: 'fair', countsAsUse: true, delta: -2 });
    const elsewhere = await given({ delta: -1 }, { tenant: 'other' });
    expect(elsewhere).toMatchObject({ status: 400, body: { code: 'unknown_reason_code' } });
    expect(await record({ sku, reasonCode: 'fair', lines: [{ quantity: 3 }] })).toMatchObject({
      status: 400,
      body: { code: 'reason_direction' },
    });
    const names = ['one', 'other', 'third', 'fourth'];
    const atOnce = await Promise.all(names.map((name) => put([{ ...fair, name }])));
    expect(atOnce.map(({ status }) => status)).toEqual(names.map(() => 200));
    expect(await put([])).toMatchObject({ status: 200 });
    const gone = await given({ delta: -1 });
    expect(gone).toMatchObject({ status: 400, body: { code: 'unknown_reason_code' } });
  });
});

describe('recording stock', () => {
  it('sets the figure and answers before, after and the item; the same key the same', async () => {
    const sku = await stocked(20);
    await reserve(sku, 4);
    const key = randomUUID();
    const first = await record({ sku, lines: [{ quantity: 18 }] }, { key });
    expect(first).toMatchObject({
      status: 200,
      body: {
        sku,
        complete: false,
        reasonCode: 'count',
        createdBy: 'key-1',
        lines: [{ lotId: null, binId: null, quantityBefore: 20, quantityAfter: 18, delta: -2 }],
        item: { id: `${sku}~BER`, quantityOnHand: 18, quantityReserved: 4, quantityAvailable: 14 },
      },
    });
    await damage({ sku, delta: -1 });
    expect((await record({ sku, lines: [{ quantity: 18 }] }, { key })).body).toEqual(first.body);
  });

  it('answers a repeat whose first answer was lost from the list', async () => {
    const sku = await stocked(20);
    const key = randomUUID();
    const first = await record({ sku, lines: [{ quantity: 18 }] }, { key });
    const { pool } = workflow.runtime.database;
    const tables = await pool.query<{ t: string }>(
      "SELECT format('%I.%I', table_schema, table_name) AS t FROM information_schema.tables WHERE table_name LIKE '%idempotency%'",
    );
    for (const { t } of tables.rows) await pool.query(`DELETE FROM ${t}`);
    expect((await record({ sku, lines: [{ quantity: 18 }] }, { key })).body).toMatchObject({
      id: first.body['id'],
      lines: first.body['lines'],
    });
    expect(await onHand(sku)).toBe(18);
  });

  it('is a point that earlier facts are contained in only when it is complete', async () => {
    const sku = await stocked(0);
    await workflow.stock(sku, { type: 'AdjustStock', locationId: 'HAM', delta: 10, effectiveAt: Date.now(), reasonCode: 'found' });
    const effectiveAt = new Date(Date.now() - 60_000).toISOString();
    const found = { sku, locationId: 'HAM', reasonCode: 'found', delta: 1, effectiveAt };
    await record({ sku, locationId: 'HAM', lines: [{ quantity: 8 }] });
    expect(await workflow.post(PATH, found)).toMatchObject({ status: 201, body: { lines: [{ quantityOnHand: 9 }] } });
    const complete = await record({ sku, locationId: 'HAM', complete: true, lines: [{ quantity: 8 }] });
    expect(await workflow.post(PATH, found)).toMatchObject({ status: 409, body: { code: 'counted_since' } });
    expect(await listed(`sku=${sku}&locationId=HAM`, complete, RECORD)).toMatchObject([
      { complete: true, lines: [{ quantityBefore: 9, quantityAfter: 8, delta: -1 }], source: 'count' },
      { complete: false, lines: [{ quantityBefore: 10, quantityAfter: 8, delta: -2 }] },
    ]);
  });

  it('empties the location only when that is asked for', async () => {
    const sku = await stocked(20);
    expect(await record({ sku, lines: [] })).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(await record({ sku, complete: true, lines: [] })).toMatchObject({ status: 200, body: { item: { quantityOnHand: 0 } } });
  });

  it('lists a figure that found no difference', async () => {
    const sku = await stocked(20);
    const last = await record({ sku, complete: true, lines: [{ quantity: 20 }] });
    expect(await listed(`sku=${sku}`, last, RECORD)).toMatchObject([{ lines: [{ delta: 0 }] }, { lines: [{ delta: 20 }] }]);
    expect(await listed(`sku=${sku}`, last)).toHaveLength(1);
  });

  it('refuses a figure of a time before a count', async () => {
    const sku = await stocked(20);
    const effectiveAt = new Date(Date.now() - 3_600_000).toISOString();
    expect(await record({ sku, effectiveAt, lines: [{ quantity: 1 }] })).toMatchObject({ status: 409, body: { code: 'counted_since' } });
  });

  it.each<[string, object, number, string]>([
    ['a date without a lot', { lines: [{ expiryDate: '2026-06-30', quantity: 1 }] }, 400, 'validation_failed'],
    ['two figures', { lines: [{ quantity: 1 }, { quantity: 2 }] }, 400, 'validation_failed'],
    ['less than nothing', { lines: [{ quantity: -1 }] }, 400, 'validation_failed'],
    ['an unknown reason', { reasonCode: 'gremlins' }, 400, 'unknown_reason_code'],
    ['a reason of one direction', { reasonCode: 'found' }, 400, 'reason_direction'],
    ['other without a text', { reasonCode: 'other' }, 400, 'reason_required'],
    ['32 days ago', { effectiveAt: new Date(Date.now() - 32 * 86_400_000).toISOString() }, 400, 'validation_failed'],
    ['an unknown location', { locationId: 'ELSEWHERE' }, 404, 'unknown_location'],
  ])('refuses %s', async (_what, more, status, code) => {
    expect(await record({ sku: 'CUP-1', lines: [{ quantity: 1 }], ...more })).toMatchObject({ status, body: { code } });
  });
});
