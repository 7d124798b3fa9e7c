import { EventStoreUnavailable } from '@holdfast/event-store';
import type { SkuLedger } from '@holdfast/ledger';
import { Shop, type Process } from '../../../test/shop.js';
import { pauseOn } from '@holdfast/kit';
import type { OrderRequest } from '../environment.js';
import { OrderRejected } from './first-try.js';
import type { ReservedOrder } from './reserving.js';

const UNITS = { x: 2, y: 3, z: 1 };
const SEEDS = 40;

/** Numbers from 0 to 1 that follow from the seed. */
const chance = (seed: number): (() => number) => {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 4_294_967_296;
  };
};

/** Each question to a SKU, and each answer, takes up to so long. */
const slowly =
  (shop: Shop, next: () => number, mostMs: number) =>
  (ledger: SkuLedger): SkuLedger => ({
    read: (ref) => ledger.read(ref),
    drain: () => ledger.drain(),
    async execute(ref, command, context) {
      await pauseOn(shop.time, Math.floor(next() * mostMs));
      const outcome = await ledger.execute(ref, command, context);
      await pauseOn(shop.time, Math.floor(next() * mostMs));
      return outcome;
    },
  });

/** `unavailable`: each of its tries was so slow that it was taken for dead. */
type Came = ReservedOrder | 'rejected' | 'unavailable';

const reserve = async ({ orders }: Process, request: OrderRequest): Promise<Came> => {
  try {
    return await orders.reserve(request);
  } catch (error) {
    if (error instanceof OrderRejected && error.code === 'idempotency_mismatch') return 'rejected';
    if (error instanceof EventStoreUnavailable) return 'unavailable';
    throw error;
  }
};

const phaseOf = (came: Came): string => (typeof came === 'string' ? came : came.order.state.phase);

async function reserved(shop: Shop): Promise<Readonly<Record<string, number>>> {
  const skus = Object.keys(UNITS);
  const units = await Promise.all(skus.map((sku) => shop.units(sku)));
  return Object.fromEntries(skus.map((sku, index) => [sku, units[index]?.reserved ?? 0]));
}

/** Two processes are at it at once, with a watch beside them; then everything gets its time. */
async function atOnce(shop: Shop, seed: number, mostMs: number, requests: readonly [OrderRequest, OrderRequest]): Promise<readonly Came[]> {
  const next = chance(seed);
  const watch = await shop.process().watch();
  const came = await shop.time.during(
    Promise.all(requests.map((request) => reserve(shop.process(undefined, slowly(shop, next, mostMs)), request))),
  );
  await shop.time.advance(10_000);
  expect(watch.open.size).toBe(came.some((each) => phaseOf(each) === 'held') ? 1 : 0);
  await shop.stop();
  for (const sku of Object.keys(UNITS)) expect(await shop.violations(sku)).toEqual([]);
  return came;
}

