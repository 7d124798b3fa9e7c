import { pauseOn } from '@holdfast/kit';
import type { OrderWish } from './environment.js';
import { Shop, TENANT, type Process } from '../../test/shop.js';

const UNITS = { x: 2, y: 3, z: 1 };
const STOCK = { x: 5, y: 5, z: 5 };
const TTL_MS = 10_000;

const wish = (shop: Shop, reservationId: string): OrderWish => ({
  ref: { tenant: TENANT, reservationId },
  commandId: shop.id(),
  context: {},
});

/** What a caller does with an order, up to the step in question. */
const stories: Readonly<
  Record<string, { prepare?: (shop: Shop) => Promise<string>; act: (process: Process, shop: Shop, id: string) => Promise<unknown> }>
> = {
  reserve: { act: ({ orders }, shop) => orders.reserve(shop.order(UNITS, { ttlMs: TTL_MS })) },
  'reserve what is short': { act: ({ orders }, shop) => orders.reserve(shop.order({ ...UNITS, y: 9 }, { ttlMs: TTL_MS })) },
  commit: { prepare: hold, act: ({ orders }, shop, id) => orders.commit(wish(shop, id)) },
  'commit a part': { prepare: hold, act: ({ orders }, shop, id) => orders.commit(wish(shop, id), { lines: [{ sku: 'y', quantity: 1 }] }) },
  release: { prepare: hold, act: ({ orders }, shop, id) => orders.release(wish(shop, id)) },
  extend: { prepare: hold, act: ({ orders }, shop, id) => orders.extend(wish(shop, id), 2 * TTL_MS) },
  expire: {
    prepare: async (shop) => {
      const id = await hold(shop);
      await shop.time.advance(TTL_MS);
      return id;
    },
    act: ({ orders }, _, reservationId) => orders.advance({ tenant: TENANT, reservationId }),
  },
};

async function hold(shop: Shop): Promise<string> {
  const { ref } = await shop.process().orders.reserve(shop.order(UNITS, { ttlMs: TTL_MS }));
  return ref.reservationId;
}

async function appendsOf(story: (typeof stories)[string]): Promise<number> {
  const shop = new Shop();
  await shop.stock(STOCK);
  const id = (await story.prepare?.(shop)) ?? '';
  const process = shop.process();
  await story.act(process, shop, id);
  return process.store.appends;
}

async function expectSound(shop: Shop): Promise<void> {
  const phases = await shop.phases();
  expect(['refused', 'committed', 'released', 'expired']).toEqual(expect.arrayContaining([...phases]));
  const taken = await Promise.all(
    Object.keys(UNITS).map(async (sku) => {
      const { onHand, reserved } = await shop.units(sku);
      expect(reserved).toBe(0);
      expect(await shop.violations(sku)).toEqual([]);
      return STOCK[sku as keyof typeof STOCK] - onHand;
    }),
  );
  const all = Object.values(UNITS);
  const part = [0, 1, 0];
  expect([[0, 0, 0], all, part]).toContainEqual(taken);
  if (phases.at(-1) === 'committed') expect(taken).toEqual(all);
}

