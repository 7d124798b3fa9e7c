import { randomUUID } from 'node:crypto';
import { eventually, WorkflowUnderTest } from '../../test/workflow.js';

let workflow: WorkflowUnderTest;
let skus = 0;

beforeAll(async () => {
  workflow = await WorkflowUnderTest.start();
  await workflow.location('BER');
  await place({ locationId: 'BURN', kind: 'destruction' });
  await place({ locationId: 'GRU', kind: 'warehouse', timeZone: 'America/Sao_Paulo' });
});
afterAll(() => workflow.stop());

async function place(more: object, type = 'LocationRegistered.v1'): Promise<void> {
  const stream = 'locations-demo';
  const known = await workflow.runtime.eventStore.readStream(stream);
  const data = { name: 'Place', priority: 10, ...more };
  const metadata = { tenant: 'demo', at: Date.now(), commandId: randomUUID() };
  await workflow.runtime.eventStore.append(stream, known.length - 1, [{ id: randomUUID(), type, data, metadata }]);
}

const DAY_MS = 86_400_000;
const dayFromNow = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
const INVENTORY = '/api/inventory';
const correct = (type: string, more: object) => workflow.post(`${INVENTORY}/adjustments/lot-correction`, { type, ...more });
const record = (sku: string, lines: readonly object[], more: object = {}) =>
  workflow.post(`${INVENTORY}/adjustments/record-stock`, { sku, locationId: 'BER', lines, ...more });

/** A SKU with these lots in Berlin. */
async function stocked(...lines: readonly object[]): Promise<string> {
  skus += 1;
  const sku = `MILK-${skus}`;
  const { status, body } = await record(sku, lines);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return sku;
}

const state = async (sku: string) => (await workflow.runtime.ledger.read({ tenant: 'demo', sku })).state;
const figures = async (sku: string, locationId = 'BER') => {
  const { onHand, reserved, held } = (await state(sku)).balances.get(locationId) ?? { onHand: 0, reserved: 0, held: 0 };
  return { onHand, held, available: onHand - reserved - held };
};

describe('records of stock by lot', () => {
  it('A2: take a surplus from units without a lot first; a shortage lowers on hand; complete empties what is not named', async () => {
    const lots = [{ lotId: 'A', quantity: 10 }, { lotId: 'B', quantity: 5 }, { quantity: 5 }];
    const short = await stocked(...lots);
    expect(await record(short, [{ lotId: 'A', quantity: 8 }])).toMatchObject({
      status: 200,
      body: { lines: [{ lotId: 'A', quantityBefore: 10, quantityAfter: 8, delta: -2 }], item: { quantityOnHand: 18 } },
    });
    const more = await stocked(...lots);
    expect(await record(more, [{ lotId: 'A', quantity: 12 }])).toMatchObject({ body: { item: { quantityOnHand: 20 } } });
    const whole = await stocked(...lots);
    expect(await record(whole, [{ lotId: 'A', quantity: 8 }], { complete: true })).toMatchObject({
      body: { complete: true, source: 'count', item: { quantityOnHand: 8 } },
    });
  });

  it('are listed with the lot that a change is of, with on hand of the location where it is of several', async () => {
    const sku = await stocked({ lotId: 'A', quantity: 10 }, { lotId: 'B', quantity: 5 });
    const taken = { locationId: 'BER', reasonCode: 'damage', sku, lotId: 'A', delta: -2 };
    expect((await workflow.post(`${INVENTORY}/adjustments`, taken)).status).toBe(201);
    const { position = '' } = await record(sku, [{ lotId: 'B', binId: 'S-1', quantity: 4 }]);
    const listed = async (query: string) =>
      (await workflow.get(`${INVENTORY}/adjustments?sku=${sku}${query}`, { minPosition: position })).body['adjustments'];
    const damaged = { lotId: 'A', binId: null, delta: -2, quantityBefore: 15, quantityAfter: 13 };
    expect(await listed('&lotId=A')).toMatchObject([damaged, { delta: 15, lotId: null }]);
    expect(await listed('')).toMatchObject([{ delta: 4, lotId: 'B', binId: 'S-1' }, damaged, { delta: 15, lotId: null, binId: null }]);
    const { body } = await workflow.get(`${INVENTORY}/adjustments/record-stock?sku=${sku}`, { minPosition: position });
    const first = [
      { lotId: 'A', binId: null, quantityBefore: 0, quantityAfter: 10, delta: 10 },
      { lotId: 'B', binId: null, quantityBefore: 0, quantityAfter: 5, delta: 5 },
    ];
    const inBin = { lotId: 'B', binId: 'S-1', quantityBefore: 0, quantityAfter: 4, delta: 4 };
    expect(body['records']).toMatchObject([{ lines: [inBin] }, { lines: first }]);
    const ofBin = await workflow.get(`${INVENTORY}/adjustments/record-stock?sku=${sku}&binId=S-1`, { minPosition: position });
    expect(ofBin.body['records']).toMatchObject([{ lines: [inBin] }]);
  });

  it('refuse a date without a lot, and another date of a known lot', async () => {
    const sku = await stocked({ lotId: 'A', expiryDate: dayFromNow(9), quantity: 3 });
    expect(await record(sku, [{ expiryDate: dayFromNow(9), quantity: 1 }])).toMatchObject({ status: 400 });
    expect(await record(sku, [{ lotId: 'A', expiryDate: '31.05.2026', quantity: 1 }])).toMatchObject({ status: 400 });
  });
});

