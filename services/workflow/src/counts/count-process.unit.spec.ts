import { MemoryEventStore, MemoryLog, type AppendResult, type NewEvent } from '@holdfast/event-store';
import type { SkuCommand } from '@holdfast/inventory';
import type { ProcessTable } from '@holdfast/kit';
import { openSkuLedger, type SkuLedger } from '@holdfast/ledger';
import { STREAMS } from '@holdfast/contracts';
import type { CountCommand, CountLine } from '@holdfast/warehouse';
import { CountProcess, type MakeCommand } from './count-process.js';
import { CountStreams } from './count-streams.js';
import { SkuCounts } from './sku-counts.js';

const tenant = 'demo';
const ref = { tenant, batchId: 'cc_1' };
const at = Date.UTC(2026, 6, 1, 10);
const SKUS = ['CUP', 'POT', 'PAN'];
const counted: Readonly<Record<string, number>> = { CUP: 75, POT: 110, PAN: 100 };

/** Every driver takes its lease for valid, whoever else works on the batch: nothing rests on it. */
const table = {
  hold: (_ref: unknown, work: (lease: unknown) => unknown) => work({ check: () => undefined, confirm: () => Promise.resolve() }),
} as unknown as ProcessTable;

/** The store as a process sees it that dies at its n-th append, before or after it is stored. */
class FailingStore extends MemoryEventStore {
  private appends = 0;

  constructor(
    log: MemoryLog,
    private readonly death: { readonly atAppend: number; readonly stored: boolean },
  ) {
    super({ log });
  }

  override async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<AppendResult> {
    this.appends += 1;
    if (this.appends < this.death.atAppend) return super.append(stream, expected, events);
    if (this.appends === this.death.atAppend && this.death.stored) await super.append(stream, expected, events);
    throw new Error('the process is dead');
  }
}

interface Running {
  readonly ledger: SkuLedger;
  readonly process: CountProcess;
  readonly streams: CountStreams;
  readonly skus: SkuCounts;
}

async function running(store: MemoryEventStore, around: (ledger: SkuLedger) => SkuLedger = (ledger) => ledger): Promise<Running> {
  const ledger = around(await openSkuLedger({ eventStore: store }));
  const streams = new CountStreams(store);
  const skus = new SkuCounts(ledger, store, () => at);
  return { ledger, streams, skus, process: new CountProcess(streams, skus, table, () => at) };
}

let commands = 0;
const stamp = (by: string) => ({ at, by, commandId: `command ${String((commands += 1))}` });
const change = ({ ledger }: Running, sku: string, command: object) => ledger.execute({ tenant, sku }, command as SkuCommand);
const run = ({ process }: Running, make: MakeCommand) => process.run(ref, make, 'somebody');
const must = async (one: Running, command: CountCommand) => expect((await run(one, async () => command)).kind).toBe('accepted');

/** Three SKUs of 100, counted twice by two people: two differ, one is equal; all wait for a reviewer but the equal one. */
async function inReview(): Promise<MemoryLog> {
  const log = new MemoryLog();
  const one = await running(new MemoryEventStore({ log }));
  for (const sku of SKUS) {
    const record = { type: 'RecordStock', locationId: 'BER', counted: 100, effectiveAt: at - 60_000, reasonCode: 'count' };
    await change(one, sku, { ...record, at: at - 60_000, commandId: `stock ${sku}` });
  }
  const lines = SKUS.map((sku, place): CountLine => ({ lineId: String(place + 1), sku, class: 'A', tolerancePct: 1 }));
  const batch = { batchId: 'cc_1', locationId: 'BER', blind: true, autoAccept: false, postedBack: false, requestHash: 'hash' };
  await one.streams.execute(ref, { type: 'CreateCountBatch', ...stamp('planner'), ...batch, lines });
  for (const by of ['ann', 'ben']) {
    const { record } = await one.streams.read(ref);
    const open = record.state.lines.filter(({ status }) => status === 'to_count' || status === 'recount');
    const counts = await Promise.all(
      open.map(async ({ lineId, sku }) => ({
        lineId,
        quantity: counted[sku] ?? 0,
        countedAt: at,
        book: await one.skus.recordedAt({ tenant, sku }, { locationId: 'BER' }, at, 0),
      })),
    );
    await must(one, { type: 'RecordCounts', ...stamp(by), counts });
    await run(one, submission(one));
  }
  return log;
}

