import { randomUUID } from 'node:crypto';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { usualBin, type Bin, type BinKind, type SkuEvent } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { eventually, WorkflowUnderTest } from '../../test/workflow.js';
import { foldContents } from './content-rows.js';

let workflow: WorkflowUnderTest;
/** Set by a test: what happens before a command reaches its SKU. */
let before: ((type: string) => Promise<void> | void) | undefined;
/** Set by a test: what happens after a command had its effect on its SKU. */
let after: ((type: string) => Promise<void> | void) | undefined;

const interruptible = (runtime: Runtime): Runtime => {
  const ledger: SkuLedger = {
    execute: async (ref, command, context) => {
      await before?.(command.type);
      const outcome = await runtime.ledger.execute(ref, command, context);
      await after?.(command.type);
      return outcome;
    },
    read: (ref) => runtime.ledger.read(ref),
    drain: () => runtime.ledger.drain(),
  };
  return { ...runtime, ledger };
};

beforeAll(async () => (workflow = await WorkflowUnderTest.start(interruptible)));
afterAll(() => workflow.stop());
afterEach(() => {
  before = undefined;
  after = undefined;
});

const PATH = '/api/inventory/put-away';
let places = 0;
let skus = 0;

const bin = (binId: string, more: Partial<Bin> = {}, kind: BinKind = 'storage'): Bin => ({ ...usualBin(binId, kind), ...more });

/** A location of its own, so that bins of other tests do not matter. */
async function locationWith(...bins: readonly Bin[]): Promise<string> {
  const locationId = `L-${(places += 1)}`;
  await workflow.location(locationId);
  const stream = 'locations-demo';
  const known = await workflow.runtime.eventStore.readStream(stream);
  const metadata = { tenant: 'demo', at: Date.now(), commandId: randomUUID() };
  await workflow.runtime.eventStore.append(stream, known.length - 1, [
    { id: randomUUID(), type: 'BinsSet.v1', data: { locationId, bins }, metadata },
  ]);
  return locationId;
}

async function stocked(locationId: string, units: number): Promise<string> {
  const sku = `SKU-${(skus += 1)}`;
  await workflow.record(sku, locationId, units);
  return sku;
}

const reserve = (sku: string, locationId: string) =>
  workflow.stock(sku, {
    type: 'PlaceReservation',
    reservationId: `rs-${sku}`,
    orderId: `order-${sku}`,
    quantity: 1,
    sources: [{ locationId, priority: 1 }],
    ttlMs: 3_600_000,
    requestHash: 'h',
  });

const create = (locationId: string, ...items: readonly object[]) => workflow.post(PATH, { locationId, items });
const act = (taskId: string, action: string, more: object = {}, key?: string) =>
  workflow.post(PATH, { taskId, action, ...more }, key === undefined ? {} : { key });

interface Task {
  readonly id: string;
  readonly status: string;
  readonly version: number;
}
const taskOf = ({ body }: { readonly body: Readonly<Record<string, unknown>> }): Task => {
  const [task] = (body['tasks'] ?? []) as readonly Task[];
  if (task === undefined) throw new Error(JSON.stringify(body));
  return task;
};

interface BinSeen {
  readonly binId: string;
  readonly contents: number;
  readonly claimed: number;
}
/** What the location's bins hold, and what is on its way there. */
async function bins(locationId: string): Promise<readonly (readonly [string, number, number])[]> {
  const { body } = await workflow.get(`/api/inventory/transfers/bins?locationId=${locationId}`);
  return (body['bins'] as readonly BinSeen[]).map(({ binId, contents, claimed }) => [binId, contents, claimed]);
}

/** The first event of a SKU, as a follower reads it. */
function recorded(tenant: string, sku: string, event: Omit<Extract<SkuEvent, { type: 'PositionsCorrected' }>, 'type'>): RecordedEvent[] {
  const metadata = { tenant, at: Date.now(), commandId: randomUUID() };
  const stored = { ...STREAMS.stock.encode({ type: 'PositionsCorrected', ...event }), id: randomUUID(), metadata };
  return [{ ...stored, stream: STREAMS.stock.streamOf(tenant, sku), revision: 0, position: 1n, recordedAt: Date.now() }];
}

