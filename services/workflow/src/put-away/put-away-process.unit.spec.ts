import { randomUUID } from 'node:crypto';
import { STREAMS } from '@holdfast/contracts';
import { MemoryEventStore, MemoryLog, type AppendResult, type NewEvent } from '@holdfast/event-store';
import { unassignedUnits, usualBin, type Location, type LocationEvent } from '@holdfast/inventory';
import type { ProcessTable } from '@holdfast/kit';
import { KnownLocations, openSkuLedger } from '@holdfast/ledger';
import { lostClaims, putAwayStatus, putAwayViolations, type BinUnits, type PutAwayCommand } from '@holdfast/warehouse';
import { BinSpace } from './bin-space.js';
import { binStreams, streamOfBin } from './bin-streams.js';
import { PutAwayProcess } from './put-away-process.js';
import { taskStreams } from './task-streams.js';

const tenant = 'demo';
const sku = 'CUP';
const locationId = 'BER';
const ref = { tenant, id: 'pa_1' };
const at = Date.UTC(2026, 6, 1, 10);
const BINS = [
  { ...usualBin('A', 'storage'), sequence: 1, capacityUnits: 5 },
  { ...usualBin('B', 'storage'), sequence: 2 },
];

/** Every driver takes its lease for valid, whoever else works on the task: nothing rests on it. */
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

/** @param gone bins that are planned with, and that the catalogue has no more when their space is claimed */
async function running(store: MemoryEventStore, gone: NonNullable<Location['bins']> = []) {
  const ledger = await openSkuLedger({ eventStore: store });
  const ofBins = binStreams(store);
  const streams = taskStreams(store);
  const now = (): number => at;
  const lying = async (): Promise<ReadonlyMap<string, readonly BinUnits[]>> => {
    const { state } = await ledger.read({ tenant, sku });
    const bins = state.detail?.lots?.locations.get(locationId)?.lots.get('')?.bins ?? new Map<string, number>();
    return new Map([...bins].map(([binId, units]) => [binId, [{ sku, units }]]));
  };
  const contents = async ({ binId }: { readonly binId: string }) => ({
    units: (await lying()).get(binId) ?? [],
    revisions: [{ sku, revision: (await ledger.read({ tenant, sku })).revision }],
  });
  const situations = async (_tenant: string, { bins = [] }: Location) => {
    const there = await lying();
    return [...bins, ...gone].map((bin) => ({ bin, contents: there.get(bin.binId) ?? [], claims: [] }));
  };
  const facts = { upToDate: () => Promise.resolve(), contents, situations };
  const space = new BinSpace(ofBins, facts, now);
  const process = new PutAwayProcess({ streams, facts, space, ledger, locations: new KnownLocations(store), table, now });
  return { ledger, streams, ofBins, process, lying };
}
type Running = Awaited<ReturnType<typeof running>>;

/** Ten cups in Berlin, in no bin. */
async function unplaced(): Promise<MemoryLog> {
  const log = new MemoryLog();
  const store = new MemoryEventStore({ log });
  const events: readonly LocationEvent[] = [
    { type: 'LocationRegistered', locationId, name: 'Berlin', kind: 'warehouse', priority: 1 },
    { type: 'BinsSet', locationId, bins: BINS },
  ];
  const stored = events.map((event) => ({
    ...STREAMS.locations.encode(event),
    id: randomUUID(),
    metadata: { tenant, at, commandId: randomUUID() },
  }));
  await store.append(STREAMS.locations.streamOf(tenant), -1, stored);
  const { ledger } = await running(store);
  const record = { type: 'RecordStock', locationId, counted: 10, effectiveAt: at, reasonCode: 'count' } as const;
  await ledger.execute({ tenant, sku }, { ...record, at, commandId: 'stock' });
  return log;
}

/** What people ask for: 8 units go into two bins, 6 are put there in two steps, the rest is given up. */
const ASKED: readonly PutAwayCommand[] = [
  { type: 'StartPutAway', at, commandId: 'c1', taskId: 'pa_1', sku, locationId, quantity: 8, createdBy: 'key-1', requestHash: 'h' },
  { type: 'StartMove', at, commandId: 'c2', moveId: 'm1', lines: [{ binId: 'A', quantity: 4 }], by: 'key-1' },
  { type: 'StartMove', at, commandId: 'c3', moveId: 'm2', lines: [{ binId: 'B', quantity: 2 }], by: 'key-1' },
  { type: 'StartCancelPutAway', at, commandId: 'c4', by: 'key-1' },
];

/** @returns whether it came to the end */
async function ask({ process }: Running, commands: readonly PutAwayCommand[]): Promise<boolean> {
  for (const command of commands) {
    try {
      expect((await process.run(ref, command, 'key-1')).kind).toBe('accepted');
    } catch (error) {
      expect(String(error)).toContain('the process is dead');
      return false;
    }
  }
  return true;
}

async function expectEnded({ streams, ofBins, lying, ledger }: Running): Promise<void> {
  const { state } = (await streams.read(ref)).record;
  expect(putAwayStatus(state)).toBe('cancelled');
  expect(putAwayViolations(state)).toEqual([]);
  expect(await lying()).toEqual(
    new Map([
      ['A', [{ sku, units: 4 }]],
      ['B', [{ sku, units: 2 }]],
    ]),
  );
  const stock = (await ledger.read({ tenant, sku })).state;
  expect(stock.balances.get(locationId)?.onHand).toBe(10);
  expect(unassignedUnits(stock, locationId)).toBe(4);
  const bins = await Promise.all(
    BINS.map(async ({ binId }) => (await ofBins.read(streamOfBin({ tenant, locationId, binId }))).record.state),
  );
  expect(bins.flatMap(({ claims }) => claims)).toEqual([]);
  expect(lostClaims(bins, () => state)).toEqual([]);
}

describe('the process of putting away', () => {
  it('comes to its end', async () => {
    const one = await running(new MemoryEventStore({ log: await unplaced() }));
    expect(await ask(one, ASKED)).toBe(true);
    await expectEnded(one);
  });

  it.each([
    ['before', false],
    ['after', true],
  ])('killed %s any of its appends is stored, it ends when asked again, once', async (_, stored) => {
    let isComplete = false;
    for (let atAppend = 1; !isComplete; atAppend += 1) {
      const log = await unplaced();
      isComplete = await ask(await running(new FailingStore(log, { atAppend, stored })), ASKED);
      const next = await running(new MemoryEventStore({ log }));
      await next.process.resume(ref);
      // All of it is asked for again, also what was done before the death.
      expect(await ask(next, ASKED)).toBe(true);
      await expectEnded(next);
      expect(atAppend).toBeLessThan(60);
    }
  });

  it('refuses a bin that left the catalogue after the plan', async () => {
    const one = await running(new MemoryEventStore({ log: await unplaced() }), [{ ...usualBin('C', 'storage'), sequence: 3 }]);
    const start = ASKED.slice(0, 1).map((command) => ({ ...command, toBinId: 'C' }));
    expect(await ask(one, start)).toBe(true);
    expect((await one.streams.read(ref)).record.state).toMatchObject({ phase: 'refused', refusal: { code: 'unknown_bin' } });
    expect(await one.lying()).toEqual(new Map());
  });

  it('driven by two at once, it does every step once', async () => {
    const log = await unplaced();
    const drivers = await Promise.all([1, 2].map(() => running(new MemoryEventStore({ log }))));
    for (const command of ASKED) await Promise.all(drivers.map((driver) => ask(driver, [command])));
    for (const driver of drivers) await expectEnded(driver);
  });
});