describe('the first try of an order', () => {
  it('writes nothing before the SKUs have answered, and then once', async () => {
    const shop = new Shop();
    await shop.stock({ x: 5, y: 5, z: 5 });
    const process = shop.process();
    const { order } = await process.orders.reserve(shop.order(UNITS));
    expect(order).toMatchObject({ revision: 1, state: { phase: 'held' } });
    expect(process.store.appends).toBe(Object.keys(UNITS).length + 1);
  });

  it('lets nothing go before it is written down as refused', async () => {
    const shop = new Shop();
    await shop.stock({ x: 5, y: 5 });
    const seen: (readonly string[])[] = [];
    const process = shop.process(undefined, (ledger) => ({
      read: (ref) => ledger.read(ref),
      drain: () => ledger.drain(),
      async execute(ref, command, context) {
        if (command.type === 'ReleaseReservation') seen.push(await shop.phases());
        return ledger.execute(ref, command, context);
      },
    }));
    await process.orders.reserve(shop.order({ x: 1, y: 9 }));
    expect(seen).toEqual([['refused']]);
    expect(await shop.units('x')).toEqual({ onHand: 5, reserved: 0 });
  });

  for (const [speed, mostMs] of [
    ['quick', 20],
    ['so slow that they may be taken for dead', 1_700],
  ] as const) {
    it(`two processes serve the same request, ${speed}: one order, held once`, async () => {
      let answered = 0;
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const shop = new Shop();
        await shop.stock({ x: 5, y: 5, z: 5 });
        const request = shop.order(UNITS);
        const came = await atOnce(shop, seed, mostMs, [request, request]);
        if (came.includes('unavailable')) continue;
        answered += 1;
        expect(came.map(phaseOf)).toEqual(['held', 'held']);
        expect(new Set(came.map((each) => (typeof each === 'string' ? each : each.ref.reservationId))).size).toBe(1);
        expect(await reserved(shop)).toEqual(UNITS);
      }
      expect(answered).toBeGreaterThan(SEEDS / 4);
    });

    it(`two processes serve the same request where one line gets short meanwhile, ${speed}: both say the same`, async () => {
      let answered = 0;
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const shop = new Shop();
        await shop.stock({ x: 5, y: 3, z: 5 });
        const request = shop.order(UNITS);
        const competitor = shop.order({ y: 2 }, { ttlMs: 1 + Math.floor(chance(seed)() * 2 * mostMs) });
        const { ref: theirs } = await shop.process().orders.reserve(competitor);
        const came = await atOnce(shop, seed, mostMs, [request, request]);
        if (came.includes('unavailable')) continue;
        answered += 1;
        const [phase] = came.map(phaseOf);
        expect(came.map(phaseOf)).toEqual([phase, phase]);
        await shop.process().orders.advance(theirs);
        expect(await reserved(shop)).toEqual(phase === 'held' ? UNITS : { x: 0, y: 0, z: 0 });
      }
      expect(answered).toBeGreaterThan(SEEDS / 4);
    });

    it(`two processes serve different requests of one id, ${speed}: at most one is held, nothing is left of the other`, async () => {
      let answered = 0;
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const shop = new Shop();
        await shop.stock({ x: 5, y: 5, z: 5 });
        const request = shop.order({ x: 1, y: 1 }, { requestHash: 'one' });
        const contradiction = { ...request, lines: shop.order({ y: 2, z: 2 }).lines, requestHash: 'other' };
        const came = await atOnce(shop, seed, mostMs, [request, contradiction]);
        if (came.includes('unavailable')) continue;
        answered += 1;
        expect(came.map(phaseOf).sort()).toEqual(['held', 'rejected']);
        const first = phaseOf(came[0] ?? 'rejected') === 'held';
        expect(await reserved(shop)).toEqual(first ? { x: 1, y: 1, z: 0 } : { x: 0, y: 2, z: 2 });
      }
      expect(answered).toBeGreaterThan(SEEDS / 4);
    });
  }

  it('ends with the hold that a first, dead driver of it placed', async () => {
    const shop = new Shop();
    await shop.stock({ x: 5, y: 5, z: 5 });
    const request = shop.order(UNITS, { ttlMs: 10_000 });
    await expect(shop.process({ atAppend: 2, stored: true }).orders.reserve(request)).rejects.toThrow();
    const placedAt = shop.time.now();
    await shop.time.advance(1_000);
    const { order } = await shop.process().orders.reserve(request);
    expect(order.state).toMatchObject({ phase: 'held', expiresAt: placedAt + 10_000 });
  });

  it('is tried again where its own holds have run out, and nobody has noticed', async () => {
    const shop = new Shop();
    await shop.stock({ x: 2, y: 3, z: 1 });
    const request = shop.order(UNITS, { ttlMs: 1_000 });
    await expect(shop.process({ atAppend: 4, stored: false }).orders.reserve(request)).rejects.toThrow();
    await shop.time.advance(2_000);
    const { order } = await shop.time.during(shop.process().orders.reserve(request));
    expect(order.state).toMatchObject({ phase: 'held', expiresAt: shop.time.now() + 1_000 });
    expect(await reserved(shop)).toEqual(UNITS);
  });

  it('is due for the watch when the first of its holds ends', async () => {
    const shop = new Shop();
    await shop.stock({ x: 5, y: 5, z: 5 });
    const request = shop.order(UNITS, { ttlMs: 10_000 });
    await expect(shop.process({ atAppend: 2, stored: true }).orders.reserve(request)).rejects.toThrow();
    await shop.time.advance(2_000);
    await shop.process().orders.reserve(request);
    const watch = await shop.process().watch();
    await shop.time.advance(8_001);
    expect(await shop.phases()).toEqual(['expired']);
    await shop.time.advance(2_001);
    expect(watch.open.size).toBe(0);
    expect(await reserved(shop)).toEqual({ x: 0, y: 0, z: 0 });
    await shop.stop();
  });

  it('is tried again where its holds ran out before anybody concluded it', async () => {
    const shop = new Shop();
    await shop.stock({ x: 2, y: 3, z: 1 });
    const request = shop.order(UNITS, { ttlMs: 1_000 });
    await expect(shop.process({ atAppend: 4, stored: false }).orders.reserve(request)).rejects.toThrow();
    await shop.time.advance(2_000);
    const { order: theirs } = await shop.process().orders.reserve(shop.order(UNITS));
    expect(theirs.state.phase).toBe('held');
    const { order } = await shop.time.during(shop.process().orders.reserve(request));
    expect(order.state.phase).toBe('refused');
    expect(await reserved(shop)).toEqual(UNITS);
  });

  it('is forgotten by nobody: a repeat long after finds the same answer', async () => {
    const shop = new Shop();
    await shop.stock({ x: 5, y: 5, z: 5 });
    const request = shop.order({ ...UNITS, y: 9 });
    const first = await shop.process().orders.reserve(request);
    await shop.stock({ y: 20 });
    const again = await shop.process().orders.reserve(request);
    expect(again.order.state).toEqual(first.order.state);
    expect(await reserved(shop)).toEqual({ x: 0, y: 0, z: 0 });
  });
});
