import { randomUUID } from 'node:crypto';
import { STREAMS } from '@holdfast/contracts';
import { MemoryEventStore, NO_STREAM } from '@holdfast/event-store';
import type { SkuCommand, SkuEvent } from '@holdfast/inventory';
import { openSkuLedger, type SkuLedger } from '@holdfast/ledger';
import { Histories } from '@holdfast/read-model';
import { EventPages } from './event-pages.js';
import { StockPast } from './stock-past.js';

const NOON = Date.UTC(2026, 2, 1, 12);
const ref = (sku: string) => ({ tenant: 'acme', sku });
const streamOf = (sku: string): string => STREAMS.stock.streamOf('acme', sku);

let now: number;
let store: MemoryEventStore;
let ledger: SkuLedger;

const stored = (event: SkuEvent) => ({
  id: randomUUID(),
  ...STREAMS.stock.encode(event),
  metadata: { tenant: 'acme', at: now, commandId: randomUUID() },
});

const receipt = (quantity: number): SkuEvent => ({
  type: 'StockReceived',
  ...{ locationId: 'BER', quantity, effectiveAt: now, messageId: randomUUID(), acknowledgedUnits: 0, delta: quantity },
});

/** Receipts of one unit; a second passes before each 2,500. */
async function receipts(sku: string, count: number): Promise<void> {
  const events = Array.from({ length: count }, () => stored(receipt(1)));
  for (let from = 0; from < count; from += 2_500) {
    now += 1_000;
    await store.append(streamOf(sku), from === 0 ? NO_STREAM : from - 1, events.slice(from, from + 2_500));
  }
}

const execute = (sku: string, command: object): Promise<unknown> =>
  ledger.execute(ref(sku), { at: now, commandId: randomUUID(), ...command } as SkuCommand);

beforeEach(async () => {
  now = NOON;
  store = new MemoryEventStore({ now: () => now });
  ledger = await openSkuLedger({ eventStore: store });
});

describe('a question about the present of a long stream', () => {
  it('reads the newest events alone, and says from where on', async () => {
    await receipts('LONG', 7_500);
    await execute('LONG', { type: 'SetSafetyStock', locationId: 'BER', quantity: 7 });
    const past = new StockPast(store, new Histories(store, { events: 100_000, waitMs: 10_000 }), ledger);
    const explained = await past.explain(ref('LONG'), {}, { locationId: 'BER', events: 1 });
    expect(explained).toMatchObject({ revision: 7_500, explainedFrom: 5_501, firstRecordedAt: NOON + 1_000, earliestEffectiveAt: NOON });
    expect(explained.figure.steps.map(({ step, units, left }) => [step, units, left])).toEqual([
      ['earlier', 5_501, 5_501],
      ['received', 1_999, 7_500],
    ]);
    expect([...explained.events.keys()]).toEqual([7_499]);
    expect((await past.asOf(ref('LONG'), {}, 1)).balances).toEqual([
      { locationId: 'BER', onHand: 7_500, reserved: 0, held: 0, inTransit: 0, safetyStock: 7 },
    ]);
    // A question about the past reads it all; then the present is explained whole, too.
    const before = await past.asOf(ref('LONG'), { knownAt: NOON + 2_000 }, 1);
    expect(before).toMatchObject({ revision: 4_999, explainedFrom: 0, balances: [{ onHand: 5_000 }] });
    expect(await past.explain(ref('LONG'), {}, { events: 0 })).toMatchObject({ explainedFrom: 0, figure: { units: 7_500 } });
  });

  it('about the past is put off while the stream is read, and refused where it is too long', async () => {
    await receipts('LONG', 5_000);
    const slow = {
      readStream: async (...asked: Parameters<MemoryEventStore['readStream']>) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return store.readStream(...asked);
      },
    };
    const ask = (limits: { readonly events: number; readonly waitMs: number }): Promise<unknown> =>
      new StockPast(store, new Histories(slow, limits), ledger).asOf(ref('LONG'), { knownAt: now }, 1);
    await expect(ask({ events: 10_000, waitMs: 5 })).rejects.toMatchObject({
      ...{ status: 503, code: 'history_loading', headers: { 'retry-after': '1' } },
    });
    await expect(ask({ events: 1_000, waitMs: 10_000 })).rejects.toMatchObject({ status: 422, code: 'history_too_long' });
  });
});