const submission =
  ({ skus }: Running): MakeCommand =>
  async ({ state }) => ({
    type: 'SubmitCount',
    ...stamp('planner'),
    nettings: await skus.nettingsToSubmit(ref, state),
  });

const resolution =
  ({ skus }: Running, by = 'boss'): MakeCommand =>
  async ({ state }) => ({
    type: 'ResolveCount',
    ...stamp(by),
    lines: ['1', '2'].map((lineId) => ({ lineId, decision: 'accept' })),
    nettings: await skus.nettings(ref, state, state.lines),
  });

const onHand = async ({ ledger }: Running, sku: string): Promise<number> =>
  (await ledger.read({ tenant, sku })).state.balances.get('BER')?.onHand ?? 0;

async function bookings(log: MemoryLog, sku: string): Promise<readonly number[]> {
  const events = await new MemoryEventStore({ log }).readStream(STREAMS.stock.streamOf(tenant, sku));
  return events.flatMap((recorded) => {
    const event = STREAMS.stock.decode(recorded);
    return event.type === 'StockAdjusted' && event.documentId === 'cc_1' ? [event.delta] : [];
  });
}

const figures = async (one: Running, log: MemoryLog) => ({
  phase: (await one.streams.read(ref)).record.state.phase,
  onHand: await Promise.all(SKUS.map((sku) => onHand(one, sku))),
  bookings: await Promise.all(SKUS.map((sku) => bookings(log, sku))),
});

const RESOLVED = { phase: 'resolved', onHand: [75, 110, 100], bookings: [[-25], [10], [0]] };

describe('a batch that is resolved, cut off anywhere', () => {
  const deaths = [1, 2, 3, 4, 5].flatMap((atAppend) => [false, true].map((stored) => ({ atAppend, stored })));

  it.each(deaths)('is booked once, whole: $atAppend, stored $stored', async (death) => {
    const log = await inReview();
    const dying = await running(new FailingStore(log, death));
    await run(dying, resolution(dying)).catch(() => undefined);

    const next = await running(new MemoryEventStore({ log }));
    await next.process.resume(ref);
    await run(next, resolution(next));
    expect(await figures(next, log)).toEqual(RESOLVED);
  });

  it('is booked once when two people resolve it at the same time', async () => {
    const log = await inReview();
    const [one, other] = [await running(new MemoryEventStore({ log })), await running(new MemoryEventStore({ log }))];
    await Promise.all([run(one, resolution(one)), run(other, resolution(other, 'chief'))]);
    await one.process.resume(ref);
    expect(await figures(one, log)).toEqual(RESOLVED);
  });
});

describe('a batch that freezes stock, cut off anywhere', () => {
  const deaths = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((atAppend) => [false, true].map((stored) => ({ atAppend, stored })));
  const held = async ({ ledger }: Running, sku: string): Promise<number> =>
    (await ledger.read({ tenant, sku })).state.balances.get('BER')?.held ?? 0;

  it.each(deaths)('holds it until it is cancelled, and no longer: $atAppend, stored $stored', async (death) => {
    const log = new MemoryLog();
    const first = await running(new MemoryEventStore({ log }));
    for (const sku of ['CUP', 'POT']) {
      const record = { type: 'RecordStock', locationId: 'BER', counted: 100, effectiveAt: at, reasonCode: 'count' };
      await change(first, sku, { ...record, at, commandId: `stock ${sku}` });
    }
    const lines = ['CUP', 'POT'].map((sku, place): CountLine => ({ lineId: String(place + 1), sku, class: 'A', tolerancePct: 1 }));
    const batch = {
      batchId: 'cc_1',
      locationId: 'BER',
      blind: true,
      freeze: true,
      autoAccept: true,
      postedBack: false,
      requestHash: 'hash',
    };
    await first.streams.execute(ref, { type: 'CreateCountBatch', ...stamp('planner'), ...batch, lines });

    const dying = await running(new FailingStore(log, death));
    const cancel: MakeCommand = async () => ({ type: 'CancelCount', ...stamp('planner') });
    await dying.process.resume(ref).catch(() => undefined);
    await run(dying, cancel).catch(() => undefined);

    const next = await running(new MemoryEventStore({ log }));
    const { record } = await next.streams.read(ref);
    await next.process.resume(ref);
    const units = record.state.phase === 'cancelled' ? 0 : 100;
    expect([await held(next, 'CUP'), await held(next, 'POT')]).toEqual([units, units]);
    await run(next, cancel);
    expect([await held(next, 'CUP'), await held(next, 'POT')]).toEqual([0, 0]);
    expect((await next.streams.read(ref)).record.state.holds).toEqual([]);
  });
});