describe('putting away', () => {
  it('P10 suggests bins with the reason, moves units there, and leaves what is on hand as it is', async () => {
    const at = await locationWith(bin('A-01', { sequence: 1, capacityUnits: 6 }), bin('A-02', { sequence: 2 }));
    const sku = await stocked(at, 12);
    const created = await workflow.post(PATH, { locationId: at, reference: 'tr_9', items: [{ sku, quantity: 10 }] });
    expect(created).toMatchObject({ status: 201, body: { refused: [] } });
    expect(taskOf(created)).toMatchObject({
      status: 'open',
      sku,
      quantity: 10,
      completed: 0,
      unplaced: 0,
      reference: 'tr_9',
      fromBinId: null,
      lines: [
        { binId: 'A-01', quantity: 6, because: 'empty' },
        { binId: 'A-02', quantity: 4, because: 'empty' },
      ],
    });
    const { id } = taskOf(created);
    expect(taskOf(await act(id, 'assign', { assignedTo: 'u2' }))).toMatchObject({ status: 'in_progress', assignedTo: 'u2' });
    const part = await act(id, 'complete', { lines: [{ binId: 'A-01', quantity: 6 }] }, `${id}-first`);
    expect(taskOf(part)).toMatchObject({ status: 'partly_completed', completed: 6 });
    expect(taskOf(await act(id, 'complete', { lines: [{ binId: 'A-01', quantity: 6 }] }, `${id}-first`))).toMatchObject({ completed: 6 });
    await eventually(async () =>
      expect(await bins(at)).toEqual([
        ['A-01', 6, 0],
        ['A-02', 0, 4],
      ]),
    );
    const { body } = await workflow.get(`/api/inventory/transfers/bins?locationId=${at}&sku=${sku}&purpose=source`);
    expect(body).toMatchObject({
      unassigned: 6,
      bins: [{ binId: 'A-01', free: 0, quantityOnHand: 6, lots: [{ lotId: null, quantity: 6 }] }],
    });

    const cancelled = await act(id, 'cancel');
    expect(taskOf(cancelled)).toMatchObject({ status: 'cancelled', completed: 6 });
    expect(taskOf(await act(id, 'cancel'))).toMatchObject({ status: 'cancelled' });
    await eventually(async () =>
      expect(await bins(at)).toEqual([
        ['A-01', 6, 0],
        ['A-02', 0, 0],
      ]),
    );
    expect(await workflow.onHand(sku, at)).toBe(12);
    const listed = await workflow.get(`${PATH}?locationId=${at}&status=cancelled&sku=${sku}`, { minPosition: String(cancelled.position) });
    expect(listed.body).toMatchObject({ tasks: [{ id, status: 'cancelled' }], pagination: { total: 1 } });
  });

  it('P1, P2, P4 gives the space of a bin to one task only', async () => {
    const at = await locationWith(bin('A', { capacityUnits: 5 }));
    const sku = await stocked(at, 20);
    const both = await Promise.all([create(at, { sku, quantity: 3, toBinId: 'A' }), create(at, { sku, quantity: 3, toBinId: 'A' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const loser = both.find(({ status }) => status === 409);
    expect(loser?.body).toMatchObject({ code: 'bin_full', details: [{ line: 1, free: 2 }] });
    expect(taskOf(await create(at, { sku, quantity: 4 }))).toMatchObject({ unplaced: 2, lines: [{ binId: 'A', quantity: 2 }] });
    expect(await create(at, { sku, quantity: 1 })).toMatchObject({ status: 409, body: { code: 'no_space' } });
  });

  it('finishes what a crash left halfway, once', async () => {
    const at = await locationWith(bin('A', { capacityUnits: 5 }));
    const sku = await stocked(at, 5);
    const { id } = taskOf(await create(at, { sku, quantity: 3 }));
    let deaths = 1;
    before = (type) => {
      if (type === 'CorrectPositions' && (deaths -= 1) >= 0) throw new Error('died before the move');
    };
    expect((await act(id, 'complete', {}, `${id}-all`)).status).toBe(500);
    expect(taskOf(await act(id, 'complete', {}, `${id}-all`))).toMatchObject({ status: 'completed', completed: 3 });
    await eventually(async () => expect(await bins(at)).toEqual([['A', 3, 0]]));
    expect(taskOf(await create(at, { sku, quantity: 2 }))).toMatchObject({ lines: [{ because: 'same SKU and lot', quantity: 2 }] });
  });

  it('counts moved units once where the SKU goes on before the bin knows of the move', async () => {
    const at = await locationWith(bin('A', { capacityUnits: 5 }));
    const sku = await stocked(at, 8);
    const { id } = taskOf(await create(at, { sku, quantity: 3 }));
    after = async (type) => {
      if (type !== 'CorrectPositions') return;
      after = undefined;
      await reserve(sku, at);
      throw new Error('died after the move');
    };
    expect((await act(id, 'complete', {}, `${id}-all`)).status).toBe(500);
    expect(taskOf(await act(id, 'complete', {}, `${id}-all`))).toMatchObject({ status: 'completed', completed: 3 });
    await eventually(async () => expect(await bins(at)).toEqual([['A', 3, 0]]));
    expect(await create(at, { sku, quantity: 3, toBinId: 'A' })).toMatchObject({ status: 409, body: { details: [{ free: 2 }] } });
    expect(taskOf(await create(at, { sku, quantity: 2, toBinId: 'A' }))).toMatchObject({ lines: [{ binId: 'A', quantity: 2 }] });
  });

  it('counts units in bins once where two processes read the first events of a SKU', async () => {
    const tenant = `t-${randomUUID()}`;
    const events = recorded(tenant, 'CUP', {
      commandId: 'c',
      locationId: 'L',
      kind: 'bin',
      positions: [{ locationId: 'L', binId: 'A', delta: 6 }],
    });
    const { pool } = workflow.runtime.database;
    const [first, second] = await Promise.all([pool.connect(), pool.connect()]);
    try {
      for (const client of [first, second]) await client.query('BEGIN');
      const { rows } = await second.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await foldContents(first, events);
      const folded = foldContents(second, events);
      const waits = `SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'`;
      await eventually(async () => expect((await pool.query(waits, [rows[0]?.pid])).rowCount).toBe(1));
      await first.query('COMMIT');
      await folded;
      await second.query('COMMIT');
      const contents = await pool.query('SELECT units::int FROM workflow.bin_content WHERE tenant = $1', [tenant]);
      expect(contents.rows).toEqual([{ units: 6 }]);
    } finally {
      for (const client of [first, second]) client.release();
    }
  });

  it('answers an adjustment that filled a bin again as it was booked', async () => {
    const at = await locationWith(bin('A', { capacityUnits: 5 }));
    const sku = await stocked(at, 1);
    const added = { locationId: at, reasonCode: 'found', sku, binId: 'A', delta: 4 };
    const adjust = (key: string) => workflow.post('/api/inventory/adjustments', added, { key });
    const booked = await adjust('a-full-bin');
    expect(booked).toMatchObject({ status: 201, body: { status: 'applied' } });
    await eventually(async () => expect(await bins(at)).toEqual([['A', 4, 0]]));
    expect(await adjust('a-full-bin')).toMatchObject({ status: 201, body: booked.body });
    expect(await adjust('another')).toMatchObject({ status: 409, body: { code: 'bin_full' } });
  });

  it('knows a lot by the id that it has now', async () => {
    const at = await locationWith(bin('A', { allowMixedLots: false }));
    const sku = await stocked(at, 5);
    const inLots = { sku, locationId: at, lines: [{ lotId: 'OLD', quantity: 5 }] };
    expect(await workflow.post('/api/inventory/adjustments/record-stock', inLots)).toMatchObject({ status: 200 });
    await workflow.stock(sku, { type: 'RenameLot', lotId: 'OLD', toLotId: 'NEW' });
    const { id } = taskOf(await create(at, { sku, lotId: 'OLD', quantity: 2 }));
    expect(taskOf(await act(id, 'complete'))).toMatchObject({ status: 'completed', lotId: 'NEW' });
    expect(await create(at, { sku, lotId: 'OLD', quantity: 1, toBinId: 'A' })).toMatchObject({
      status: 201,
      body: { tasks: [{ lotId: 'NEW' }] },
    });
  });

  it('holds what lies in a bin that is not for sale', async () => {
    const at = await locationWith(bin('Q', {}, 'quarantine'), bin('A'));
    const sku = await stocked(at, 5);
    const there = taskOf(await create(at, { sku, quantity: 3, toBinId: 'Q' }));
    expect(taskOf(await act(there.id, 'complete'))).toMatchObject({ status: 'completed' });
    const held = async () => (await workflow.runtime.ledger.read({ tenant: 'demo', sku })).state.balances.get(at)?.held;
    expect(await held()).toBe(3);
    const back = await workflow.post(PATH, { locationId: at, fromBinId: 'Q', items: [{ sku, quantity: 3 }] });
    expect(taskOf(await act(taskOf(back).id, 'complete'))).toMatchObject({ status: 'completed' });
    expect(await held()).toBe(0);
  });

  it('refuses what cannot be, each with its code', async () => {
    const at = await locationWith(
      bin('A', { allowMixedSkus: false, sequence: 1 }),
      bin('B', { blocked: true }),
      bin('C', { allowMixedLots: false, capacityUnits: 50 }),
    );
    const sku = await stocked(at, 5);
    const other = await stocked(at, 5);
    expect(await create(at, { sku, quantity: 1, toBinId: 'B' })).toMatchObject({ status: 409, body: { code: 'bin_blocked' } });
    expect(await create(at, { sku, quantity: 6 })).toMatchObject({
      status: 409,
      body: { code: 'insufficient_in_bin', details: [{ available: 5 }] },
    });
    const { id, version } = taskOf(await create(at, { sku, quantity: 2, toBinId: 'A' }));
    expect(await create(at, { sku: other, quantity: 1, toBinId: 'A' })).toMatchObject({ status: 409, body: { code: 'sku_mixing' } });
    const mixed = await create(at, { sku, quantity: 1 }, { sku: other, quantity: 9 });
    expect(mixed).toMatchObject({
      status: 201,
      body: { tasks: [{ sku }], refused: [{ line: 2, sku: other, code: 'insufficient_in_bin' }] },
    });
    const refusals: readonly (readonly [Promise<{ status: number; body: object }>, number, string])[] = [
      [create(at, { sku, quantity: 1, toBinId: 'X' }), 404, 'unknown_bin'],
      [create('NOWHERE', { sku, quantity: 1 }), 404, 'unknown_location'],
      [create(at, { sku: 'NONE', quantity: 1 }), 404, 'unknown_sku'],
      [create(at, { sku, quantity: 1, lotId: 'L9' }), 404, 'unknown_lot'],
      [create(at, { sku, quantity: 0 }), 400, 'validation_failed'],
      [act('pa_none', 'complete'), 404, 'unknown_put_away'],
      [act(id, 'complete', { lines: [{ binId: 'C', quantity: 1 }] }), 404, 'unknown_bin'],
      [act(id, 'complete', { lines: [{ binId: 'A', quantity: 3 }] }), 409, 'quantity_exceeds_open'],
      [act(id, 'cancel', { expectedVersion: version + 1 }), 412, 'version_mismatch'],
      [act(id, 'assign', { lines: [{ binId: 'A', quantity: 1 }] }), 400, 'validation_failed'],
      [workflow.post(PATH, { taskId: id, action: 'cancel' }, { permissions: ['inventory.read'] }), 403, 'missing_permission'],
      [workflow.post(PATH, { taskId: id, action: 'cancel' }, { tenant: 'other' }), 404, 'unknown_put_away'],
      [workflow.get(`/api/inventory/transfers/bins?locationId=${at}`, { permissions: ['inventory.read'] }), 403, 'missing_permission'],
    ];
    for (const [answer, status, code] of refusals) expect(await answer).toMatchObject({ status, body: { code } });
    await workflow.stock(sku, { type: 'AdjustStock', locationId: at, delta: -5, effectiveAt: Date.now(), reasonCode: 'damage' });
    expect(await act(id, 'complete')).toMatchObject({ status: 409, body: { code: 'insufficient_in_bin', details: [{ available: 0 }] } });
    expect(taskOf(await act(id, 'cancel'))).toMatchObject({ status: 'cancelled' });
    expect(await act(id, 'complete')).toMatchObject({ status: 409, body: { code: 'put_away_cancelled' } });
  });
});