describe('corrections of lots', () => {
  it('of several positions are applied or refused line by line, and listed with kind, lots, reason and who', async () => {
    const sku = await stocked({ lotId: 'A', quantity: 10 }, { quantity: 6 });
    const at = { sku, locationId: 'BER', reasonCode: 'lot_correction', reason: 'label read again' };
    const lines = [
      { lotId: 'B', quantity: 4 },
      { lotId: 'C', quantity: 3 },
      { lotId: 'C', quantity: 2 },
    ];
    const answer = await correct('assign', { ...at, lines });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        status: 'partly_applied',
        lines: [
          {
            line: 1,
            status: 'applied',
            changes: [
              { lotId: 'B', delta: 4 },
              { lotId: null, delta: -4 },
            ],
          },
          { line: 2, status: 'refused', code: 'insufficient_unassigned', changes: [] },
          { line: 3, status: 'applied' },
        ],
        quantityOnHand: 16,
      },
    });
    expect(answer.body['changes']).toEqual(
      expect.arrayContaining([
        { lotId: null, delta: -6, quantityOnHand: 0 },
        { lotId: 'B', delta: 4, quantityOnHand: 4 },
      ]),
    );
    expect(await correct('assign', { ...at, lines: [{ lotId: 'C', quantity: 9 }] })).toMatchObject({
      status: 409,
      body: { code: 'insufficient_unassigned', details: [{ line: 1, code: 'insufficient_unassigned' }] },
    });
    expect(await correct('settle', { ...at, lines: [{ lotId: 'C' }] })).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(await correct('assign', { ...at, dryRun: true, lines })).toMatchObject({ status: 400, body: { code: 'validation_failed' } });

    const { body } = await workflow.get(`${INVENTORY}/adjustments?sku=${sku}&lotId=C`, { minPosition: answer.position ?? '' });
    expect(body['adjustments']).toEqual([
      expect.objectContaining({
        documentId: answer.body['id'],
        kind: 'assign',
        delta: 0,
        quantityBefore: 16,
        quantityAfter: 16,
        changes: expect.arrayContaining([
          { lotId: null, binId: null, delta: -2 },
          { lotId: 'C', binId: null, delta: 2 },
        ]),
        reasonCode: 'lot_correction',
        reason: 'label read again',
        createdBy: 'key-1',
      }),
    ]);
  });

  it('assign, reassign, split, merge and settle, and leave on hand', async () => {
    const sku = await stocked({ lotId: 'A', quantity: 40 }, { lotId: 'B', quantity: 60 });
    const at = { sku, locationId: 'BER' };
    expect(await correct('reassign', { ...at, fromLotId: 'A', toLotId: 'B', quantity: 4, reasonCode: 'wrong_lot_picked' })).toMatchObject({
      status: 201,
      body: {
        type: 'reassign',
        changes: [
          { lotId: 'A', delta: -4, quantityOnHand: 36 },
          { lotId: 'B', delta: 4, quantityOnHand: 64 },
        ],
        quantityOnHand: 100,
        quantityAvailable: 100,
      },
    });
    expect(await correct('split', { ...at, fromLotId: 'A', toLotId: 'A2', quantity: 6 })).toMatchObject({ status: 201 });
    expect(await correct('merge', { ...at, fromLotId: 'A2', toLotId: 'B' })).toMatchObject({
      body: {
        changes: [
          { lotId: 'A2', delta: -6, quantityOnHand: 0 },
          { lotId: 'B', delta: 6, quantityOnHand: 70 },
        ],
      },
    });
    await workflow.record(sku, 'BER', 90);
    expect(await correct('settle', { ...at, dryRun: true })).toMatchObject({ body: { dryRun: true, quantityOnHand: 90 } });
    expect((await workflow.get(`${INVENTORY}/lot-control/validate?sku=${sku}`)).body).toMatchObject({
      valid: false,
      locations: [
        { quantityOnHand: 90, quantityInLots: 100, quantityUnassigned: -10, issues: [{ code: 'lots_exceed_on_hand', quantity: 10 }] },
      ],
    });
    expect(await correct('settle', at)).toMatchObject({ status: 201, body: { quantityOnHand: 90 } });
    expect((await workflow.get(`${INVENTORY}/lot-control/validate?sku=${sku}`)).body).toMatchObject({ valid: true });
  });

  it('rename a lot, also under its former id, and give it another date', async () => {
    const sku = await stocked({ lotId: 'A', expiryDate: dayFromNow(20), quantity: 5 });
    expect(await correct('rename', { sku, lotId: 'A', toLotId: 'X' })).toMatchObject({ status: 201 });
    expect(await correct('change_expiry', { sku, lotId: 'A', expiryDate: dayFromNow(-3) })).toMatchObject({
      body: { quantityOnHand: 5, quantityAvailable: 0 },
    });
    expect(await correct('change_expiry', { sku, lotId: 'X', expiryDate: dayFromNow(5) })).toMatchObject({
      status: 400,
      body: { code: 'reason_required' },
    });
    expect(await correct('change_expiry', { sku, lotId: 'X', expiryDate: dayFromNow(5), reason: 'wrong label' })).toMatchObject({
      body: { quantityAvailable: 5 },
    });
    expect(await correct('change_expiry', { sku, lotId: 'X', expiryDate: null })).toMatchObject({ status: 201 });
    const { state } = await workflow.runtime.ledger.read({ tenant: 'demo', sku });
    expect(state.detail?.lots?.lots.get('X')?.expiryDate).toBeUndefined();
  });

  it('merge two lots under a date of neither', async () => {
    const sku = await stocked(
      { lotId: 'A', expiryDate: dayFromNow(20), quantity: 5 },
      { lotId: 'B', expiryDate: dayFromNow(40), quantity: 2 },
    );
    const merge = { sku, locationId: 'BER', fromLotId: 'A', toLotId: 'B', quantity: null, expiryDate: null };
    expect(await correct('merge', { ...merge, expiry: dayFromNow(30) })).toMatchObject({ status: 201, body: { quantityOnHand: 7 } });
    const { state } = await workflow.runtime.ledger.read({ tenant: 'demo', sku });
    expect(state.detail?.lots?.lots.get('B')?.expiryDate).toBe(dayFromNow(30));
  });

  it.each([
    ['assign', { lotId: 'C', quantity: 1 }, 409, 'insufficient_unassigned'],
    ['reassign', { fromLotId: 'A', toLotId: 'B', quantity: 9 }, 409, 'insufficient_lot_stock'],
    ['reassign', { fromLotId: 'A', toLotId: 'Z', quantity: 1 }, 404, 'unknown_lot'],
    ['split', { fromLotId: 'A', toLotId: 'B', quantity: 1 }, 409, 'lot_exists'],
    ['rename', { lotId: 'A', toLotId: 'B' }, 409, 'lot_exists'],
    ['settle', {}, 409, 'nothing_to_settle'],
    ['merge', { toLotId: 'B' }, 400, 'validation_failed'],
  ])('refuse %s of %j', async (type, more, status, code) => {
    const sku = await stocked({ lotId: 'A', quantity: 5 }, { lotId: 'B', quantity: 5 });
    expect(await correct(type, { sku, locationId: 'BER', ...more })).toMatchObject({ status, body: { code } });
  });
});