describe('a count that its SKU can never take', () => {
  it('is to be counted again; the other lines of the batch are booked, and nothing is tried without end', async () => {
    const log = await inReview();
    const refusing = (ledger: SkuLedger): SkuLedger =>
      Object.assign(Object.create(ledger) as SkuLedger, {
        execute: async (to: { sku: string }, command: SkuCommand, ...rest: readonly never[]) =>
          to.sku === 'CUP' && command.type === 'ApplyCount'
            ? {
                kind: 'refused',
                code: 'too_many_lots',
                details: {},
                state: (await ledger.read({ tenant, sku: 'CUP' })).state,
                position: 0n,
              }
            : ledger.execute({ tenant, sku: to.sku }, command, ...rest),
      });
    const one = await running(new MemoryEventStore({ log }), refusing);
    expect((await run(one, resolution(one))).kind).toBe('accepted');
    const { lines, phase } = (await one.streams.read(ref)).record.state;
    expect([phase, lines.map(({ status }) => status)]).toEqual(['counting', ['stale', 'accepted', 'equal']]);
    expect(await figures(one, log)).toEqual({ phase: 'counting', onHand: [100, 110, 100], bookings: [[], [10], [0]] });
  });
});

describe('a fact of the time of the count that comes while its difference is applied', () => {
  it('is in the difference', async () => {
    const log = await inReview();
    const late = {
      type: 'ReceiveStock',
      locationId: 'BER',
      quantity: 5,
      effectiveAt: at - 1_000,
      messageId: 'late',
      at,
      commandId: 'late',
    };
    let isLate = true;
    const one = await running(new MemoryEventStore({ log }), (ledger) => ({
      read: (sku) => ledger.read(sku),
      drain: () => ledger.drain(),
      execute: async (sku, command, context) => {
        if (command.type === 'ApplyCount' && command.delta !== 0 && sku.sku === 'CUP' && isLate) {
          isLate = false;
          await ledger.execute(sku, late as SkuCommand);
        }
        return ledger.execute(sku, command, context);
      },
    }));
    await run(one, resolution(one));
    expect(await figures(one, log)).toEqual({ ...RESOLVED, bookings: [[-30], [10], [0]] });
  });
});

describe('reading what was recorded as of a time', () => {
  it('takes back all that was decided later, also over many events', async () => {
    const one = await running(new MemoryEventStore({ log: new MemoryLog() }));
    const receive = async (units: number, time: number) => {
      const receipt = { type: 'ReceiveStock', locationId: 'BER', quantity: units, effectiveAt: time, messageId: `m${String(time)}` };
      await change(one, 'CUP', { ...receipt, at: time, commandId: `c${String(time)}` });
    };
    await receive(100, at);
    for (let place = 1; place <= 70; place += 1) await receive(1, at + place);
    expect(await one.skus.recordedAt({ tenant, sku: 'CUP' }, { locationId: 'BER' }, at, 0)).toMatchObject({ units: 100, revision: 71 });
    expect(await one.skus.recordedAt({ tenant, sku: 'CUP' }, { locationId: 'BER' }, at + 30, 0)).toMatchObject({ units: 130 });
    expect(await one.skus.recordedAt({ tenant, sku: 'CUP' }, { locationId: 'BER' }, at + 100, 0)).toMatchObject({ units: 170 });
    expect(await one.skus.recordedAt({ tenant, sku: 'NEW' }, { locationId: 'BER' }, at, 0)).toMatchObject({ units: 0, revision: -1 });
  });
});
