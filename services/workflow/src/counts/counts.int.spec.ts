import { randomUUID } from 'node:crypto';
import { positionViews } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { eventually, WorkflowUnderTest, type Answer } from '../../test/workflow.js';

let workflow: WorkflowUnderTest;
/** Set by a test: what happens before a command reaches its SKU. */
let before: ((sku: string, type: string) => void) | undefined;

const interruptible = (runtime: Runtime): Runtime => {
  const ledger: SkuLedger = {
    execute: async (ref, command, context) => {
      before?.(ref.sku, command.type);
      return runtime.ledger.execute(ref, command, context);
    },
    read: (ref) => runtime.ledger.read(ref),
    drain: () => runtime.ledger.drain(),
  };
  return { ...runtime, ledger };
};

beforeAll(async () => {
  workflow = await WorkflowUnderTest.start(interruptible);
  for (const location of ['BER', 'HAM', 'OSL', 'ROM']) await workflow.location(location);
});
afterAll(() => workflow.stop());
afterEach(() => (before = undefined));

const PATH = '/api/inventory/cycle-count';
let skus = 0;

/** A described SKU with so many units. */
async function stocked(units: number, locationId = 'BER', costMinor = 1_000): Promise<string> {
  skus += 1;
  const sku = `SKU-${String(skus)}`;
  await workflow.stock(sku, { type: 'DescribeProduct', verified: true, name: `Name of ${sku}`, costMinor, barcode: `40${String(skus)}` });
  await workflow.record(sku, locationId, units);
  return sku;
}

type Body = Readonly<Record<string, unknown>>;
const batchOf = ({ body }: Answer): Body => body['batch'] as Body;
const rowsOf = ({ body }: Answer, field: string): readonly Body[] => body[field] as readonly Body[];
const as = (subject: string) => ({ subject });
const create = (request: object, options: object = {}): Promise<Answer> => workflow.post(PATH, { locationId: 'BER', ...request }, options);

async function created(...lines: readonly string[]): Promise<string> {
  const answer = await create({ lines: lines.map((sku) => ({ sku })) });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return String(batchOf(answer)['id']);
}

const act = (id: string, action: string, by: string, more: object = {}): Promise<Answer> =>
  workflow.post(`${PATH}/${id}`, { action, ...more }, as(by));
const record = (id: string, by: string, ...quantities: readonly (readonly [string, number, object?])[]) =>
  act(id, 'record', by, { lines: quantities.map(([lineId, quantity, more = {}]) => ({ lineId, quantity, ...more })) });
const resolve = (id: string, by: string, ...lines: readonly object[]) => workflow.post(`${PATH}/resolve`, { batchId: id, lines }, as(by));
const accept = (lineId: string, more: object = {}) => ({ lineId, decision: 'accept', ...more });
const linesOf = (answer: Answer): readonly Body[] => rowsOf(answer, 'lines');

/** Counted by ann and ben alike, so that the lines wait for a reviewer. */
async function inReview(
  ...counts: readonly (readonly [units: number, counted: number])[]
): Promise<{ id: string; skus: readonly string[] }> {
  const made: string[] = [];
  for (const [units] of counts) made.push(await stocked(units));
  const id = await created(...made);
  for (const by of ['ann', 'ben']) {
    await record(id, by, ...counts.map(([, counted], place) => [String(place + 1), counted] as const));
    await act(id, 'submit', by);
  }
  return { id, skus: made };
}

