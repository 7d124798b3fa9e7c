import type { SkuLedger } from '@holdfast/ledger';
import { pauseOn } from '@holdfast/kit';
import { Shop } from '../../../test/shop.js';

/** Each SKU answers a moment after the one before it in the cart, so that carts really get in each other's way. */
const lineByLine =
  (shop: Shop, skus: readonly string[]) =>
  (ledger: SkuLedger): SkuLedger => ({
    read: (ref) => ledger.read(ref),
    drain: () => ledger.drain(),
    async execute(ref, command, context) {
      if (command.type === 'PlaceReservation') await pauseOn(shop.time, skus.indexOf(ref.sku));
      if (command.type === 'ReleaseReservation') await pauseOn(shop.time, 2);
      return ledger.execute(ref, command, context);
    },
  });

/** Names of the winners. */
async function race(shop: Shop, carts: Readonly<Record<string, Readonly<Record<string, number>>>>): Promise<readonly string[]> {
  const outcomes = await shop.time.during(
    Promise.all(
      Object.entries(carts).map(async ([name, units]) => {
        const { order } = await shop.process(undefined, lineByLine(shop, Object.keys(units))).orders.reserve(shop.order(units));
        return { name, phase: order.state.phase };
      }),
    ),
  );
  return outcomes.filter(({ phase }) => phase === 'held').map(({ name }) => name);
}

describe('carts that cross', () => {
  let shop: Shop;
  beforeEach(() => {
    shop = new Shop();
  });

  it('one of two gets the last units, whichever way round they ask', async () => {
    for (let round = 0; round < 20; round += 1) {
      shop = new Shop();
      await shop.stock({ x: 1, y: 1 });
      expect(await race(shop, { a: { x: 1, y: 1 }, b: { y: 1, x: 1 } })).toHaveLength(1);
      expect((await shop.units('x')).reserved).toBe(1);
      expect((await shop.units('y')).reserved).toBe(1);
    }
  });

  it('both get theirs where there is enough for both', async () => {
    await shop.stock({ x: 2, y: 2 });
    expect(await race(shop, { a: { x: 1, y: 1 }, b: { y: 1, x: 1 } })).toHaveLength(2);
  });

  it('three in a circle do not refuse each other', async () => {
    await shop.stock({ x: 1, y: 1, z: 1 });
    expect(await race(shop, { a: { x: 1, y: 1 }, b: { y: 1, z: 1 }, c: { z: 1, x: 1 } })).toHaveLength(1);
  });

  it('ten over five SKUs sell as much as can be sold', async () => {
    const skus = ['p', 'q', 'r', 's', 't'];
    await shop.stock(Object.fromEntries(skus.map((sku) => [sku, 2])));
    const carts = Array.from({ length: 10 }, (_, cart) => [
      `cart ${cart}`,
      Object.fromEntries(skus.map((_sku, index) => [skus[(cart + index) % 5] ?? '', 1])),
    ]);
    expect(await race(shop, Object.fromEntries(carts))).toHaveLength(2);
    for (const sku of skus) expect((await shop.units(sku)).reserved).toBe(2);
  });

  it('what is held for long is not waited for', async () => {
    await shop.stock({ x: 1, y: 1 });
    await shop.process().orders.reserve(shop.order({ x: 1, y: 1 }));
    await shop.time.advance(5_000);
    const before = shop.time.now();
    const { order } = await shop.time.during(shop.process().orders.reserve(shop.order({ x: 1, y: 1 })));
    expect(order.state.phase).toBe('refused');
    expect(shop.time.now()).toBe(before);
  });
});
