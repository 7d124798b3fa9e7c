import type { Watch } from '../watch/watch.js';
import { Shop, TENANT, type Process } from '../../test/shop.js';
import { MOST_PATIENCE_MS } from '../limits.js';
import type { OrderRequest, OrderWish } from './environment.js';
import type { ReservedOrder } from './placing/reserving.js';

const APPENDS_PER_SECOND = 50;
const LINES = 1_000;
/** All appends of one step of the order take so long. */
const STEP_MS = (LINES / APPENDS_PER_SECOND) * 1_000;
const TTL_MS = 900_000;

const skus = Array.from({ length: LINES }, (_, index) => `sku-${String(index).padStart(4, '0')}`);
const all = Object.fromEntries(skus.map((sku) => [sku, 1]));

async function openShop(unitsOfEach: number): Promise<Shop> {
  const shop = new Shop();
  await shop.stock(Object.fromEntries(skus.map((sku) => [sku, unitsOfEach])));
  shop.slowDown(APPENDS_PER_SECOND);
  return shop;
}

/** Units that all SKUs hold together, and that they have sold. */
async function sums(shop: Shop): Promise<{ readonly reserved: number; readonly onHand: number }> {
  const units = await Promise.all(skus.map((sku) => shop.units(sku)));
  return {
    reserved: units.reduce((sum, { reserved }) => sum + reserved, 0),
    onHand: units.reduce((sum, { onHand }) => sum + onHand, 0),
  };
}

async function violations(shop: Shop): Promise<readonly unknown[]> {
  return (await Promise.all(skus.map((sku) => shop.violations(sku)))).flat();
}

const whole = (shop: Shop, options: Partial<OrderRequest> = {}): OrderRequest => shop.order(all, { ttlMs: TTL_MS, ...options });

const wish = (shop: Shop, reservationId: string): OrderWish => ({
  ref: { tenant: TENANT, reservationId },
  commandId: shop.id(),
  context: {},
});

/** Goes on until the watch has nothing open that is to end. */
async function untilOver(shop: Shop, watch: Watch): Promise<void> {
  const until = shop.time.now() + 20 * STEP_MS;
  while (watch.open.size > 0 && shop.time.now() < until) await shop.time.advance(1_000);
}

/** A second process with its watch, which looks at everything all the time. */
async function onlooker(shop: Shop): Promise<Process & { readonly seen: Watch }> {
  const process = shop.process();
  return { ...process, seen: await process.watch() };
}