describe('a batch of counts', () => {
  it('takes productMasterId for the name of a SKU, in its lines and in one that is added', async () => {
    const [first, second] = [await stocked(5), await stocked(5)];
    const made = await create({ lines: [{ productMasterId: first }] });
    expect(made.status).toBe(201);
    const id = String(batchOf(made)['id']);
    const added = await act(id, 'add_line', 'ann', { line: { productMasterId: second, quantity: 5 } });
    expect(linesOf(added)).toMatchObject([{ sku: first }, { sku: second }]);
    expect(await create({ lines: [{ sku: first, productMasterId: second }] })).toMatchObject({
      status: 400,
      body: { code: 'validation_failed', details: [{ field: 'lines[0].productMasterId' }] },
    });
    expect((await act(id, 'cancel', 'ann')).status).toBe(200);
  });

  it('C6 is created, counted twice, resolved once, and changes stock by the difference', async () => {
    const {
      id,
      skus: [sku = ''],
    } = await inReview([100, 75]);
    const shown = await workflow.get(`${PATH}/${id}`);
    expect(shown.body).toMatchObject({
      batch: { id, status: 'review', blind: true, lineCount: 1, counted: 1, outOfTolerance: 1, accuracy: 0, netVarianceValue: -250 },
      lines: [
        {
          lineId: '1',
          sku,
          productName: `Name of ${sku}`,
          status: 'review',
          entries: [
            { index: 0, quantity: 75, countedBy: 'ann' },
            { index: 1, quantity: 75, countedBy: 'ben' },
          ],
          bookQuantity: 100,
          variance: -25,
          variancePct: -25,
          varianceValue: -250,
          withinTolerance: false,
        },
      ],
    });
    const answers = await Promise.all([resolve(id, 'boss', accept('1')), resolve(id, 'chief', accept('1'))]);
    for (const answer of answers) {
      expect([answer.status, linesOf(answer)]).toEqual([200, [{ lineId: '1', status: 'accepted', delta: -25, quantityOnHand: 75 }]]);
    }
    expect(await workflow.onHand(sku, 'BER')).toBe(75);
  });

  it('shows counters of a blind batch nothing of the recorded stock, nor what others counted', async () => {
    const id = await created(await stocked(10));
    await record(id, 'ann', ['1', 7]);
    const [mine] = linesOf(await workflow.get(`${PATH}/${id}`, as('ann')));
    const [theirs] = linesOf(await workflow.get(`${PATH}/${id}`, as('ben')));
    expect(mine?.['entries']).toMatchObject([{ quantity: 7, countedBy: 'ann' }]);
    expect(theirs?.['entries']).toEqual([]);
    for (const field of ['bookQuantity', 'variance', 'variancePct', 'varianceValue', 'withinTolerance', 'quantityReserved']) {
      expect(mine).not.toHaveProperty(field);
    }
    expect((await workflow.get(`${PATH}/${id}`)).body['batch']).not.toHaveProperty('netVarianceValue');
  });

  it('gives the form of what is to count, as JSON and as CSV', async () => {
    const sku = await stocked(10);
    const id = await created(sku);
    await eventually(async () => {
      expect((await workflow.get(`${PATH}/blind-form?batchId=${id}`)).body).toEqual({
        batchId: id,
        locationId: 'BER',
        lines: [
          {
            lineId: '1',
            binId: null,
            sku,
            productName: `Name of ${sku}`,
            barcode: `40${String(skus)}`,
            lotId: null,
            expiryDate: null,
            quantity: null,
          },
        ],
      });
    });
    const csv = await workflow.text(`${PATH}/blind-form?batchId=${id}&format=csv`);
    expect(csv).toBe(`lineId,binId,sku,productName,barcode,lotId,expiryDate,quantity\r\n1,,${sku},Name of ${sku},40${String(skus)},,,\r\n`);
  });

  it('adds what was found and takes it back', async () => {
    const [listed, found] = [await stocked(10), await stocked(0)];
    const id = await created(listed);
    const added = await act(id, 'add_line', 'ann', { line: { sku: found, quantity: 5 } });
    expect(linesOf(added)).toMatchObject([{ sku: listed }, { lineId: '2', sku: found, status: 'counted' }]);
    expect(await act(id, 'add_line', 'ann', { line: { sku: found, quantity: 5 } })).toMatchObject({
      status: 409,
      body: { code: 'already_being_counted', details: [{ batchId: id, lineId: '2' }] },
    });
    expect(linesOf(await act(id, 'remove_line', 'ann', { lineId: '2' }))).toHaveLength(1);
    // The claim ends when the list has seen that the line was taken back.
    await eventually(async () => expect((await create({ lines: [{ sku: found }] })).status).toBe(201));
  });

  it('counts a SKU in one open batch only, and again after its end', async () => {
    const sku = await stocked(10);
    const id = await created(sku);
    const second = await create({ lines: [{ sku }] });
    expect(second).toMatchObject({ status: 409, body: { code: 'already_being_counted', details: [{ sku, batchId: id }] } });
    expect((await act(id, 'cancel', 'boss')).body).toMatchObject({ batch: { status: 'cancelled' } });
    expect((await create({ lines: [{ sku }] })).status).toBe(201);
  });

  it('gives the first answer to the same request with the same key', async () => {
    const sku = await stocked(10);
    const key = randomUUID();
    const first = await create({ lines: [{ sku }] }, { key });
    const again = await create({ lines: [{ sku }] }, { key });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(await create({ lines: [{ sku }], name: 'other' }, { key })).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
  });

  it('is found in the list', async () => {
    const id = await created(await stocked(10));
    await eventually(async () => {
      const found = await workflow.get(`${PATH}?status=open&locationId=BER&limit=100`);
      expect(rowsOf(found, 'batches').map((batch) => batch['id'])).toContain(id);
    });
    expect((await workflow.get(`/cycle-count?status=resolved&assignedTo=nobody`)).body).toMatchObject({
      batches: [],
      pagination: { total: 0 },
    });
  });

  it('answers the same under the paths without a prefix', async () => {
    const sku = await stocked(10);
    const answer = await workflow.post('/cycle-count', { locationId: 'BER', lines: [{ sku }] });
    const id = String(batchOf(answer)['id']);
    expect([answer.status, (await workflow.get(`/cycle-count/${id}`)).status]).toEqual([201, 200]);
    expect(await workflow.post('/cycle-count/resolve', { batchId: id, lines: [accept('1')] })).toMatchObject({
      status: 409,
      body: { code: 'batch_open' },
    });
    expect(await workflow.post(`/cycle-count/${id}`, { action: 'record', lines: [{ lineId: '1', quantity: 10 }] })).toMatchObject({
      status: 200,
      body: { batch: { counted: 1 } },
    });
    expect((await workflow.get(`/cycle-count/blind-form?batchId=${id}`)).body).toMatchObject({
      batchId: id,
      lines: [{ sku, quantity: null }],
    });
    expect((await workflow.get('/cycle-count/abc?locationId=BER')).body).toHaveProperty('classification');
    expect((await workflow.post('/cycle-count/abc', { locationId: 'XXX' })).body).toMatchObject({ code: 'unknown_location' });
  });
});