describe('expired lots', () => {
  const act = (action: string, more: object) => workflow.post(`${INVENTORY}/expired/${action}`, more);

  it('L4: are used up without free units; what is available stays', async () => {
    const sku = await stocked({ lotId: 'A', expiryDate: dayFromNow(-2), quantity: 5 }, { quantity: 5 });
    expect(await figures(sku)).toEqual({ onHand: 10, held: 5, available: 5 });
    const items = [{ sku, locationId: 'BER', lotId: 'A', quantity: 5 }];
    expect(await act('mark-consumed', { items })).toMatchObject({
      status: 200,
      body: { lines: [{ status: 'applied', quantityOnHand: 5 }] },
    });
    expect(await figures(sku)).toEqual({ onHand: 5, held: 0, available: 5 });
  });

  it('are marked before their date, whole or in part, and marked once', async () => {
    const sku = await stocked({ lotId: 'A', expiryDate: dayFromNow(9), quantity: 5 }, { lotId: 'B', quantity: 5 });
    const items = [
      { sku, locationId: 'BER', lotId: 'A' },
      { sku, locationId: 'BER', lotId: 'B', quantity: 2 },
    ];
    expect(await act('mark-expired', { items, reason: 'opened' })).toMatchObject({
      body: { lines: [{ status: 'applied' }, { status: 'applied' }] },
    });
    expect(await figures(sku)).toMatchObject({ onHand: 10, held: 7 });
    const again = await act('mark-expired', { items: items.slice(0, 1) });
    expect(again).toMatchObject({ body: { lines: [{ status: 'unchanged' }] } });
    const { position } = await workflow.runtime.ledger.read({ tenant: 'demo', sku });
    const holds = await workflow.get(`${INVENTORY}/holds?type=expired&sku=${sku}`, { minPosition: String(position) });
    expect(holds).toMatchObject({ status: 200, body: { holds: [{ type: 'expired', lotId: 'B', quantity: 2 }] } });
  });

  it('are moved to where they are destroyed, stay held there, and are destroyed there', async () => {
    const sku = await stocked({ lotId: 'A', expiryDate: dayFromNow(-2), quantity: 5 });
    const item = { sku, lotId: 'A' };
    const moved = { mode: 'move', destructionLocationId: 'BURN', items: [{ ...item, locationId: 'BER' }] };
    expect(await act('transfer-destruction', moved)).toMatchObject({ status: 200 });
    expect([await figures(sku), await figures(sku, 'BURN')]).toMatchObject([{ onHand: 0 }, { onHand: 5, available: 0 }]);
    const destroyed = { mode: 'destroy', certificate: 'C-1', items: [{ ...item, locationId: 'BURN' }] };
    expect(await act('transfer-destruction', destroyed)).toMatchObject({ status: 200 });
    expect(await figures(sku, 'BURN')).toMatchObject({ onHand: 0, held: 0 });
  });

  it.each([
    ['mark-consumed', { quantity: 1, lotId: 'B' }, {}, 409, 'lot_not_expired'],
    ['mark-consumed', { quantity: 9, lotId: 'A' }, {}, 409, 'insufficient_lot_stock'],
    ['mark-expired', { lotId: 'Z' }, {}, 404, 'unknown_lot'],
    ['transfer-destruction', { lotId: 'B' }, { mode: 'move', destructionLocationId: 'BURN' }, 409, 'lot_not_expired'],
    ['transfer-destruction', { lotId: 'A' }, { mode: 'move', destructionLocationId: 'GRU' }, 409, 'not_for_destruction'],
  ])('refuse %s of %j', async (action, item, more, status, code) => {
    const sku = await stocked({ lotId: 'A', expiryDate: dayFromNow(-2), quantity: 5 }, { lotId: 'B', quantity: 5 });
    expect(await act(action, { items: [{ sku, locationId: 'BER', ...item }], ...more })).toMatchObject({ status, body: { code } });
  });

  it('need inventory.write', async () => {
    const options = { permissions: ['inventory.read'] };
    expect(await workflow.post(`${INVENTORY}/expired/mark-expired`, { items: [] }, options)).toMatchObject({ status: 403 });
  });
});