describe(`an order of ${LINES} lines on a store that does ${APPENDS_PER_SECOND} appends a second`, () => {
  it('is held in its first try, and another process leaves it alone', async () => {
    const shop = await openShop(1);
    const other = await onlooker(shop);
    const from = shop.time.now();
    const { order } = await shop.time.during(shop.process().orders.reserve(whole(shop)));

    expect(order.state.phase).toBe('held');
    expect(await shop.phases()).toEqual(['held']);
    expect((await sums(shop)).reserved).toBe(LINES);
    expect(other.store.appends).toBe(0);
    expect(shop.time.now() - from).toBeLessThan(1.1 * STEP_MS);
    expect(await violations(shop)).toEqual([]);
    await shop.stop();
  });

  it('shows itself no more often than thrice in its patience', async () => {
    const shop = await openShop(1);
    const process = shop.process();
    await shop.time.during(process.orders.reserve(whole(shop)));
    expect(process.store.appends - LINES).toBeLessThan((3 * 1.1 * STEP_MS) / MOST_PATIENCE_MS + 2);
    await shop.stop();
  });

  for (const atAppend of [2, 30, 90, 500, LINES]) {
    it(`ends refused without a hold when its driver dies at append ${atAppend}`, async () => {
      const shop = await openShop(1);
      const { seen } = await onlooker(shop);
      const dying = shop.process({ atAppend, stored: true });
      await expect(shop.time.during(dying.orders.reserve(whole(shop)))).rejects.toMatchObject({ code: 'event_store_unavailable' });
      const diedAt = shop.time.now();
      await untilOver(shop, seen);

      expect(seen.open.size).toBe(0);
      expect(await shop.phases()).toEqual(['refused']);
      expect(await sums(shop)).toEqual({ reserved: 0, onHand: LINES });
      // The patience begins with the last hold, of which some were under way still; then what it held is released.
      const releasesMs = (1.2 * atAppend * 1_000) / APPENDS_PER_SECOND;
      expect(shop.time.now() - diedAt).toBeLessThan(2 * MOST_PATIENCE_MS + releasesMs + 2_000);
      await shop.stop();
    });

    it(`is held for its caller, who asks a second process, when its driver dies at append ${atAppend}`, async () => {
      const shop = await openShop(1);
      const { seen, orders } = await onlooker(shop);
      const request = whole(shop);
      const dying = shop.process({ atAppend, stored: true });
      await expect(shop.time.during(dying.orders.reserve(request))).rejects.toThrow();
      const { order, ref } = await shop.time.during(orders.reserve(request));
      await shop.time.advance(2 * STEP_MS);

      expect(order.state.phase).toBe('held');
      expect((await shop.phases()).filter((phase) => phase === 'held')).toHaveLength(1);
      expect((await sums(shop)).reserved).toBe(LINES);
      expect(seen.open.size).toBe(1);
      expect(seen.open.order(TENANT, ref.reservationId)?.stage).toBe('waiting');
      await shop.stop();
    });
  }

  it('is held once when a second and a third process get the same request while it goes on', async () => {
    const shop = await openShop(1);
    const { seen, orders } = await onlooker(shop);
    const request = whole(shop);
    const repeatedAfter = (ms: number, process: Pick<Process, 'orders'>): Promise<ReservedOrder> =>
      new Promise<void>((resume) => shop.time.after(ms, resume)).then(() => process.orders.reserve(request));
    const came = await shop.time.during(
      Promise.all([shop.process().orders.reserve(request), repeatedAfter(5_000, { orders }), repeatedAfter(100, shop.process())]),
    );

    expect(new Set(came.map(({ ref }) => ref.reservationId)).size).toBe(1);
    expect(came.map(({ order }) => order.state.phase)).toEqual(['held', 'held', 'held']);
    expect(await shop.phases()).toEqual(['held']);
    await shop.time.advance(STEP_MS);
    expect((await sums(shop)).reserved).toBe(LINES);
    expect(seen.open.size).toBe(1);
    await shop.stop();
  });

  it('crosses another one: with stock for one, one of them is held and the other refused', async () => {
    const shop = await openShop(1);
    const { seen } = await onlooker(shop);
    const backwards = Object.fromEntries([...skus].reverse().map((sku) => [sku, 1]));
    const came = await shop.time.during(
      Promise.all([shop.process().orders.reserve(whole(shop)), shop.process().orders.reserve(shop.order(backwards, { ttlMs: TTL_MS }))]),
    );
    expect(came.map(({ order }) => order.state.phase).sort()).toEqual(['held', 'refused']);
    await shop.time.advance(3 * STEP_MS);
    expect((await shop.phases()).filter((phase) => phase !== 'refused')).toEqual(['held']);
    expect((await sums(shop)).reserved).toBe(LINES);
    expect(seen.open.size).toBe(1);
    expect(await violations(shop)).toEqual([]);
    await shop.stop();
  });

  it('crosses another one: with stock for both, both are held at once', async () => {
    const shop = await openShop(2);
    await onlooker(shop);
    const came = await shop.time.during(
      Promise.all([shop.process().orders.reserve(whole(shop)), shop.process().orders.reserve(whole(shop))]),
    );
    expect(came.map(({ order }) => order.state.phase)).toEqual(['held', 'held']);
    expect(await shop.phases()).toEqual(['held', 'held']);
    expect((await sums(shop)).reserved).toBe(2 * LINES);
    await shop.stop();
  });

  for (const ttlMs of [500, 1_000, 10_000]) {
    it(`is refused for good, as its time to live of ${ttlMs} ms is too short, and leaves nothing held`, async () => {
      const shop = await openShop(1);
      const { seen } = await onlooker(shop);
      const process = shop.process();
      const { order } = await shop.time.during(process.orders.reserve(whole(shop, { ttlMs })));

      expect(order.state.phase).toBe('refused');
      expect(new Set(order.state.short.map(({ code }) => code))).toEqual(new Set(['ttl_too_short']));
      expect(await shop.phases()).toEqual(['refused']);
      await untilOver(shop, seen);
      expect(await sums(shop)).toEqual({ reserved: 0, onHand: LINES });
      // Nothing was placed that could not be held.
      expect(process.store.appends).toBeLessThan(2 * ((ttlMs / 1_000) * APPENDS_PER_SECOND + 64) + 50);
      await shop.stop();
    });
  }
});