describe('a process that dies while it is at an order', () => {
  for (const [name, story] of Object.entries(stories)) {
    for (const stored of [true, false]) {
      it(`${name}: at any append, ${stored ? 'stored but not answered' : 'lost'}; the watch ends the order, all or none`, async () => {
        const steps = await appendsOf(story);
        expect(steps).toBeGreaterThan(2);
        for (let atAppend = 1; atAppend <= steps; atAppend += 1) {
          const shop = new Shop();
          await shop.stock(STOCK);
          const id = (await story.prepare?.(shop)) ?? '';
          const failing = shop.process({ atAppend, stored });
          await expect(story.act(failing, shop, id)).rejects.toMatchObject({ code: 'event_store_unavailable' });

          const watch = await shop.process().watch();
          await shop.time.advance(4 * TTL_MS);

          expect(watch.open.size).toBe(0);
          await expectSound(shop);
          await shop.stop();
        }
      });
    }
  }

  it('is rescued by one that dies at it too, and that by a third', async () => {
    for (const name of ['reserve', 'commit', 'release', 'expire']) {
      const story = stories[name];
      if (story === undefined) throw new Error(`no story ${name}`);
      const steps = await appendsOf(story);
      for (let first = 1; first <= steps; first += 1) {
        for (let second = 1; second <= steps; second += 1) {
          const shop = new Shop();
          await shop.stock(STOCK);
          const id = (await story.prepare?.(shop)) ?? '';
          await expect(story.act(shop.process({ atAppend: first, stored: true }), shop, id)).rejects.toThrow();
          await shop.process({ atAppend: second, stored: false }).watch();
          await shop.time.advance(4_000);
          const watch = await shop.process().watch();
          await shop.time.advance(4 * TTL_MS);
          expect(watch.open.size).toBe(0);
          await expectSound(shop);
          await shop.stop();
        }
      }
    }
  });

  it('leaves no hold that outlives twice its time to live, however early it dies', async () => {
    for (let atAppend = 1; atAppend <= 4; atAppend += 1) {
      const shop = new Shop();
      await shop.stock(STOCK);
      const failing = shop.process({ atAppend, stored: true });
      await expect(failing.orders.reserve(shop.order(UNITS, { ttlMs: 1_000 }))).rejects.toThrow();
      await shop.process().watch();
      await shop.time.advance(2_000);
      for (const sku of Object.keys(UNITS)) expect((await shop.units(sku)).reserved).toBe(0);
      await shop.stop();
    }
  });

  it('is asked again by its caller and serves it', async () => {
    for (let atAppend = 1; atAppend <= 4; atAppend += 1) {
      const shop = new Shop();
      await shop.stock(STOCK);
      const request = shop.order(UNITS, { ttlMs: TTL_MS });
      const failing = shop.process({ atAppend, stored: true });
      await expect(failing.orders.reserve(request)).rejects.toThrow();
      const { order } = await shop.time.during(shop.process().orders.reserve(request));
      expect(order.state.phase).toBe('held');
      for (const [sku, units] of Object.entries(UNITS)) expect((await shop.units(sku)).reserved).toBe(units);
    }
  });

  it('stands still and finds its order ended by another: it lets go what it holds', async () => {
    const shop = new Shop();
    await shop.stock(STOCK);
    let isFirst = true;
    const slow = shop.process(undefined, (ledger) => ({
      read: (ref) => ledger.read(ref),
      drain: () => ledger.drain(),
      async execute(ref, command, context) {
        if (command.type === 'PlaceReservation' && ref.sku === 'z' && isFirst) {
          isFirst = false;
          await pauseOn(shop.time, 1);
          slow.store.standstill = pauseOn(shop.time, 8_000);
          await slow.store.standstill;
        }
        return ledger.execute(ref, command, context);
      },
    }));
    const reserving = slow.orders.reserve(shop.order(UNITS, { ttlMs: 60_000 }));
    await shop.process().watch();
    const { order } = await shop.time.during(reserving);

    expect(await shop.phases()).toEqual(['refused', 'held']);
    expect(order.state.phase).toBe('held');
    for (const [sku, units] of Object.entries(UNITS)) expect((await shop.units(sku)).reserved).toBe(units);
    await shop.stop();
  });

  it('is only slow at one SKU: its signs of life keep its order', async () => {
    const shop = new Shop();
    await shop.stock(STOCK);
    const slow = shop.process(undefined, (ledger) => ({
      read: (ref) => ledger.read(ref),
      drain: () => ledger.drain(),
      async execute(ref, command, context) {
        if (command.type === 'PlaceReservation' && ref.sku === 'z') await pauseOn(shop.time, 8_000);
        return ledger.execute(ref, command, context);
      },
    }));
    await shop.process().watch();
    const { order } = await shop.time.during(slow.orders.reserve(shop.order(UNITS, { ttlMs: 60_000 })));

    expect(order.state.phase).toBe('held');
    expect(await shop.phases()).toEqual(['held']);
    for (const [sku, units] of Object.entries(UNITS)) expect((await shop.units(sku)).reserved).toBe(units);
    await shop.stop();
  });
});
