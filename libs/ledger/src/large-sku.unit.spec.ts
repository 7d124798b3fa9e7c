import { MemoryEventStore } from '@holdfast/event-store';
import { decideSku, evolveSku, initialSkuState, skuSnapshot } from '@holdfast/inventory';
import type { SkuCommand, SkuState } from '@holdfast/inventory';
import { place, receive } from '../test/sku-commands.js';
import { MemorySnapshots, openSkuLedger, stockStream } from './index.js';
import { skuStreams } from './sku-ledger.js';
import { Snapshots } from './snapshots/snapshots.js';

const HOLDS = 100_000;
const LOCATIONS = 500;
const ref = { tenant: 't', sku: 'large' };

function apply(state: SkuState, command: SkuCommand): void {
  const decision = decideSku(state, command);
  if (decision.kind !== 'accepted') throw new Error(decision.code);
  for (const event of decision.events) evolveSku(state, event, command.at);
}

/** Holds spread over all locations, ending at different times. */
function largeSku(holds: number): SkuState {
  const state = initialSkuState();
  for (let n = 0; n < LOCATIONS; n += 1) apply(state, { ...receive(1_000), locationId: `L${n}` } as SkuCommand);
  for (let n = 0; n < holds; n += 1) {
    apply(state, { ...place(`r-${n}`), locationId: `L${n % LOCATIONS}`, ttlMs: 60_000 + ((n * 7_919) % 800_000) } as SkuCommand);
  }
  return state;
}

const median = (durations: readonly number[]): number => [...durations].sort((a, b) => a - b)[durations.length >> 1] ?? 0;

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

describe(`a SKU with ${HOLDS} open holds at ${LOCATIONS} locations`, () => {
  const state = largeSku(HOLDS);

  it('decides about as fast as one with a hundredth of the holds', () => {
    const sources = Array.from({ length: LOCATIONS }, (_none, n) => ({ locationId: `L${n}`, priority: n }));
    const small = largeSku(HOLDS / 100);
    const decide = (on: SkuState, n: number): number => timed(() => decideSku(on, { ...place(`new-${n}`), sources } as SkuCommand));
    // In turns, so that whatever slows this machine down slows both.
    const durations = Array.from({ length: 101 }, (_none, n) => [decide(small, n), decide(state, n)] as const);
    expect(median(durations.map(([, large]) => large))).toBeLessThan(5 * median(durations.map(([few]) => few)));
  });

  it('is copied for its snapshot, and read from it whole', async () => {
    const store = new MemorySnapshots();
    const failures: unknown[] = [];
    const snapshots = new Snapshots(store, skuSnapshot, { snapshotFailed: (error) => void failures.push(error) });
    snapshots.save(stockStream(ref), state, 1, '00000000-0000-4000-8000-000000000000');
    await snapshots.settled();
    const restored = await snapshots.load(stockStream(ref));
    expect(failures).toEqual([]);
    expect(restored?.state.reservations.size).toBe(HOLDS);
    expect(restored?.state.expiries.length).toBe(HOLDS);
  });

  it('gets a snapshot from the ledger, and goes on from it elsewhere', async () => {
    const eventStore = new MemoryEventStore();
    const snapshots = new MemorySnapshots();
    const ledger = await openSkuLedger({ eventStore, snapshots, limits: { snapshotPauseMs: 0, waitingPerStream: 25_000 } });
    await ledger.execute(ref, receive(30_000));
    await Promise.all(Array.from({ length: 24_000 }, (_none, n) => ledger.execute(ref, place(`r-${n}`))));
    await ledger.drain();
    expect((await snapshots.load(stockStream(ref)))?.revision).toBeGreaterThan(10_000);
    const elsewhere = await openSkuLedger({ eventStore, snapshots });
    const { state: known } = await elsewhere.read(ref);
    expect(known.reservations.size).toBe(24_000);
    expect(known.balances.get('BER')).toMatchObject({ onHand: 30_000, reserved: 24_000 });
  });
});

describe('what a state counts for in the cache', () => {
  const sizeOf = (state: SkuState): number => skuStreams.size?.(state) ?? 0;
  const inLots = (lots: number): SkuState => {
    const state = initialSkuState();
    const expiresAt = Date.UTC(2030, 0, 1);
    for (let n = 0; n < lots; n += 1) {
      const positions = [{ lotId: `L${n}`, quantity: 1, expiryDate: '2029-12-31', expiresAt }];
      apply(state, { ...receive(1), positions } as SkuCommand);
    }
    return state;
  };

  it('grows with its lots, their dates and their positions', () => {
    const [few, many] = [inLots(10), inLots(1_010)].map(sizeOf);
    expect((many ?? 0) - (few ?? 0)).toBeGreaterThanOrEqual(3_000);
  });

  it('grows with its holds', () => {
    const state = inLots(1);
    const before = sizeOf(state);
    for (let n = 0; n < 100; n += 1) {
      apply(state, {
        type: 'PlaceHold',
        at: 1,
        commandId: `hold-${n}`,
        holdId: `h-${n}`,
        holdType: 'recall',
        lotId: 'L0',
        mayUncoverPromises: true,
      });
    }
    expect(sizeOf(state) - before).toBeGreaterThanOrEqual(100);
  });
});