describe(`what comes after, on the same store`, () => {
  async function held(): Promise<{ readonly shop: Shop; readonly id: string; readonly process: Process }> {
    const shop = new Shop();
    await shop.stock(all);
    const process = shop.process();
    const { ref } = await process.orders.reserve(whole(shop));
    shop.slowDown(APPENDS_PER_SECOND);
    return { shop, id: ref.reservationId, process };
  }

  it.each([
    ['commit', 'committed', 0],
    ['release', 'released', LINES],
  ] as const)('a %s is done once, and another process leaves it alone', async (way, phase, onHand) => {
    const { shop, id, process } = await held();
    const other = await onlooker(shop);
    const step = await shop.time.during(process.orders[way](wish(shop, id)));
    expect(step).toMatchObject({ kind: 'accepted', order: { state: { phase } } });
    expect(other.store.appends).toBe(0);
    await untilOver(shop, other.seen);
    expect(await sums(shop)).toEqual({ reserved: 0, onHand });
    expect(await violations(shop)).toEqual([]);
    await shop.stop();
  });

  it.each([
    ['commit', 'committed', 0],
    ['release', 'released', LINES],
  ] as const)('a %s is finished by another process when its own dies in the middle', async (way, phase, onHand) => {
    const { shop, id } = await held();
    const { seen } = await onlooker(shop);
    const dying = shop.process({ atAppend: LINES / 2, stored: true });
    await expect(shop.time.during(dying.orders[way](wish(shop, id)))).rejects.toThrow();
    await untilOver(shop, seen);
    expect(await shop.phases()).toEqual([phase]);
    expect(await sums(shop)).toEqual({ reserved: 0, onHand });
    await shop.stop();
  });

  it('an extension holds every line longer', async () => {
    const { shop, id, process } = await held();
    const other = await onlooker(shop);
    const until = shop.time.now() + 2 * TTL_MS;
    const step = await shop.time.during(process.orders.extend(wish(shop, id), 2 * TTL_MS));
    expect(step).toMatchObject({ kind: 'accepted', order: { state: { phase: 'held', expiresAt: until } } });
    expect(other.store.appends).toBe(0);
    await shop.stop();
  });

  it('an extension that the end of the order overtakes ends it expired, with nothing held', async () => {
    const { shop, id, process } = await held();
    const { seen } = await onlooker(shop);
    await shop.time.advance(TTL_MS - STEP_MS / 2);
    const step = await shop.time.during(process.orders.extend(wish(shop, id), TTL_MS));
    expect(step).toMatchObject({ kind: 'refused', code: 'reservation_expired' });
    await untilOver(shop, seen);
    expect(await shop.phases()).toEqual(['expired']);
    expect(await sums(shop)).toEqual({ reserved: 0, onHand: LINES });
    await shop.stop();
  });
});
