import { STREAMS } from '@holdfast/contracts';
import { MemoryEventStore, MemoryLog, START, type AppendResult, type NewEvent } from '@holdfast/event-store';
import type { SkuCommand } from '@holdfast/inventory';
import type { ProcessTable } from '@holdfast/kit';
import { LotCalendar, openSkuLedger, type SkuLedger } from '@holdfast/ledger';
import { requestViolations, type RequestCommand } from '@holdfast/warehouse';
import { SkuSteps } from '../../transfers/sku-steps.js';
import { TransferProcess } from '../../transfers/transfer-process.js';
import { TransferStreams } from '../../transfers/transfer-streams.js';
import { LineSteps } from './line-steps.js';
import { RequestProcess } from './request-process.js';
import { RequestStreams } from './request-streams.js';
import { RequestTransfers } from './request-transfers.js';

const tenant = 'demo';
const ref = { tenant, requestId: 'sr_1' };
const at = Date.UTC(2026, 10, 30);

/** Every driver takes its lease for valid, whoever else works on the request: nothing rests on it. */
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

const nowhere = { find: () => Promise.resolve(undefined) };

interface Running {
  readonly transfers: TransferProcess;
  readonly ledger: SkuLedger;
  readonly process: RequestProcess;
  readonly streams: RequestStreams;
}

async function running(store: MemoryEventStore): Promise<Running> {
  const now = () => at;
  const ledger = await openSkuLedger({ eventStore: store });
  const transfers = new TransferStreams(store);
  const transferProcess = new TransferProcess(transfers, new SkuSteps(ledger, now, new LotCalendar(nowhere), nowhere), table, now);
  const streams = new RequestStreams(store);
  const shipping = new RequestTransfers(transfers, transferProcess, now);
  return {
    ledger,
    streams,
    transfers: transferProcess,
    process: new RequestProcess(streams, new LineSteps(ledger, now), shipping, table, now),
  };
}

type Unstamped<Command> = Command extends RequestCommand ? Omit<Command, 'at' | 'commandId'> : never;
let commands = 0;
const run = ({ process }: Running, command: Unstamped<RequestCommand>) =>
  process.run(ref, { ...command, at, commandId: `c${String((commands += 1))}` }, 'somebody');

const count = (counted: number, commandId: string): SkuCommand => ({
  type: 'RecordStock',
  at,
  commandId,
  locationId: 'HUB',
  counted,
  effectiveAt: at,
  reasonCode: 'count',
});
const anna = { by: 'anna', person: 'anna' };
const ben = { by: 'ben', person: 'ben' };

/** A submitted request of three CUPs and three POTs. */
async function submitted(pots: number, toLocationId: string | undefined): Promise<MemoryLog> {
  const log = new MemoryLog();
  const first = await running(new MemoryEventStore({ log }));
  await first.ledger.execute({ tenant, sku: 'CUP' }, count(5, 'cups'));
  await first.ledger.execute({ tenant, sku: 'POT' }, count(pots, 'pots'));
  await run(first, {
    type: 'CreateRequest',
    ...ref,
    number: 'SR-000001',
    fromLocationId: 'HUB',
    ...(toLocationId === undefined ? {} : { toLocationId }),
    priority: 'normal',
    lines: ['CUP', 'POT'].map((sku) => ({ sku, quantity: 3 })),
    submit: true,
    requestHash: 'hash',
    ...anna,
  });
  return log;
}

/** On hand, reserved and on its way, with the rules of the request checked. */
async function figures({ ledger, streams }: Running): Promise<readonly (readonly number[])[]> {
  expect(requestViolations((await streams.read(ref)).state)).toEqual([]);
  return Promise.all(
    ['CUP', 'POT'].map(async (sku) => {
      const { state } = await ledger.read({ tenant, sku });
      const { onHand = 0, reserved = 0 } = state.balances.get('HUB') ?? {};
      return [onHand, reserved, [...state.inTransit.values()].reduce((sum, { quantity }) => sum + quantity, 0)];
    }),
  );
}

const approve: Unstamped<RequestCommand> = { type: 'ApproveRequest', partial: false, ...ben };
const ship: Unstamped<RequestCommand> = { type: 'FulfilRequest', to: 'fulfilled', shipmentId: 's1', closeRemainder: false, ...anna };
const deaths = [1, 2, 3, 4, 5, 6, 7].flatMap((atAppend) => [false, true].map((stored) => ({ atAppend, stored })));