describe('lines of a batch', () => {
  it('C14 are decided each by itself', async () => {
    const {
      id,
      skus: [, second = ''],
    } = await inReview([100, 93], [100, 90]);
    const answer = await resolve(id, 'boss', { lineId: '1', decision: 'reject' }, accept('2', { reasonCode: 'missing' }), accept('9'));
    expect([answer.status, linesOf(answer)]).toEqual([
      200,
      [
        { lineId: '1', status: 'rejected' },
        { lineId: '2', status: 'accepted', delta: -10, quantityOnHand: 90 },
        { lineId: '9', status: 'refused', code: 'unknown_line' },
      ],
    ]);
    expect(await workflow.onHand(second, 'BER')).toBe(90);
  });

  it('C12 are not recounted by who counted them, nor accepted', async () => {
    const id = await created(await stocked(100));
    await record(id, 'ann', ['1', 93]);
    await act(id, 'submit', 'ann');
    expect(await record(id, 'ann', ['1', 93])).toMatchObject({ status: 403, body: { code: 'same_counter' } });
    await record(id, 'ben', ['1', 93]);
    await act(id, 'submit', 'ben');
    expect(await resolve(id, 'ann', accept('1'))).toMatchObject({ status: 403, body: { code: 'own_count' } });
    expect(await resolve(id, 'boss', accept('1', { reasonCode: 'found' }))).toMatchObject({
      status: 400,
      body: { code: 'reason_direction' },
    });
    expect((await resolve(id, 'boss', { lineId: '1', decision: 'recount' })).status).toBe(200);
    expect(await resolve(id, 'boss', accept('1'))).toMatchObject({ status: 409, body: { code: 'recount_required' } });
    await record(id, 'cyd', ['1', 93]);
    await act(id, 'submit', 'cyd');
    expect(await resolve(id, 'boss', { lineId: '1', decision: 'recount' })).toMatchObject({
      status: 409,
      body: { code: 'too_many_recounts' },
    });
  });

  it('C1 ask for the units that were picked, with both bounds', async () => {
    const sku = await stocked(10);
    const hold = { reservationId: `rs_${sku}`, orderId: 'o', quantity: 3, ttlMs: 60_000, requestHash: 'h' };
    await workflow.stock(sku, { type: 'PlaceReservation', ...hold, sources: [{ locationId: 'BER', priority: 1 }] });
    const id = await created(sku);
    expect(await record(id, 'ann', ['1', 7, { pickedUnits: 4 }])).toMatchObject({ status: 400, body: { code: 'picked_units_exceed' } });
    await record(id, 'ann', ['1', 7]);
    await act(id, 'submit', 'ann');
    expect(await resolve(id, 'boss', accept('1'))).toMatchObject({
      status: 409,
      body: { code: 'picked_units_unknown', details: [{ lineId: '1', reservedUnits: 3, unpickedUnits: 0 }] },
    });
    expect(linesOf(await resolve(id, 'boss', accept('1', { pickedUnits: 3 })))).toMatchObject([
      { status: 'equal', delta: 0, quantityOnHand: 10 },
    ]);
  });
});

describe('a batch that freezes stock', () => {
  it('holds it until each line is decided', async () => {
    const [first, second] = [await stocked(10), await stocked(10)];
    const held = async (sku: string) => (await workflow.runtime.ledger.read({ tenant: 'demo', sku })).state.balances.get('BER')?.held;
    const answer = await create({ lines: [{ sku: first }, { sku: second }], freeze: true });
    expect(batchOf(answer)).toMatchObject({ freeze: true, status: 'open' });
    expect([await held(first), await held(second)]).toEqual([10, 10]);
    const id = String(batchOf(answer)['id']);
    await record(id, 'ann', ['1', 10], ['2', 4]);
    await act(id, 'submit', 'ann');
    expect([await held(first), await held(second)]).toEqual([0, 10]);
    await record(id, 'ben', ['2', 4]);
    await act(id, 'submit', 'ben');
    expect(linesOf(await resolve(id, 'boss', accept('2')))).toMatchObject([{ status: 'accepted', delta: -6, quantityOnHand: 4 }]);
    expect([await workflow.onHand(second, 'BER'), await held(second)]).toEqual([4, 0]);
  });
});

describe('a process that dies while it books', () => {
  it('is finished by the next request, as by the watchdog, once', async () => {
    const {
      id,
      skus: [first = '', second = ''],
    } = await inReview([100, 75], [100, 120]);
    before = (sku, type) => {
      if (type === 'ApplyCount' && sku === second) throw new Error('the process is dead');
    };
    expect((await resolve(id, 'boss', accept('1'), accept('2'))).status).toBe(500);
    before = undefined;
    expect(linesOf(await resolve(id, 'boss', accept('1'), accept('2')))).toMatchObject([{ delta: -25 }, { delta: 20 }]);
    expect([await workflow.onHand(first, 'BER'), await workflow.onHand(second, 'BER')]).toEqual([75, 120]);
  });
});

