import { randomUUID } from 'node:crypto';
import type { SkuLedger } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { eventually, WorkflowUnderTest, type CallOptions } from '../../test/workflow.js';

let workflow: WorkflowUnderTest;
/** Set by a test: what happens before a command reaches its SKU. */
let before: ((sku: string) => void) | undefined;

const interruptible = (runtime: Runtime): Runtime => {
  const ledger: SkuLedger = {
    execute: async (ref, command, context) => {
      before?.(ref.sku);
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

const PATH = '/api/inventory/holds';

let skus = 0;
/** A SKU with so many units in Berlin. */
async function stocked(units: number): Promise<string> {
  skus += 1;
  const sku = `MILK-${skus}`;
  await workflow.record(sku, 'BER', units);
  return sku;
}

const place = (more: object, options?: CallOptions) => workflow.post(PATH, { type: 'quality', ...more }, options);
const release = (more: object, options?: CallOptions) => workflow.post(`${PATH}/release`, more, options);
async function held(more: object, options?: CallOptions): Promise<string> {
  const { status, body } = await place(more, options);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return String(body['id']);
}
const figures = async (sku: string) => {
  const { state } = await workflow.runtime.ledger.read({ tenant: 'demo', sku });
  const { onHand, reserved, held: units } = state.balances.get('BER') ?? { onHand: 0, reserved: 0, held: 0 };
  return { onHand, held: units, available: onHand - reserved - units };
};
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
const listed = async (query: string, position?: string) => {
  const { body } = await workflow.get(`${PATH}?${query}`, position === undefined ? {} : { minPosition: position });
  return body['holds'] as readonly Record<string, unknown>[];
};

describe('a hold', () => {
  it('is placed by a body that says null where it has nothing to say', async () => {
    const sku = await stocked(10);
    const nothing = { lotId: null, binId: null, reference: null, expectedReleaseAt: null };
    expect(await place({ sku, locationId: 'BER', quantity: 4, reason: 'seal test', ...nothing })).toMatchObject({
      status: 201,
      body: { quantityHeld: 4, lotId: null },
    });
    expect(await place({ sku: null, locationId: 'BER' })).toMatchObject({ status: 400, body: { details: [{ field: 'sku' }] } });
    expect(await place({ sku, type: null })).toMatchObject({ status: 400, body: { details: [{ field: 'type' }] } });
  });

  it('H1 adds up with others, takes free units only, and is released once', async () => {
    const sku = await stocked(10);
    const first = await place({ sku, locationId: 'BER', quantity: 4, reason: 'seal test', reference: 'QA-118' });
    expect(first).toMatchObject({
      status: 201,
      body: {
        status: 'active',
        version: 1,
        type: 'quality',
        sku,
        productMasterId: sku,
        locationId: 'BER',
        lotId: null,
        quantity: 4,
        quantityHeld: 4,
        quantityReleased: 0,
        uncoveredPromises: 0,
        reason: 'seal test',
        reference: 'QA-118',
        createdBy: 'key-1',
        releasedAt: null,
      },
    });
    await held({ productMasterId: sku, locationId: 'BER', quantity: 4 });
    expect(await figures(sku)).toEqual({ onHand: 10, held: 8, available: 2 });
    expect(await place({ sku, locationId: 'BER', quantity: 4 })).toMatchObject({
      status: 409,
      body: { code: 'insufficient_stock', details: [{ requested: 4, available: 2 }] },
    });
    const key = randomUUID();
    const holdId = first.body['id'];
    const released = await release({ holdId, disposition: 'to_stock' }, { key });
    expect(released).toMatchObject({
      status: 200,
      body: { id: holdId, status: 'released', version: 2, quantityHeld: 0, quantityReleased: 4 },
    });
    expect(await release({ holdId, disposition: 'to_stock' }, { key })).toEqual(released);
    expect((await release({ holdId, disposition: 'to_stock' })).body).toEqual(released.body);
    expect(await figures(sku)).toEqual({ onHand: 10, held: 4, available: 6 });
    expect(await listed(`id=${String(holdId)}`, released.position)).toEqual([released.body]);
  });

  it('H2 of a recall is never refused and says what it uncovers', async () => {
    const sku = await stocked(10);
    await reserve(sku, 8);
    expect(await place({ sku, locationId: 'BER', quantity: 4 })).toMatchObject({ status: 409, body: { code: 'insufficient_stock' } });
    expect(await place({ sku, locationId: 'BER', quantity: 4, type: 'recall' })).toMatchObject({
      status: 201,
      body: { quantityHeld: 4, uncoveredPromises: 2 },
    });
    expect(await figures(sku)).toEqual({ onHand: 10, held: 4, available: -2 });
  });

  it('is placed against promises when that is said', async () => {
    const sku = await stocked(10);
    await reserve(sku, 8);
    expect((await place({ sku, locationId: 'BER', quantity: 4, mayUncoverPromises: true })).status).toBe(201);
  });

  it('of a location, or a whole SKU, covers what arrives later', async () => {
    const sku = await stocked(10);
    const ofLocation = await held({ sku, locationId: 'BER' });
    await workflow.stock(sku, { type: 'AdjustStock', locationId: 'BER', delta: 3, effectiveAt: Date.now(), reasonCode: 'found' });
    expect(await figures(sku)).toEqual({ onHand: 13, held: 13, available: 0 });
    expect(await release({ holdId: ofLocation, quantity: 3, disposition: 'to_stock' })).toMatchObject({
      status: 400,
      body: { code: 'hold_without_quantity' },
    });
    expect(await release({ holdId: ofLocation, disposition: 'to_stock' })).toMatchObject({ status: 200, body: { quantity: null } });
    const ofSku = await place({ sku });
    expect(ofSku.body).toMatchObject({ locationId: null, quantity: null, quantityHeld: 13 });
    expect(await listed(`sku=${sku}&locationId=BER&status=active`, ofSku.position)).toMatchObject([{ quantityHeld: 13 }]);
  });

  it('H6 scrapped leaves on hand in the same moment, and is listed as an adjustment', async () => {
    const sku = await stocked(10);
    const holdId = await held({ sku, locationId: 'BER', quantity: 4 });
    const half = await release({ holdId, quantity: 1, disposition: 'scrap', reason: 'burst' });
    expect(half.body).toMatchObject({ status: 'partly_released', version: 2, quantityHeld: 3, quantityReleased: 1, releasedAt: null });
    const { body, position } = await release({ holdId, disposition: 'return_to_supplier', reasonCode: 'return_supplier' });
    expect(body).toMatchObject({ status: 'released', version: 3, quantityReleased: 4 });
    expect(await figures(sku)).toEqual({ onHand: 6, held: 0, available: 6 });
    const { body: list } = await workflow.get(
      `/api/inventory/adjustments?sku=${sku}`,
      position === undefined ? {} : { minPosition: position },
    );
    expect(list['adjustments']).toMatchObject([
      { delta: -3, reasonCode: 'return_supplier', source: 'hold', documentId: holdId },
      { delta: -1, reasonCode: 'scrap', source: 'hold', reason: 'burst' },
      { delta: 10 },
    ]);
  });

  it('of a recall is released by another person, also where that one has a key of the same maker', async () => {
    const sku = await stocked(10);
    const holdId = await held({ sku, locationId: 'BER', quantity: 4, type: 'legal' });
    expect(await release({ holdId, disposition: 'to_stock' })).toMatchObject({ status: 403, body: { code: 'own_hold' } });
    expect(await release({ holdId, disposition: 'to_stock' }, { subject: 'u2' })).toMatchObject({ status: 200 });
  });

  it('refuses more than is open, another version, and another release of what is over', async () => {
    const sku = await stocked(10);
    const holdId = await held({ sku, locationId: 'BER', quantity: 4 });
    expect(await release({ holdId, quantity: 5 })).toMatchObject({
      status: 409,
      body: { code: 'quantity_exceeds_open', details: [{ requested: 5, open: 4 }] },
    });
    expect(await release({ holdId, expectedVersion: 2 })).toMatchObject({ status: 412, body: { code: 'version_mismatch' } });
    expect(await release({ holdId, expectedVersion: 1 })).toMatchObject({ status: 200 });
    expect(await release({ holdId, quantity: 1 })).toMatchObject({ status: 409, body: { code: 'hold_released' } });
  });

  it.each<[string, object | string, number, string]>([
    ['no SKU', { sku: undefined, locationId: 'BER' }, 400, 'validation_failed'],
    ['a lot that is none', { lotId: 'A' }, 404, 'unknown_lot'],
    ['a bin', { binId: 'A-01' }, 400, 'validation_failed'],
    ['a number of units without a place', { quantity: 4 }, 400, 'location_required'],
    ['no units', { locationId: 'BER', quantity: 0 }, 400, 'validation_failed'],
    ['an unknown type', { type: 'boredom' }, 400, 'validation_failed'],
    ['items and a SKU', { items: [{ sku: 'MILK-1' }] }, 400, 'validation_failed'],
    ['an unknown SKU', { sku: 'NOBODY' }, 404, 'unknown_sku'],
    ['an unknown location', { locationId: 'ELSEWHERE' }, 404, 'unknown_location'],
  ])('refuses %s', async (_what, more, status, code) => {
    expect(await place({ sku: 'MILK-1', ...(more as object) })).toMatchObject({ status, body: { code } });
  });

  it.each<[string, object, number, string]>([
    ['an unknown hold', { holdId: 'hold_nobody' }, 404, 'unknown_hold'],
    ['an unknown disposition', { disposition: 'eat' }, 400, 'validation_failed'],
    ['a reason code of units that stay', { disposition: 'to_stock', reasonCode: 'scrap' }, 400, 'validation_failed'],
    ['an unknown reason code', { disposition: 'scrap', reasonCode: 'gremlins' }, 400, 'unknown_reason_code'],
    ['a reason code of units that come', { disposition: 'scrap', reasonCode: 'found' }, 400, 'reason_direction'],
    ['a reason code that says too little', { disposition: 'scrap', reasonCode: 'theft' }, 400, 'reason_required'],
  ])('refuses the release of %s', async (_what, more, status, code) => {
    expect(await release({ holdId: 'hold_1', ...more })).toMatchObject({ status, body: { code } });
  });

  it('on a lot is traced to whoever got units of it', async () => {
    skus += 1;
    const sku = `MILK-${skus}`;
    const lots = { sku, locationId: 'BER', lines: [{ lotId: 'A', quantity: 10 }] };
    expect((await workflow.post('/api/inventory/adjustments/record-stock', lots)).status).toBe(200);
    await reserve(sku, 3);
    await workflow.stock(sku, { type: 'CommitReservation', reservationId: `rs-${sku}` });
    const { body, position } = await place({ sku, lotId: 'A', type: 'recall' });
    expect(body).toMatchObject({ status: 'active', lotId: 'A', quantityHeld: 7 });
    expect(await listed(`id=${String(body['id'])}&trace=true`, position)).toEqual([
      { ...body, affected: [{ orderId: `order-${sku}`, locationId: 'BER', quantity: 3, at: expect.any(String) as string }], untraced: [] },
    ]);
    expect(await listed(`id=${String(body['id'])}`)).toEqual([body]);
    expect(await workflow.get(`${PATH}?sku=${sku}&trace=true`)).toMatchObject({ status: 400, body: { details: [{ field: 'id' }] } });
    const ofSku = await held({ sku });
    await eventually(async () => expect(await listed(`id=${ofSku}`)).toHaveLength(1));
    expect(await workflow.get(`${PATH}?id=${ofSku}&trace=true`)).toMatchObject({ status: 400, body: { details: [{ field: 'trace' }] } });
  });

  it('needs the permission, and belongs to its tenant', async () => {
    const sku = await stocked(10);
    const holdId = await held({ sku, locationId: 'BER', quantity: 4 });
    expect(await workflow.get(PATH, { permissions: ['inventory.write'] })).toMatchObject({ status: 403 });
    expect(await place({ sku }, { permissions: ['inventory.read'] })).toMatchObject({ status: 403 });
    expect(await release({ holdId }, { permissions: ['inventory.read'] })).toMatchObject({ status: 403 });
    expect(await workflow.get(PATH, { anonymous: true })).toMatchObject({ status: 401 });
    expect(await release({ holdId }, { tenant: 'other' })).toMatchObject({ status: 404, body: { code: 'unknown_hold' } });
    expect((await workflow.get(PATH, { tenant: 'other' })).body).toMatchObject({ holds: [], pagination: { total: 0 } });
  });

  it('is listed with filters', async () => {
    const sku = await stocked(10);
    await held({ sku, locationId: 'BER', quantity: 1 });
    const { position } = await place({ sku, locationId: 'BER', quantity: 2, type: 'damage' });
    expect((await listed(`sku=${sku}`, position)).map(({ quantity }) => quantity)).toEqual([2, 1]);
    expect(await listed(`productMasterId=${sku}&type=damage&status=active`)).toMatchObject([{ quantity: 2, quantityHeld: 2 }]);
    expect(await listed(`sku=${sku}&locationId=HAM`)).toEqual([]);
    expect(await listed(`sku=${sku}&status=released`)).toEqual([]);
    expect(await listed(`sku=${sku}&lotId=A`)).toEqual([]);
    expect((await workflow.get(`${PATH}?sku=${sku}&limit=1&page=2`)).body).toMatchObject({
      holds: [{ quantity: 1 }],
      pagination: { total: 2 },
    });
    expect(await workflow.get(`${PATH}?status=lost`)).toMatchObject({ status: 400 });
  });
});

describe('a hold over several SKUs', () => {
  it('tells what became of each line, and is answered the same under the same key', async () => {
    const [one, short] = [await stocked(5), await stocked(1)];
    const items = [
      { sku: one, locationId: 'BER', quantity: 2 },
      { sku: short, locationId: 'BER', quantity: 2 },
    ];
    const key = randomUUID();
    const first = await place({ items, reference: 'QA-9' }, { key });
    const id = String(first.body['id']);
    expect(first).toMatchObject({
      status: 201,
      body: {
        status: 'partly_placed',
        sku: null,
        quantityHeld: 2,
        lines: [
          { line: 1, status: 'held', holdId: `${id}~1`, sku: one, quantityHeld: 2 },
          { line: 2, status: 'refused', holdId: null, code: 'insufficient_stock', requested: 2, available: 1 },
        ],
      },
    });
    expect(await place({ items, reference: 'QA-9' }, { key })).toEqual(first);
    expect(await listed(`sku=${one}`, first.position)).toMatchObject([{ id: `${id}~1`, reference: 'QA-9' }]);
    expect(await release({ holdId: `${id}~1` })).toMatchObject({ status: 200, body: { status: 'released' } });
  });

  it('is refused with the first code where every line is, and as a whole where one is not valid', async () => {
    const [one, two] = [await stocked(1), await stocked(5)];
    const tooMany = { sku: one, locationId: 'BER', quantity: 2 };
    expect(await place({ items: [tooMany] })).toMatchObject({ status: 409, body: { code: 'insufficient_stock', details: [{ line: 1 }] } });
    const unknown = { items: [{ sku: two }, { sku: 'NOBODY' }] };
    expect(await place(unknown)).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
    expect(await place({ items: [{ sku: two }, { sku: two, quantity: 1 }] })).toMatchObject({
      status: 400,
      body: { code: 'location_required', details: [{ field: 'items[1].locationId' }] },
    });
    expect(await figures(two)).toMatchObject({ held: 0 });
    const many = Array.from({ length: 1_001 }, () => ({ sku: two }));
    expect(await place({ items: many })).toMatchObject({ status: 400, body: { code: 'too_many_lines' } });
  });

  it('that was interrupted is finished by the watchdog, once', async () => {
    const [one, two] = [await stocked(5), await stocked(5)];
    before = (sku) => {
      if (sku === two) throw new Error('the process died here');
    };
    const items = [one, two].map((sku) => ({ sku, locationId: 'BER', quantity: 2 }));
    expect((await place({ items })).status).toBe(500);
    before = undefined;
    const { pool } = workflow.runtime.database;
    const late = "UPDATE workflow.hold_call SET updated_at = now() - interval '1 minute' WHERE under_way";
    await eventually(async () => expect((await pool.query(late)).rowCount).toBe(1));
    await eventually(async () => expect(await figures(two)).toEqual({ onHand: 5, held: 2, available: 3 }));
    await eventually(async () => expect((await pool.query('SELECT 1 FROM workflow.hold_call WHERE under_way')).rowCount).toBe(0));
    expect(await figures(one)).toEqual({ onHand: 5, held: 2, available: 3 });
  });
});