describe('a request whose process dies anywhere', () => {
  it.each(deaths)('reserves all lines or none: $atAppend, stored $stored', async (death) => {
    const log = await submitted(5, 'STORE1');
    await run(await running(new FailingStore(log, death)), approve).catch(() => undefined);
    const next = await running(new MemoryEventStore({ log }));
    await next.process.resume(ref);
    const { status } = (await next.streams.read(ref)).state;
    expect(['submitted', 'approved']).toContain(status);
    const reserved = status === 'approved' ? 3 : 0;
    expect(await figures(next)).toEqual([
      [5, reserved, 0],
      [5, reserved, 0],
    ]);
    await run(next, approve);
    expect(await figures(next)).toEqual([
      [5, 3, 0],
      [5, 3, 0],
    ]);
  });

  it.each(deaths)('S4 holds nothing where a line is short: $atAppend, stored $stored', async (death) => {
    const log = await submitted(2, 'STORE1');
    await run(await running(new FailingStore(log, death)), approve).catch(() => undefined);
    const next = await running(new MemoryEventStore({ log }));
    await next.process.resume(ref);
    expect((await next.streams.read(ref)).state.status).toBe('submitted');
    expect(await figures(next)).toEqual([
      [5, 0, 0],
      [2, 0, 0],
    ]);
  });

  it.each(deaths.flatMap((death) => ['STORE1', undefined].map((to) => ({ ...death, to }))))(
    'ships each unit once, to $to: $atAppend, stored $stored',
    async ({ to, ...death }) => {
      const log = await submitted(5, to);
      await run(await running(new MemoryEventStore({ log })), approve);
      await run(await running(new FailingStore(log, death)), ship).catch(() => undefined);
      const next = await running(new MemoryEventStore({ log }));
      await next.process.resume(ref);
      await run(next, ship);
      expect((await next.streams.read(ref)).state).toMatchObject({ status: 'fulfilled', lines: [{ shipped: 3 }, { shipped: 3 }] });
      const way = to === undefined ? 0 : 3;
      expect(await figures(next)).toEqual([
        [2, 0, way],
        [2, 0, way],
      ]);
    },
  );

  it.each(deaths)('frees all that it held when it is rolled back: $atAppend, stored $stored', async (death) => {
    const log = await submitted(5, 'STORE1');
    await run(await running(new MemoryEventStore({ log })), approve);
    const back: Unstamped<RequestCommand> = { type: 'RollBackRequest', mayApprove: true, comment: 'wrong', ...ben };
    await run(await running(new FailingStore(log, death)), back).catch(() => undefined);
    const next = await running(new MemoryEventStore({ log }));
    await next.process.resume(ref);
    const reserved = (await next.streams.read(ref)).state.status === 'approved' ? 3 : 0;
    expect(await figures(next)).toEqual([
      [5, reserved, 0],
      [5, reserved, 0],
    ]);
  });
});

describe('the same command once more, as its answer was lost', () => {
  const again = async (one: Running, command: Unstamped<RequestCommand>) => {
    const stamped = { ...command, at, commandId: `twice ${String((commands += 1))}` } as RequestCommand;
    await one.process.run(ref, stamped, 'somebody');
    return (await one.process.run(ref, { ...stamped, at: at + 1_000 }, 'somebody')).outcome;
  };
  const rollBack: Unstamped<RequestCommand> = { type: 'RollBackRequest', mayApprove: true, comment: 'wrong', ...anna };

  it('rolls back by one step only', async () => {
    const next = await running(new MemoryEventStore({ log: await submitted(5, 'STORE1') }));
    await run(next, approve);
    expect(await again(next, rollBack)).toMatchObject({ kind: 'accepted', state: { status: 'submitted' } });
  });

  it('adds its units once, also where it names the version that it saw', async () => {
    const next = await running(new MemoryEventStore({ log: await submitted(5, 'STORE1') }));
    await run(next, rollBack);
    const { version } = (await next.streams.read(ref)).state;
    const added = { type: 'AddRequestLines', lines: [{ sku: 'CUP', quantity: 4 }], expectedVersion: version, ...anna } as const;
    expect(await again(next, added)).toMatchObject({ kind: 'accepted', state: { lines: [{ sku: 'CUP', requested: 7 }, { sku: 'POT' }] } });
  });

  it('reserves for an approval that was short, once there is enough', async () => {
    const next = await running(new MemoryEventStore({ log: await submitted(2, 'STORE1') }));
    const stamped = { ...approve, at, commandId: 'approval' } as RequestCommand;
    expect((await next.process.run(ref, stamped, 'ben')).short).toHaveLength(1);
    await next.ledger.execute({ tenant, sku: 'POT' }, count(5, 'more'));
    expect((await next.process.run(ref, stamped, 'ben')).outcome).toMatchObject({ state: { status: 'approved' } });
  });
});