describe('counts by threshold', () => {
  it('are due once stock falls below it, and after a count not again before it was reached', async () => {
    await workflow.location('TRD');
    const sku = await stocked(60, 'TRD');
    let position = 2_000;
    const tell = async (onHand: number): Promise<void> => {
      position += 1;
      await workflow.tell({ sku, locationId: 'TRD', onHand, position: String(position) });
      await eventually(async () => {
        const { rows } = await workflow.runtime.database.pool.query('SELECT on_hand::int AS n FROM workflow.stock WHERE sku = $1', [sku]);
        expect(rows).toEqual([{ n: onHand }]);
      });
    };
    const due = async (): Promise<string> => {
      const answer = await workflow.post(`${PATH}/abc`, { locationId: 'TRD' });
      if (answer.status !== 201) return String(answer.body['code']);
      return String(batchOf(answer)['id']);
    };
    /** The claim of the batch before ends a moment after it. */
    const dueNow = async (): Promise<string> => {
      let id = '';
      await eventually(async () => {
        id = await due();
        expect(id).toMatch(/^cc_/);
      });
      return id;
    };
    const counted = async (id: string, quantity: number): Promise<void> => {
      await record(id, 'ann', ['1', quantity, { awaitingPickUnits: 0 }]);
      await act(id, 'submit', 'ann');
      await eventually(async () => expect((await workflow.get(`${PATH}/${id}`)).body).toMatchObject({ batch: { status: 'resolved' } }));
    };
    await tell(60);
    await counted(await dueNow(), 60);
    await eventually(async () => expect(await due()).toBe('nothing_due'));
    const setting = { thresholds: [{ sku, locationId: 'TRD', units: 40 }] };
    expect((await workflow.put(`${PATH}/settings`, setting)).status).toBe(200);
    await tell(40);
    expect(await due()).toBe('nothing_due');
    await workflow.stock(sku, { type: 'AdjustStock', locationId: 'TRD', delta: -25, effectiveAt: Date.now(), reasonCode: 'damage' });
    await tell(35);
    await counted(await dueNow(), 35);
    await eventually(async () => expect(await due()).toBe('nothing_due'));
    await tell(34);
    expect(await due()).toBe('nothing_due');
    expect(await workflow.put(`${PATH}/settings`, { thresholds: [{ sku, locationId: 'TRD', units: 0 }] })).toMatchObject({ status: 400 });
    await workflow.put(`${PATH}/settings`, {});
  });
});

describe('ABC classes', () => {
  const tellStock = async (...stock: readonly (readonly [string, string, number])[]) =>
    workflow.tell(...stock.map(([sku, locationId, onHand], place) => ({ sku, locationId, onHand, position: String(1_000 + place) })));

  it('C10 are computed by the metric, overridden by people, and say what is due', async () => {
    const made: string[] = [];
    for (const cost of [50_000, 30_000, 10_000, 6_000, 4_000]) made.push(await stocked(1, 'HAM', cost));
    await tellStock(...made.map((sku) => [sku, 'HAM', 1] as const));
    await eventually(async () => {
      const answer = await workflow.get(`${PATH}/abc?locationId=HAM&metric=stock_value`);
      const found = rowsOf(answer, 'classification').map((item) => [
        item['sku'],
        item['class'],
        item['metricValue'],
        item['cumulativePct'],
      ]);
      expect(found).toEqual([
        [made[0], 'A', 500, 50],
        [made[1], 'A', 300, 80],
        [made[2], 'B', 100, 90],
        [made[3], 'B', 60, 96],
        [made[4], 'C', 40, 100],
      ]);
      expect(answer.body['summary']).toMatchObject({
        A: { items: 2, sharePct: 80, countsPerYear: 12 },
        B: { items: 2 },
        C: { items: 1 },
      });
    });
    expect((await workflow.put(`${PATH}/settings`, { skus: [{ sku: made[4], class: 'A' }] })).status).toBe(200);
    expect((await workflow.get(`${PATH}/settings`)).body).toEqual({ settings: { skus: [{ sku: made[4], class: 'A' }] } });
    const asked = { locationId: 'HAM', metric: 'stock_value', classes: ['A'] };
    const due = await workflow.post(`${PATH}/abc`, asked);
    expect([due.status, batchOf(due)]).toMatchObject([201, { lineCount: 3, locationId: 'HAM' }]);
    // What an open batch counts is not due a second time.
    expect(await workflow.post(`${PATH}/abc`, asked)).toMatchObject({ status: 409, body: { code: 'nothing_due' } });
    const rest = await create({ locationId: 'HAM', select: { due: true }, max: 1 });
    expect(rest.body).toMatchObject({ batch: { lineCount: 1 } });
    await workflow.put(`${PATH}/settings`, {});
  });

  it('count what was used', async () => {
    const [sold, still] = [await stocked(10, 'ROM'), await stocked(10, 'ROM')];
    const hold = { reservationId: `rs_${sold}`, orderId: 'o', quantity: 3, ttlMs: 60_000, requestHash: 'h' };
    await workflow.stock(sold, { type: 'PlaceReservation', ...hold, sources: [{ locationId: 'ROM', priority: 1 }] });
    await workflow.stock(sold, { type: 'CommitReservation', reservationId: `rs_${sold}` });
    await tellStock([sold, 'ROM', 7], [still, 'ROM', 10]);
    await eventually(async () => {
      const velocity = await workflow.get(`${PATH}/abc?locationId=ROM&metric=velocity`);
      expect(rowsOf(velocity, 'classification')).toMatchObject([
        { sku: sold, class: 'A', metricValue: 3, sharePct: 100 },
        { sku: still, class: 'C', metricValue: 0 },
      ]);
      const value = await workflow.get(`${PATH}/abc?locationId=ROM`);
      expect(rowsOf(value, 'classification')).toMatchObject([{ sku: sold, metricValue: 30 }, { sku: still }]);
    });
  });

  it('are not due again after a count', async () => {
    const sku = await stocked(5, 'OSL');
    await tellStock([sku, 'OSL', 5]);
    await eventually(async () => expect((await create({ locationId: 'OSL', select: { due: true, skus: [sku] } })).status).toBe(201));
    let id = '';
    await eventually(async () => {
      const [batch] = rowsOf(await workflow.get(`${PATH}?locationId=OSL`), 'batches');
      expect(batch).toBeDefined();
      id = String(batch?.['id']);
    });
    await record(id, 'ann', ['1', 5]);
    expect((await act(id, 'submit', 'ann')).body).toMatchObject({ batch: { status: 'resolved', accuracy: 1 } });
    await eventually(async () =>
      expect(await create({ locationId: 'OSL', select: { due: true } })).toMatchObject({ status: 409, body: { code: 'nothing_due' } }),
    );
  });
});