describe('a lot whose instant comes', () => {
  it('L2: is recorded as expired by itself, once, also after a restart', async () => {
    const sku = await stocked({ lotId: 'A', quantity: 5 });
    const expiresAt = Date.now() + 1_500;
    const day = new Date(expiresAt).toISOString().slice(0, 10);
    await workflow.stock(sku, { type: 'ChangeLotExpiry', lotId: 'A', expiryDate: day, expiresAt: [{ locationId: 'BER', expiresAt }] });
    await workflow.restart();
    const expired = async () =>
      (await workflow.runtime.eventStore.readStream(`stock-demo.${sku}`)).filter(({ type }) => type.startsWith('LotExpired'));
    await eventually(async () => expect(await expired()).toHaveLength(1));
    expect(await figures(sku)).toEqual({ onHand: 5, held: 5, available: 0 });
  });
});

describe('a check of lots', () => {
  const check = async (sku: string, operation: string, line: object) =>
    (await workflow.post(`${INVENTORY}/lot-control/validate`, { sku, locationId: 'BER', operation, lines: [line] })).body['lines'];

  it('takes productMasterId for the name of the SKU', async () => {
    const sku = await stocked({ lotId: 'A', expiryDate: dayFromNow(5), quantity: 5 });
    const path = `${INVENTORY}/lot-control/validate`;
    expect((await workflow.get(`${path}?productMasterId=${sku}`)).body).toMatchObject({ sku, valid: true });
    const wanted = { locationId: 'BER', operation: 'pick', lines: [{ lotId: 'A', quantity: 5 }] };
    expect((await workflow.post(path, { productMasterId: sku, ...wanted })).body).toMatchObject({ valid: true, lines: [{ lotId: 'A' }] });
    expect(await workflow.post(path, wanted)).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });

  it('says what an operation would be refused for, and what is worth a look', async () => {
    const dates = [dayFromNow(-2), dayFromNow(5), dayFromNow(9)];
    const sku = await stocked(...dates.map((expiryDate, index) => ({ lotId: `L${index}`, expiryDate, quantity: 5 })));
    expect(await check(sku, 'pick', { lotId: 'L0', quantity: 1 })).toMatchObject([{ valid: false, errors: [{ code: 'lot_expired' }] }]);
    const notFirst = { code: 'not_first_expiring', firstLotId: 'L1' };
    expect(await check(sku, 'pick', { lotId: 'L2', quantity: 1 })).toMatchObject([{ valid: true, warnings: [notFirst] }]);
    expect(await check(sku, 'pick', { lotId: 'L1', quantity: 6 })).toMatchObject([
      { errors: [{ code: 'insufficient_lot_stock', available: 5 }] },
    ]);

    expect(await check(sku, 'receive', { lotId: 'L1', expiryDate: dayFromNow(6), quantity: 1 })).toMatchObject([
      { errors: [{ code: 'expiry_mismatch' }] },
    ]);
    expect(await check(sku, 'receive', { lotId: 'N', expiryDate: dayFromNow(-2), quantity: 1 })).toMatchObject([
      { errors: [{ code: 'already_expired' }] },
    ]);
  });

  it('L10: a day ends where the lot lies', async () => {
    const sku = await stocked({ lotId: 'A', expiryDate: '2030-05-31', quantity: 5 });
    const line = [{ lotId: 'A', expiryDate: '2030-05-31', quantity: 5 }];
    expect(await record(sku, line, { locationId: 'GRU' })).toMatchObject({ status: 200 });
    const { lots } = (await state(sku)).detail ?? {};
    expect([...(lots?.lots.get('A')?.expiresAt ?? [])]).toEqual([
      ['BER', Date.parse('2030-06-01T00:00:00Z')],
      ['GRU', Date.parse('2030-06-01T03:00:00Z')],
    ]);
  });
});