describe('a shipment that an ERP took the units of', () => {
  it('ships nothing, says so, and the request goes on', async () => {
    const log = await submitted(5, 'STORE1');
    const next = await running(new MemoryEventStore({ log }));
    await run(next, approve);
    await next.ledger.execute({ tenant, sku: 'POT' }, count(1, 'gone'));
    expect((await run(next, ship)).short).toEqual([{ lineId: '2', sku: 'POT', requested: 3, available: 1, code: 'insufficient_stock' }]);
    expect((await next.streams.read(ref)).state).toMatchObject({ status: 'approved', phase: 'approved' });
    expect(await figures(next)).toEqual([
      [5, 3, 0],
      [1, 3, 0],
    ]);
  });
});

describe('a request that uses its units up', () => {
  it('uses none where a line is held, and names the line', async () => {
    const next = await running(new MemoryEventStore({ log: await submitted(5, undefined) }));
    await run(next, approve);
    const hold = { type: 'PlaceHold', holdId: 'hold_1', holdType: 'recall', quantity: 4, locationId: 'HUB', reason: 'recall' } as const;
    await next.ledger.execute({ tenant, sku: 'POT' }, { ...hold, at, commandId: 'hold' });
    expect((await run(next, ship)).short).toEqual([{ lineId: '2', sku: 'POT', requested: 3, available: 1, code: 'stock_held' }]);
    expect((await next.streams.read(ref)).state).toMatchObject({ status: 'approved', phase: 'approved', shipments: [] });
    expect(await figures(next)).toEqual([
      [5, 3, 0],
      [5, 3, 0],
    ]);
  });

  it('goes on where it had begun, whatever was held meanwhile', async () => {
    const log = await submitted(5, undefined);
    await run(await running(new MemoryEventStore({ log })), approve);
    // Of the three appends that end it: the decision, and the commit of one line.
    await run(await running(new FailingStore(log, { atAppend: 3, stored: false })), ship).catch(() => undefined);
    const next = await running(new MemoryEventStore({ log }));
    const before = await figures(next);
    const left = before.findIndex(([onHand]) => onHand === 5);
    expect(left).toBeGreaterThanOrEqual(0);
    const hold = { type: 'PlaceHold', holdId: 'hold_1', holdType: 'recall', quantity: 5, locationId: 'HUB', reason: 'recall' } as const;
    await next.ledger.execute({ tenant, sku: ['CUP', 'POT'][left] ?? '' }, { ...hold, at, commandId: 'hold' });
    expect((await next.process.resume(ref)).outcome).toMatchObject({ state: { status: 'fulfilling', phase: 'fulfilling' } });
    expect((await figures(next)).map(([onHand]) => onHand).toSorted()).toEqual([2, 5]);
  });
});

describe('a shipment that was turned back', () => {
  it('ships under the same id when it is asked for again', async () => {
    const log = await submitted(5, 'STORE1');
    await run(await running(new MemoryEventStore({ log })), approve);
    await run(await running(new FailingStore(log, { atAppend: 2, stored: true })), ship).catch(() => undefined);
    const store = new MemoryEventStore({ log });
    const next = await running(store);
    const { events } = await store.readAll({ after: START, limit: 100, filter: { streamPrefixes: [STREAMS.transfer.prefix] } });
    const [transferId = ''] = events.map((event) => STREAMS.transfer.idOf(event));
    await next.transfers.run({ tenant, transferId }, { type: 'StartCancel', at, commandId: 'cancel' }, 'somebody');
    expect((await next.process.resume(ref)).outcome).toMatchObject({ state: { phase: 'approved' } });

    await next.process.run(ref, { ...ship, at: at + 1_000, commandId: 'once more' }, 'somebody');
    expect((await next.streams.read(ref)).state).toMatchObject({ status: 'fulfilled', lines: [{ shipped: 3 }, { shipped: 3 }] });
    expect(await figures(next)).toEqual([
      [2, 0, 3],
      [2, 0, 3],
    ]);
  });
});