describe('the earliest time of a history', () => {
  it('is that of a movement recorded late, once it is known', async () => {
    const receive = { type: 'ReceiveStock', locationId: 'BER', quantity: 1 };
    await execute('TEE', { ...receive, effectiveAt: NOON, messageId: 'm1' });
    now += 1_000;
    await execute('TEE', { ...receive, effectiveAt: NOON - 60_000, messageId: 'm2' });
    now += 1_000;
    await execute('TEE', { ...receive, effectiveAt: NOON - 30_000, messageId: 'm3' });
    const past = new StockPast(store, new Histories(store), ledger);
    expect(await past.asOf(ref('TEE'), { knownAt: NOON }, 0)).toMatchObject({ earliestEffectiveAt: NOON });
    expect(await past.asOf(ref('TEE'), {}, 0)).toMatchObject({ firstRecordedAt: NOON, earliestEffectiveAt: NOON - 60_000 });
  });
});

describe('the channel of an explanation', () => {
  it('has the policy that it had then, and limits as they bound it then', async () => {
    const past = new StockPast(store, new Histories(store), ledger);
    const channel = async (type: 'ChannelEnabled' | 'ChannelChanged', bufferUnits: number, expected: number): Promise<void> => {
      const policy = { policyId: 'p', bufferUnits, bufferPercent: 0, lowThreshold: 1, criticalThreshold: 0 };
      const event = { type, channelId: 'web', name: 'Web', channelType: 'webhook', policy } as const;
      const metadata = { tenant: 'acme', at: now, commandId: randomUUID() };
      await store.append(STREAMS.channels.streamOf('acme'), expected, [{ id: randomUUID(), ...STREAMS.channels.encode(event), metadata }]);
    };
    const atp = async (knownAt?: number): Promise<unknown> => {
      const { figure } = await past.explain(ref('TEE'), { knownAt }, { channelId: 'web', events: 0 });
      return [figure.units, figure.steps.at(-1)?.step];
    };
    await channel('ChannelEnabled', 1, NO_STREAM);
    await execute('TEE', { type: 'ReceiveStock', locationId: 'BER', quantity: 10, effectiveAt: now, messageId: 'm' });
    const first = now;
    now += 1_000;
    await channel('ChannelChanged', 4, 0);
    const changed = now;
    now += 1_000;
    await execute('TEE', { type: 'SetLimits', allocations: [{ channelId: 'web', cap: 3, floor: 0 }] });
    const limited = now;
    now += 1_000;
    const hold = { reservationId: 'r1', orderId: 'o1', quantity: 2, channelId: 'web', ttlMs: 60_000, requestHash: 'h', sources: [] };
    await execute('TEE', { type: 'PlaceReservation', ...hold });
    expect(await Promise.all([first, changed, limited, undefined].map(atp))).toEqual([
      [9, 'bufferUnits'],
      [6, 'bufferUnits'],
      [3, 'channelCap'],
      [1, 'channelCap'],
    ]);
  });
});

describe('pages of events', () => {
  it('end after so many events that were looked at, and go on where they ended', async () => {
    await receipts('LONG', 12_000);
    const pages = new EventPages(store);
    const wanted = { filter: { actor: 'nobody' }, newestFirst: true, limit: 10 };
    expect(await pages.read(streamOf('LONG'), wanted)).toEqual({ events: [], next: 6_999 });
    expect(await pages.read(streamOf('LONG'), { ...wanted, cursor: 6_999 })).toEqual({ events: [], next: 1_999 });
    expect(await pages.read(streamOf('LONG'), { ...wanted, cursor: 1_999 })).toEqual({ events: [], next: undefined });
    expect(await pages.read(streamOf('NOBODY'), wanted)).toBeUndefined();
  });

  it('begin at a time without reading what lies before it', async () => {
    await receipts('LONG', 12_000);
    const page = await new EventPages(store).read(streamOf('LONG'), {
      ...{ filter: {}, newestFirst: false, limit: 1, recordedFrom: NOON + 2_000, recordedTo: NOON + 2_000 },
    });
    expect(page?.events.map(({ revision }) => revision)).toEqual([2_500]);
    const newest = await new EventPages(store).read(streamOf('LONG'), {
      ...{ filter: {}, newestFirst: true, limit: 1, recordedTo: NOON + 2_999 },
    });
    expect(newest).toMatchObject({ events: [{ revision: 4_999 }], next: 4_998 });
  });
});