describe('a location where sold goods are known to be counted', () => {
  it('asks nobody', async () => {
    await workflow.put(`${PATH}/settings`, { locations: [{ locationId: 'ROM', soldGoodsCounted: 'excluded' }] });
    const sku = await stocked(10, 'ROM');
    const hold = { reservationId: `rs_${sku}`, orderId: 'o', quantity: 3, ttlMs: 60_000, requestHash: 'h' };
    await workflow.stock(sku, { type: 'PlaceReservation', ...hold, sources: [{ locationId: 'ROM', priority: 1 }] });
    const id = String(batchOf(await create({ locationId: 'ROM', lines: [{ sku }] }))['id']);
    await record(id, 'ann', ['1', 7]);
    expect(linesOf(await act(id, 'submit', 'ann'))).toMatchObject([{ status: 'equal', delta: 0, quantityOnHand: 10 }]);
    await workflow.put(`${PATH}/settings`, {});
  });
});

describe('counts by lot and bin', () => {
  const PLACE = 'BINS';
  const placed = async (lines: readonly object[], costMinor?: number): Promise<string> => {
    const sku = await stocked(0, PLACE, costMinor);
    const body = { sku, locationId: PLACE, lines };
    const { status } = await workflow.post('/api/inventory/adjustments/record-stock', body);
    expect(status).toBe(200);
    return sku;
  };
  const positions = async (sku: string) => {
    const { state } = await workflow.runtime.ledger.read({ tenant: 'demo', sku });
    const all = positionViews(state, Date.now()).map(({ lotId = '', binId = '', quantity }) => [lotId + binId, quantity]);
    return Object.fromEntries(all) as Readonly<Record<string, number>>;
  };

  beforeAll(async () => {
    await workflow.location(PLACE);
    const stream = 'locations-demo';
    const known = await workflow.runtime.eventStore.readStream(stream);
    const bin = { type: 'storage', capacityUnits: null, allowMixedSkus: true, allowMixedLots: true, sellable: true, fixedSkus: [] };
    const small = { ...bin, binId: 'B3', sequence: 3, capacityUnits: 30 };
    const bins = [...['B2', 'B1'].map((binId, place) => ({ ...bin, binId, sequence: 2 - place })), small];
    const metadata = { tenant: 'demo', at: Date.now(), commandId: randomUUID() };
    const data = { locationId: PLACE, bins };
    await workflow.runtime.eventStore.append(stream, known.length - 1, [{ id: randomUUID(), type: 'BinsSet.v1', data, metadata }]);
  });

  it('C8: a count of a bin meets units without one first, and only what is more raises on hand', async () => {
    const sku = await placed([{ quantity: 100 }]);
    const counted = async (binId: string, quantity: number): Promise<Answer> => {
      const id = String(batchOf(await create({ locationId: PLACE, lines: [{ sku, binId }] }))['id']);
      for (const by of ['ann', 'ben']) {
        await record(id, by, ['1', quantity]);
        await act(id, 'submit', by);
      }
      return resolve(id, 'boss', accept('1'));
    };
    expect(linesOf(await counted('B1', 40))).toMatchObject([{ status: 'accepted', delta: 40, quantityOnHand: 100 }]);
    expect(await positions(sku)).toEqual({ B1: 40, '': 60 });
    expect(linesOf(await counted('B2', 62))).toMatchObject([{ status: 'accepted', delta: 62, quantityOnHand: 102 }]);
    expect(await positions(sku)).toEqual({ B1: 40, B2: 62 });
  });

  it('P4: are booked above the capacity of a bin, and say so', async () => {
    const sku = await placed([{ quantity: 50 }]);
    const counted = async (quantity: number): Promise<Answer> => {
      const id = String(batchOf(await create({ locationId: PLACE, lines: [{ sku, binId: 'B3' }] }))['id']);
      for (const by of ['ann', 'ben']) {
        await record(id, by, ['1', quantity]);
        await act(id, 'submit', by);
      }
      return resolve(id, 'boss', accept('1'));
    };
    expect(linesOf(await counted(30))).toEqual([{ lineId: '1', status: 'accepted', delta: 30, quantityOnHand: 50 }]);
    expect(linesOf(await counted(31))).toEqual([{ lineId: '1', status: 'accepted', delta: 1, quantityOnHand: 50, overCapacity: true }]);
  });

  it('are of the lot alone, which sales and receipts of others do not change, on a form in the order of the bins', async () => {
    const expiryDate = '2999-05-31';
    const sku = await placed([
      { lotId: 'A', binId: 'B2', expiryDate, quantity: 10 },
      { lotId: 'B', binId: 'B1', quantity: 10 },
    ]);
    const lines = [
      { sku, lotId: 'A' },
      { sku, lotId: 'B', binId: 'B1' },
    ];
    const made = await create({ locationId: PLACE, lines });
    const id = String(batchOf(made)['id']);
    const form = linesOf(await workflow.get(`${PATH}/blind-form?batchId=${id}`));
    expect(form).toMatchObject([
      { lineId: '2', binId: 'B1', lotId: 'B', expiryDate: null, quantity: null },
      { lineId: '1', binId: null, lotId: 'A', expiryDate, quantity: null },
    ]);
    expect(await act(id, 'add_line', 'ann', { line: { sku, binId: 'B2', quantity: 1 } })).toMatchObject({
      status: 409,
      body: { code: 'already_being_counted' },
    });

    for (const by of ['ann', 'ben']) {
      await record(id, by, ['1', 9], ['2', 10]);
      if (by === 'ann') {
        await workflow.stock(sku, { type: 'PlaceReservation', ...taking(3), reservationId: `r-${sku}` });
        await workflow.stock(sku, { type: 'CommitReservation', reservationId: `r-${sku}` });
      }
      await act(id, 'submit', by);
    }
    const shown = linesOf(await workflow.get(`${PATH}/${id}`));
    expect(shown).toMatchObject([
      { lotId: 'A', status: 'recount' },
      { lotId: 'B', binId: 'B1', bookQuantity: 10, variance: 0, status: 'equal' },
    ]);
    expect(await positions(sku)).toEqual({ AB2: 7, BB1: 10 });
  });

  it('are in several open batches of a SKU, where none counts what another does', async () => {
    const sku = await placed([
      { lotId: 'A', quantity: 10 },
      { lotId: 'B', quantity: 5 },
      { lotId: 'B', binId: 'B1', quantity: 5 },
    ]);
    const open = (...lines: readonly object[]) => create({ locationId: PLACE, lines: lines.map((line) => ({ sku, ...line })) });
    const first = await open({ lotId: 'A' });
    const second = await open({ lotId: 'B', binId: 'B1' });
    expect([first.status, second.status]).toEqual([201, 201]);
    const [one, other] = [first, second].map((answer) => String(batchOf(answer)['id']));
    const refused = (line: object, ...details: readonly object[]) =>
      expect(open(line)).resolves.toMatchObject({ status: 409, body: { code: 'already_being_counted', details } });
    await refused({ lotId: 'A', binId: 'B2' }, { sku, lotId: 'A', batchId: one });
    await refused({ binId: 'B1' }, { sku, lotId: 'A', batchId: one }, { sku, lotId: 'B', binId: 'B1', batchId: other });
    await refused({}, { sku, lotId: 'A', batchId: one }, { sku, lotId: 'B', binId: 'B1', batchId: other });
    const [third, fourth] = await Promise.all([open({ lotId: 'B', binId: 'B2' }), open({ lotId: 'B', binId: 'B2' })]);
    expect([third.status, fourth.status].toSorted()).toEqual([201, 409]);
    expect(await act(other ?? '', 'add_line', 'ann', { line: { sku, lotId: 'A', quantity: 1 } })).toMatchObject({
      status: 409,
      body: { code: 'already_being_counted', details: [{ batchId: one }] },
    });
    await act(one ?? '', 'cancel', 'ann');
    expect((await open({ lotId: 'A' })).status).toBe(201);
  });

  it('of a lot are in one open batch under whichever of its ids', async () => {
    const sku = await placed([{ lotId: 'A', quantity: 10 }]);
    const open = (lotId: string) => create({ locationId: PLACE, lines: [{ sku, lotId }] });
    const batchId = String(batchOf(await open('A'))['id']);
    await workflow.stock(sku, { type: 'RenameLot', lotId: 'A', toLotId: 'A2' });
    expect(await open('A2')).toMatchObject({ status: 409, body: { code: 'already_being_counted', details: [{ lotId: 'A', batchId }] } });
    await act(batchId, 'cancel', 'ann');
    expect((await open('A2')).status).toBe(201);
    expect((await open('A')).status).toBe(409);
  });

  const countedAll = async (
    sku: string,
    counts: readonly (readonly [lotId: string, quantity: number])[],
    more: object = {},
    meanwhile?: () => Promise<void>,
  ) => {
    const lines = counts.map(([lotId]) => ({ sku, lotId }));
    const id = String(batchOf(await create({ locationId: PLACE, lines, ...more }))['id']);
    for (const by of ['ann', 'ben']) {
      await record(id, by, ...counts.map(([, quantity], place) => [String(place + 1), quantity] as const));
      await act(id, 'submit', by);
    }
    await meanwhile?.();
    return resolve(id, 'boss', ...counts.map((_, place) => accept(String(place + 1))));
  };

  it('of all positions in a batch that is complete set on hand to what was found, and leave no unit without a position', async () => {
    const sku = await placed([{ lotId: 'A', quantity: 10 }, { lotId: 'B', quantity: 5 }, { quantity: 4 }]);
    const sale = async () => {
      await workflow.stock(sku, { type: 'PlaceReservation', ...taking(3), reservationId: `r-${sku}` });
      await workflow.stock(sku, { type: 'CommitReservation', reservationId: `r-${sku}` });
    };
    const answer = await countedAll(
      sku,
      [
        ['A', 8],
        ['B', 4],
      ],
      { complete: true },
      sale,
    );
    expect(linesOf(answer)).toMatchObject([
      { status: 'accepted', delta: -2 },
      { status: 'accepted', delta: -1, unassignedUnits: 4, quantityOnHand: 9 },
    ]);
    expect(await positions(sku)).toEqual({ A: 5, B: 4 });
    expect(await workflow.onHand(sku, PLACE)).toBe(9);
  });

  it('of a lone lot leave what has none, and are no count of all', async () => {
    const sku = await placed([{ lotId: 'A', quantity: 12 }, { quantity: 24 }]);
    const answer = await create({ locationId: PLACE, lines: [{ sku, lotId: 'A' }] });
    const id = String(batchOf(answer)['id']);
    await record(id, 'ann', ['1', 12]);
    expect(linesOf(await act(id, 'submit', 'ann'))).toMatchObject([
      { status: 'equal', delta: 0, quantityOnHand: 36, unassignedUnits: null },
    ]);
    expect(await positions(sku)).toEqual({ A: 12, '': 24 });
  });

  it('of a lone lot that is said to be all write off what has none once another person accepts', async () => {
    const sku = await placed([{ lotId: 'A', quantity: 12 }, { quantity: 24 }]);
    const id = String(batchOf(await create({ locationId: PLACE, complete: true, lines: [{ sku, lotId: 'A' }] }))['id']);
    await record(id, 'ann', ['1', 12]);
    const submitted = await act(id, 'submit', 'ann');
    expect(linesOf(submitted)).toMatchObject([{ status: 'review', variance: 0, withinTolerance: true, unassignedUnits: 24 }]);
    expect(batchOf(submitted)).toMatchObject({ complete: true, netVarianceValue: -24 * 10 });
    expect(await resolve(id, 'ann', accept('1'))).toMatchObject({ status: 403, body: { code: 'own_count' } });
    expect(await positions(sku)).toEqual({ A: 12, '': 24 });
    expect(linesOf(await resolve(id, 'boss', accept('1')))).toMatchObject([{ delta: 0, unassignedUnits: 24, quantityOnHand: 12 }]);
    expect(await positions(sku)).toEqual({ A: 12 });
  });

  it('of all write off nothing that changed after a person saw it', async () => {
    const sku = await placed([{ lotId: 'A', quantity: 12 }, { quantity: 24 }]);
    const id = String(batchOf(await create({ locationId: PLACE, complete: true, lines: [{ sku, lotId: 'A' }] }))['id']);
    const started = Date.now();
    await record(id, 'ann', ['1', 12]);
    await act(id, 'submit', 'ann');
    await workflow.stock(sku, { type: 'AdjustStock', locationId: PLACE, delta: 5, reasonCode: 'found', effectiveAt: started });
    expect(linesOf(await resolve(id, 'boss', accept('1')))).toMatchObject([{ delta: 0, quantityOnHand: 41 }]);
    expect(await positions(sku)).toEqual({ A: 12, '': 29 });
  });

  it('C8: a bin that is counted again keeps what has none', async () => {
    const sku = await placed([{ binId: 'B1', quantity: 40 }, { quantity: 60 }]);
    const id = String(batchOf(await create({ locationId: PLACE, lines: [{ sku, binId: 'B1' }] }))['id']);
    await record(id, 'ann', ['1', 40]);
    await act(id, 'submit', 'ann');
    expect(await positions(sku)).toEqual({ B1: 40, '': 60 });
  });

  it('of some positions leave what has none', async () => {
    const sku = await placed([{ lotId: 'A', quantity: 10 }, { lotId: 'B', quantity: 5 }, { quantity: 4 }]);
    await countedAll(sku, [['A', 8]]);
    expect(await positions(sku)).toEqual({ A: 8, B: 5, '': 4 });
  });

  it('are of what lies in bins where these are selected, and of no bin that the location does not have', async () => {
    const sku = await placed([
      { lotId: 'A', binId: 'B1', quantity: 4 },
      { lotId: 'A', quantity: 2 },
    ]);
    await workflow.tell({ sku, locationId: PLACE, onHand: 6, position: '3000' });
    let id = '';
    await eventually(async () => {
      const answer = await create({ locationId: PLACE, select: { skus: [sku], binIds: ['B1'] } });
      expect(answer.status).toBe(201);
      id = String(batchOf(answer)['id']);
    });
    expect(linesOf(await workflow.get(`${PATH}/${id}`))).toMatchObject([{ sku, lotId: 'A', binId: 'B1' }]);
    expect(await create({ locationId: PLACE, lines: [{ sku, binId: 'B7' }] })).toMatchObject({
      status: 404,
      body: { code: 'unknown_bin' },
    });
    const twice = [{ sku }, { sku, lotId: 'A' }];
    expect(await create({ locationId: PLACE, lines: twice })).toMatchObject({ status: 409, body: { code: 'already_being_counted' } });
    await act(id, 'cancel', 'ann');
    expect(await create({ locationId: PLACE, lines: twice })).toMatchObject({ status: 400, body: { code: 'duplicate_line' } });
  });
});