describe('a hold on a lot', () => {
  it('H3: covers what arrives of it later, and is listed by lot', async () => {
    const sku = await stocked({ lotId: 'A', quantity: 5 }, { quantity: 5 });
    expect(await workflow.post(`${INVENTORY}/holds`, { sku, locationId: 'BER', lotId: 'A', type: 'quality' })).toMatchObject({
      status: 201,
      body: { lotId: 'A', quantityHeld: 5 },
    });
    await workflow.post(`${INVENTORY}/adjustments`, { locationId: 'BER', reasonCode: 'found', sku, lotId: 'A', delta: 3 });
    expect(await figures(sku)).toEqual({ onHand: 13, held: 8, available: 5 });
    await eventually(async () =>
      expect((await workflow.get(`${INVENTORY}/holds?lotId=A&sku=${sku}`)).body).toMatchObject({ holds: [{ lotId: 'A' }] }),
    );
  });
});

describe('dates of lots that are known already', () => {
  const ends = async (sku: string) => (await state(sku)).detail?.lots?.lots.get('A')?.expiresAt.get('OSL');

  it('follow the days of removal of the product, and the time zone of the location', async () => {
    await place({ locationId: 'OSL', kind: 'warehouse', timeZone: 'UTC' });
    const day = dayFromNow(20);
    const midnight = Date.parse(`${day}T00:00:00Z`) + DAY_MS;
    const sku = `CREAM-${randomUUID()}`;
    await record(sku, [{ lotId: 'A', expiryDate: day, quantity: 5 }], { locationId: 'OSL' });
    expect(await ends(sku)).toBe(midnight);
    const described = { type: 'DescribeProduct', at: Date.now(), commandId: randomUUID(), verified: true, removalDays: 3 } as const;
    await workflow.runtime.ledger.execute({ tenant: 'demo', sku }, described);
    await eventually(async () => expect(await ends(sku)).toBe(midnight - 3 * DAY_MS));
    await place({ locationId: 'OSL', kind: 'warehouse', timeZone: 'Etc/GMT-5' }, 'LocationChanged.v1');
    await eventually(async () => expect(await ends(sku)).toBe(midnight - 3 * DAY_MS - 5 * 3_600_000));
  });
});