const taking = (quantity: number) => ({
  orderId: randomUUID(),
  quantity,
  ttlMs: 60_000,
  requestHash: 'h',
  sources: [],
});

describe('refusals', () => {
  it.each([
    ['bins that hold nothing', { select: { binIds: ['B9'] } }, 400, 'no_lines'],
    ['no lines', {}, 400, 'no_lines'],
    ['a selection of nothing', { select: { categories: ['none'] } }, 400, 'no_lines'],
    ['an unknown location', { locationId: 'NOWHERE', lines: [{ sku: 'X' }] }, 404, 'unknown_location'],
    ['an unknown SKU', { lines: [{ sku: 'X' }] }, 404, 'unknown_sku'],
    ['a bad name', { lines: [{ sku: 'X' }], name: '' }, 400, 'validation_failed'],
  ] as const)('%s cannot be counted', async (_, request, status, code) => {
    expect(await create(request)).toMatchObject({ status, body: { code } });
  });

  it('of a SKU twice, and of more lines than a batch may have', async () => {
    const sku = await stocked(1);
    expect(await create({ lines: [{ sku }, { sku }] })).toMatchObject({ status: 400, body: { code: 'duplicate_line' } });
    const many = Array.from({ length: 1_001 }, () => ({ sku }));
    expect(await create({ lines: many })).toMatchObject({ status: 400, body: { code: 'too_many_lines' } });
    expect((await create({ lines: [{ sku }] })).status).toBe(201);
  });

  it('of actions', async () => {
    const id = await created(await stocked(10));
    const cases: readonly (readonly [Answer, number, string])[] = [
      [await act('cc_none', 'submit', 'ann'), 404, 'unknown_batch'],
      [await act(id, 'record', 'ann'), 400, 'validation_failed'],
      [await act(id, 'submit', 'ann', { lineId: '1' }), 400, 'validation_failed'],
      [await act(id, 'submit', 'ann'), 409, 'line_not_counted'],
      [await record(id, 'ann', ['9', 1]), 404, 'unknown_line'],
      [await record(id, 'ann', ['1', 1, { countedAt: '2020-01-01T00:00:00Z' }]), 400, 'invalid_counted_at'],
      [await record(id, 'ann', ['1', 1, { countedAt: '2099-01-01T00:00:00Z' }]), 400, 'invalid_counted_at'],
      [await act(id, 'add_line', 'ann', { line: { sku: 'X', quantity: 1 } }), 404, 'unknown_sku'],
      [await act(id, 'remove_line', 'ann', { lineId: '1' }), 409, 'line_not_added'],
      [await act(id, 'start', 'ann', { expectedVersion: 99 }), 412, 'version_mismatch'],
      [await resolve(id, 'boss', accept('1', { reasonCode: 'nonsense' })), 400, 'unknown_reason_code'],
      [await act(id, 'cancel', 'ann'), 200, ''],
      [await act(id, 'start', 'ann'), 409, 'batch_cancelled'],
    ];
    expect(cases.map(([{ status, body }]) => [status, body['code'] ?? ''])).toEqual(cases.map(([, status, code]) => [status, code]));
  });

  it('of a caller without the permission, and of another tenant', async () => {
    const id = await created(await stocked(1));
    expect(await workflow.get(PATH, { permissions: ['inventory.read'] })).toMatchObject({
      status: 403,
      body: { code: 'missing_permission' },
    });
    expect((await workflow.get(`${PATH}/${id}`, { tenant: 'other' })).status).toBe(404);
    expect((await workflow.get(PATH, { anonymous: true })).status).toBe(401);
  });

  it('of cancelling once a line is booked', async () => {
    const { id } = await inReview([10, 10], [100, 90]);
    expect(await act(id, 'cancel', 'boss')).toMatchObject({ status: 409, body: { code: 'batch_partly_resolved' } });
  });
});
